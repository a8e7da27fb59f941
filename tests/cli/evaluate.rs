//! `hamgate evaluate` as a person meets it: its numbers, against lines whose
//! right answers are known, and its page.

mod compared;
mod unseen;

use std::path::PathBuf;
use std::process::Output;

use serde_json::{Value, json};

use super::binary::{hamgate, runs_on};

fn evaluate(arguments: &[&str]) -> Output {
    hamgate(&[&["evaluate"], arguments].concat())
        .output()
        .unwrap()
}

fn report(arguments: &[&str]) -> Value {
    let output = evaluate(&[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn starter(name: &str) -> String {
    format!("{}/training-data/{name}.jsonl", env!("CARGO_MANIFEST_DIR"))
}

/// Lines of the starter corpus.
fn starter_lines() -> u64 {
    let lines = |name| {
        std::fs::read_to_string(starter(name))
            .unwrap()
            .lines()
            .count()
    };
    (lines("ham") + lines("spam")) as u64
}

/// A file of lines in a directory that lives as long as the test.
struct Written {
    directory: tempfile::TempDir,
}

impl Written {
    fn new() -> Self {
        Self {
            directory: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn file(&self, name: &str, lines: &[Value]) -> String {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }
}

const HAM: &str = "I had the same null pointer here. In my case the config was loaded before the \
                   logger, moving the init call up two lines fixed it. Does that help?";
const SPAM: &str = "Buy cheap viagra online without prescription <a href=\"http://pills-4u.ru/v\">\
                    cheap viagra</a> [url=http://pills-4u.ru/cialis]buy cialis online[/url]";

fn line(id: &str, site: &str, label: &str, content: &str) -> Value {
    json!({ "id": id, "site": site, "label": label, "content": content })
}

fn section<'r>(report: &'r Value, by: &str) -> Option<&'r Vec<Value>> {
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["by"] == by)?;
    found["sets"].as_array()
}

/// An estimate lies within its interval, which is inside its bounds.
fn holds(estimate: &Value, value: &str) {
    let at = |name: &str| estimate[name].as_f64().unwrap();
    assert!(
        at("low") <= at(value) && at(value) <= at("high"),
        "{estimate}"
    );
    assert!(at("low") >= 0.0 && at("low") < at("high"), "{estimate}");
}

#[test]
fn every_measure_has_its_n_and_an_interval() {
    let report = report(&[&starter("ham"), &starter("spam")]);
    let pooled = &report["pooled"];
    for rate in ["ham_rejected", "ham_held", "spam_accepted", "spam_held"] {
        holds(&pooled[rate], "rate");
        let n = if rate.starts_with("ham") {
            "ham"
        } else {
            "spam"
        };
        assert_eq!(pooled[rate]["n"], pooled[n]);
    }
    for rate in ["0_1", "0_5", "1"] {
        let caught = &pooled[format!("spam_caught_at_{rate}_percent")];
        holds(caught, "rate");
        assert_eq!(caught["n"], pooled["spam"]);
    }
    holds(&pooled["one_minus_roca_percent"], "percent");
    for estimate in ["roc_auc", "brier", "ece"] {
        holds(&pooled[estimate], "value");
        assert_eq!(pooled[estimate]["n"], starter_lines());
    }
    let languages = section(&report, "language").unwrap();
    let total: u64 = languages
        .iter()
        .map(|set| set["ham"].as_u64().unwrap() + set["spam"].as_u64().unwrap())
        .sum();
    assert_eq!(total, starter_lines());
    assert!(languages.len() >= 8);
}

#[test]
fn a_section_that_repeats_another_is_left_out() {
    let written = Written::new();
    let one = written.file("one.jsonl", &[line("1", "a.example", "ham", HAM)]);
    let two = written.file("two.jsonl", &[line("2", "b.example", "spam", SPAM)]);
    let alone = report(&[&one]);
    assert_eq!(alone["sections"], json!([]));
    assert_eq!(alone["pooled"]["roc_auc"], Value::Null);
    let both = report(&[&one, &two]);
    let sites: Vec<&Value> = section(&both, "site")
        .unwrap()
        .iter()
        .map(|set| &set["set"])
        .collect();
    assert_eq!(sites, ["a.example", "b.example"]);
    assert!(section(&both, "file").is_none(), "each file is a site");
    let mixed = written.file(
        "mixed.jsonl",
        &[
            line("3", "b.example", "ham", HAM),
            line("4", "a.example", "spam", SPAM),
        ],
    );
    assert_eq!(section(&report(&[&one, &mixed]), "file").unwrap().len(), 2);
}

/// Labels the wrong way round: both comments are errors.
fn mislabelled(written: &Written) -> String {
    let hostile = format!("<script>alert('x')</script> \u{1b}[31m\u{202e} {SPAM}");
    written.file(
        "wrong.jsonl",
        &[
            line("h1", "<b>site</b>", "ham", &hostile),
            line("h2", "<b>site</b>", "ham", HAM),
            line("s1", "<b>site</b>", "spam", HAM),
            line("s2", "other.example", "spam", SPAM),
        ],
    )
}

#[test]
fn the_worst_errors_are_shown_with_their_evidence() {
    let written = Written::new();
    let file = mislabelled(&written);
    let found = report(&[&file, "--show", "5"]);
    let ids = |label: &str| -> Vec<&str> {
        let shown = found["worst"][label].as_array().unwrap();
        shown
            .iter()
            .map(|one| one["id"].as_str().unwrap())
            .collect()
    };
    assert_eq!((ids("ham"), ids("spam")), (vec!["h1"], vec!["s1"]));
    let error = &found["worst"]["ham"][0];
    assert_eq!(error["verdict"], "reject");
    let evidence = error["evidence"].as_array().unwrap();
    assert!(!evidence.is_empty());
    assert!(
        evidence
            .iter()
            .all(|piece| piece["log_odds"].as_f64().unwrap() > 0.0)
    );
    assert_eq!(
        report(&[&file])["worst"]["ham"],
        json!([]),
        "nothing was asked for"
    );

    let output = evaluate(&[&file, "--show", "5"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("ham with the highest log-odds") && said.contains("h1"),
        "{said}"
    );
    assert!(
        !said.contains('\u{1b}') && !said.contains('\u{202e}'),
        "{said:?}"
    );
}

#[test]
fn the_page_stands_alone_and_escapes_what_comes_from_comments() {
    let written = Written::new();
    let page = written.path("report.html");
    let file = mislabelled(&written);
    let arguments = [&file, "--show", "5", "--html", page.to_str().unwrap()];
    let output = evaluate(&arguments);
    assert!(output.status.success(), "{output:?}");
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(
        !html.contains("<script") && !html.contains("<b>site"),
        "{html}"
    );
    assert!(html.contains("&lt;script&gt;") && html.contains("&lt;b&gt;site&lt;/b&gt;"));
    assert!(!html.contains('\u{1b}') && !html.contains('\u{202e}'));
    for outside in ["src=", "href=", "@import", "url("] {
        // Comments may say so, escaped; the page itself may not.
        let page: String = html.split("<article>").next().unwrap().to_owned();
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(html.matches("<svg role=\"img\"").count(), 3);
    assert!(html.contains("prefers-color-scheme: dark"));
    // Each colour of a chart is one that the stylesheet knows in the dark.
    let style = html.split("</style>").next().unwrap();
    for part in html.split("</style>").nth(1).unwrap().split("=\"#").skip(1) {
        let colour = &part[..6];
        assert!(style.contains(&format!("=\"#{colour}\"]")), "#{colour}");
    }
}

#[test]
fn curves_and_rules_count_what_was_judged() {
    let written = Written::new();
    let mut lines = vec![line("s", "a", "spam", SPAM), line("p", "a", "spam", HAM)];
    lines.extend((0..8).map(|at| line(&format!("h{at}"), "a", "ham", &format!("{HAM} {at}"))));
    let found = report(&[&written.file("lines.jsonl", &lines)]);
    let rules = found["rules"].as_array().unwrap();
    let bbcode = rules
        .iter()
        .find(|rule| rule["id"] == "markup/bbcode-link")
        .unwrap();
    assert_eq!(
        (&bbcode["ham"]["count"], &bbcode["ham"]["n"]),
        (&json!(0), &json!(8))
    );
    assert_eq!(
        (&bbcode["spam"]["count"], &bbcode["spam"]["n"]),
        (&json!(1), &json!(2))
    );
    let curves = &found["curves"];
    let sum = |of: &str| -> u64 {
        let slots = curves["histogram"].as_array().unwrap();
        slots.iter().map(|slot| slot[of].as_u64().unwrap()).sum()
    };
    assert_eq!((sum("ham"), sum("spam")), (8, 2));
    let bins = curves["reliability"].as_array().unwrap();
    assert_eq!(
        bins.iter()
            .map(|bin| bin["spam"]["n"].as_u64().unwrap())
            .sum::<u64>(),
        10
    );
    // No ham stands above the strictest threshold, and one spam does.
    let strictest = &curves["thresholds"][0];
    assert_eq!(
        (&strictest["ham"]["count"], &strictest["spam"]["count"]),
        (&json!(0), &json!(1))
    );
    let roc = curves["roc"].as_array().unwrap();
    let last = roc.last().unwrap();
    assert_eq!(
        (&last["false_positives"], &last["caught"]),
        (&json!(1.0), &json!(1.0))
    );
}

#[test]
fn lines_come_from_standard_input_too_and_need_labels() {
    let piped = |line: &Value| runs_on(&line.to_string(), &["evaluate", "--json"]);
    let output = piped(&line("1", "a.example", "spam", SPAM));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&report["pooled"]["ham"], &report["pooled"]["spam"]),
        (&json!(0), &json!(1))
    );
    let output = piped(&json!({ "content": "hello" }));
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("label"));
}
