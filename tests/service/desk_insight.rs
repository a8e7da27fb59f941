//! The dashboard, the history and the what-if board, as browsers see them.

use hamgate::domain::Role;
use serde_json::{Value, json};

use crate::harness::{Browser, HONEST, SPAM, TestApp, block_on, hidden};

fn started() -> TestApp {
    let app = TestApp::start_desk();
    app.add_site("other");
    app.add_moderator("anna", Role::Admin, &[]);
    app.add_moderator("vera", Role::Viewer, &["blog"]);
    app.add_moderator("stranger", Role::Viewer, &["other"]);
    app
}

fn checked(app: &TestApp, id: &str, content: &str) -> Value {
    app.check(&json!({"id": id, "author": {"name": "Mia"}, "content": content}))
        .ok()
}

fn decided(app: &TestApp, answer: &Value, body: &Value) {
    let id = answer["comment_id"].as_str().unwrap();
    app.decide(id, body).ok();
}

/// The number under a heading of the dashboard.
fn figure(page: &str, heading: &str) -> String {
    let (_, rest) = page.split_once(&format!("<dt>{heading}</dt><dd>")).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

#[test]
fn the_dashboard_counts_what_happened_and_draws_it() {
    let app = started();
    let viewer = app.signed_in("vera");
    let empty = viewer.get("/desk/dashboard");
    assert!(empty.text.contains("Nothing happened in this time"));
    let first = checked(&app, "1", HONEST);
    checked(&app, "2", SPAM);
    checked(&app, "3", HONEST);
    decided(&app, &first, &json!({"decision": "accept"}));
    let page = viewer.get("/desk/dashboard?span=91");
    assert_eq!(page.status, 200);
    assert_eq!(figure(&page.text, "Comments judged"), "3");
    assert_eq!(figure(&page.text, "Decided by people"), "1");
    assert_eq!(figure(&page.text, "Labels learnt from"), "1");
    assert!(page.text.matches("<svg role=\"img\"").count() >= 3);
    for forbidden in ["style=", "<style", "onclick"] {
        assert!(!page.text.contains(forbidden), "{forbidden}");
    }
    assert!(page.text.len() < 100_000, "{} bytes", page.text.len());
    // Another site's people see none of it.
    let stranger = app.signed_in("stranger");
    assert!(
        stranger
            .get("/desk/dashboard")
            .text
            .contains("Nothing happened")
    );
    for page in [
        "dashboard",
        "history",
        "what-if",
        "model",
        "history/export.csv",
    ] {
        let ask = |site| stranger.get(&format!("/desk/{page}?site={site}"));
        assert_eq!(ask("blog").status, 404, "{page}");
        assert_eq!(
            ask("blog").without_request_id(),
            ask("nowhere").without_request_id()
        );
    }
    let all = app.signed_in("anna").get("/desk/dashboard?site=&span=28");
    assert_eq!(figure(&all.text, "Comments judged"), "3");
}

#[test]
fn the_history_tells_who_decided_what_and_what_the_filter_had_said() {
    let app = started();
    let comment = checked(&app, "1", HONEST);
    let note = "=1+1 \"quoted\", <b>bold</b>";
    decided(&app, &comment, &json!({"decision": "reject", "note": note}));
    decided(
        &app,
        &comment,
        &json!({"decision": "accept", "learn": false}),
    );
    let viewer = app.signed_in("vera");
    let page = viewer.get("/desk/history").text;
    assert_eq!(page.matches("/desk/comments/").count(), 2);
    assert!(page.contains("rejected as spam") && page.contains("replaced just now"));
    let verdict = match comment["verdict"].as_str().unwrap() {
        "accept" => "The filter had accepted it",
        _ => "The filter had held it",
    };
    assert!(page.contains(verdict) && page.contains(comment["model"].as_str().unwrap()));
    assert!(page.contains("&#60;b&#62;bold") && !page.contains("<b>bold"));
    assert!(
        viewer
            .get("/desk/history?who=nobody")
            .text
            .contains("No decision fits")
    );
    assert!(
        viewer
            .get("/desk/history?since=2999-01-01")
            .text
            .contains("No decision fits")
    );
    assert!(
        !app.signed_in("stranger")
            .get("/desk/history")
            .text
            .contains("/desk/comments/")
    );

    let csv = viewer.get("/desk/history/export.csv?site=blog");
    assert_eq!(
        csv.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    assert!(csv.header("content-disposition").starts_with("attachment"));
    let mut reader = csv::Reader::from_reader(csv.text.as_bytes());
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    let cell = |row: usize, name: &str| {
        let place = columns.iter().position(|column| column == name).unwrap();
        rows[row][place].to_owned()
    };
    assert_eq!(cell(1, "note"), format!("'{note}"));
    assert_eq!(cell(1, "ended_because"), "replaced");
    assert_eq!(cell(0, "verdict"), comment["verdict"].as_str().unwrap());
    let log_odds: f64 = cell(0, "log_odds").parse().unwrap();
    assert_eq!(Some(log_odds), comment["log_odds"].as_f64());
    assert_eq!(cell(0, "policy"), comment["policy"].as_str().unwrap());

    let lines = viewer.get("/desk/history/export.ndjson");
    assert_eq!(lines.header("content-type"), "application/x-ndjson");
    let lines: Vec<Value> = lines
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (&lines[1]["note"], &lines[1]["by"]),
        (&json!(note), &json!("api"))
    );
    assert_eq!(lines[0]["log_odds"], comment["log_odds"]);
}

#[test]
fn an_export_is_as_long_as_the_history() {
    let app = started();
    let comment = checked(&app, "1", HONEST);
    for _ in 0..503 {
        decided(&app, &comment, &json!({"decision": "accept"}));
    }
    let viewer = app.signed_in("vera");
    let lines = viewer.get("/desk/history/export.ndjson").text;
    let ids: std::collections::BTreeSet<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["decision_id"].to_string())
        .collect();
    assert_eq!((ids.len(), lines.lines().count()), (503, 503));
    // Paged, each decision is on one page.
    let (mut path, mut rows) = ("/desk/history".to_owned(), 0);
    loop {
        let page = viewer.get(&path).text;
        rows += page.matches("class=\"exact").count();
        let Some((before, _)) = page.split_once("\">Earlier decisions") else {
            break;
        };
        let (_, next) = before.rsplit_once("href=\"").unwrap();
        path = next.replace("&#38;", "&");
    }
    assert_eq!(rows, 503);
}

/// The board's table: accepted, held, rejected by the settings on trial.
fn on_trial(page: &str) -> Vec<usize> {
    ["Accepted", "Held", "Rejected"]
        .iter()
        .map(|name| {
            let (_, rest) = page.split_once(&format!("{name}</th><td>")).unwrap();
            let (_, then) = rest.split_once("</td><td>").unwrap();
            then.split('<').next().unwrap().parse().unwrap()
        })
        .collect()
}

fn tries(browser: &Browser, query: &str) -> String {
    let page = browser.get(&format!("/desk/what-if?site=blog&{query}"));
    assert_eq!(page.status, 200, "{page:?}");
    page.text
}

#[test]
fn the_board_says_what_the_service_then_does() {
    let app = started();
    let texts = [
        HONEST,
        SPAM,
        "Great post! I wrote about loans, too. http://loans.example",
        "дешевые кредиты http://kredit.example/a http://kredit.example/b viagra casino",
        "Nice site, thanks for sharing this article.",
        "best casino bonus",
    ];
    let verdicts = |app: &TestApp, round: &str| {
        let answers = texts.iter().enumerate().map(|(place, text)| {
            let answer = checked(app, &format!("{round}{place}"), text);
            answer["verdict"].as_str().unwrap().to_owned()
        });
        answers.collect::<Vec<String>>()
    };
    let count = |verdicts: &[String]| {
        ["accept", "hold", "reject"]
            .map(|word| verdicts.iter().filter(|one| *one == word).count())
            .to_vec()
    };
    let before = verdicts(&app, "a");
    let admin = app.signed_in("anna");
    let still = tries(&admin, "");
    assert_eq!(on_trial(&still), count(&before));
    assert!(still.contains("Nothing would change") && !still.contains("name=\"trial\""));
    let loose = "ham=10&spam=10&reject=on&hold=spam&discard=on";
    let page = tries(&admin, loose);
    let promised = on_trial(&page);
    // A viewer sees the same, and cannot apply it.
    let viewer = app.signed_in("vera");
    let seen = tries(&viewer, loose);
    assert_eq!(on_trial(&seen), promised);
    assert!(!seen.contains("name=\"trial\""));

    let field = |name| hidden(&page, name).unwrap();
    let (trial, was) = (field("trial"), field("seen"));
    let form = [("site", "blog"), ("trial", &trial), ("seen", &was)];
    let asked = admin.post("/desk/what-if", &form);
    assert_eq!(asked.status, 200);
    assert!(asked.text.contains("Apply to blog?") && asked.text.contains("10 %"));
    assert_eq!(verdicts(&app, "b"), before, "asking applies nothing");
    let confirmed = [&form[..], &[("confirmed", "yes")]].concat();
    let applied = admin.post("/desk/what-if", &confirmed);
    assert_eq!(applied.status, 303);
    assert!(
        admin
            .get(&applied.header("location"))
            .text
            .contains("Applied")
    );
    assert_eq!(count(&verdicts(&app, "c")), promised);

    // Who saw other settings applies nothing.
    let late = admin.post("/desk/what-if", &confirmed);
    assert_eq!(late.status, 412);
    let site = block_on(app.installation.site("blog")).unwrap();
    assert_eq!(site.settings.max_ham_rejected, Some(0.1));
    assert_eq!(
        site.settings.reject, None,
        "what was not moved is the installation's"
    );
}

#[test]
fn the_board_lists_what_changes_and_what_people_said() {
    let app = started();
    let spam = checked(&app, "1", SPAM);
    assert_eq!(spam["verdict"], "reject");
    decided(&app, &spam, &json!({"decision": "accept"}));
    let page = tries(&app.signed_in("vera"), "reject=off");
    assert!(page.contains("rejected → held") && page.contains("people said honest"));
    assert!(page.contains(&format!(
        "/desk/comments/{}",
        spam["comment_id"].as_str().unwrap()
    )));
}

#[test]
fn a_share_out_of_bounds_is_named() {
    let app = started();
    let viewer = app.signed_in("vera");
    for query in ["ham=0", "ham=51", "spam=much", "spam=-1", "ham=NaN"] {
        let page = viewer.get(&format!("/desk/what-if?site=blog&{query}"));
        assert_eq!(page.status, 422, "{query}");
        assert!(
            page.text.contains("per cent") || page.text.contains('%'),
            "{query}"
        );
    }
}
