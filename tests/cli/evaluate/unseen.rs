//! Sites that are left out, and learning as comments come.

use serde_json::{Value, json};

use super::{HAM, Written, evaluate, line, report, section};

/// Three blogs with ham and spam; the last one's words stand with the other
/// label, so that whoever has seen them judges it rightly, and nobody else.
fn blogs(written: &Written) -> String {
    let mut lines = Vec::new();
    for site in ["one", "two", "odd", "odd-import"] {
        for at in 0..30 {
            let (kind, unkind) = (
                "the loaf rose and the crust was crisp",
                "cheap casino loans",
            );
            let (ham, spam) = match site.starts_with("odd") {
                true => (unkind, kind),
                false => (kind, unkind),
            };
            lines.push(line(
                &format!("{site}-h{at}"),
                site,
                "ham",
                &format!("{ham} {at}"),
            ));
            lines.push(line(
                &format!("{site}-s{at}"),
                site,
                "spam",
                &format!("{spam} {at}"),
            ));
        }
    }
    written.file("blogs.jsonl", &lines)
}

#[test]
fn a_site_that_is_left_out_teaches_nothing_about_itself() {
    let written = Written::new();
    let file = blogs(&written);
    let left_out = report(&["--leave-one-site-out", &file]);
    let sets = section(&left_out, "group").unwrap();
    let of = |name: &str| sets.iter().find(|set| set["set"] == name).unwrap();
    let odd = of("odd and 1 more");
    assert_eq!((&odd["ham"], &odd["spam"]), (&json!(60), &json!(60)));
    // The others say the contrary, and no row of `odd` or its import was seen.
    assert!(
        odd["one_minus_roca_percent"]["percent"].as_f64().unwrap() > 90.0,
        "{odd}"
    );
    let models: Vec<u64> = left_out["judged_by"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["comments"].as_u64().unwrap())
        .collect();
    let mut sizes = models.clone();
    sizes.sort_unstable();
    assert_eq!(sizes, [60, 60, 120], "one model for each group");
}

#[test]
fn sites_of_ham_alone_share_five_fits() {
    let written = Written::new();
    let mixed = blogs(&written);
    let ham: Vec<Value> = (0..7)
        .flat_map(|site| (0..=site).map(move |at| (site, at)))
        .map(|(site, at)| line("", &format!("ham{site}"), "ham", &format!("{HAM} {at}")))
        .collect();
    let ham = written.file("ham.jsonl", &ham);
    let left_out = report(&["--leave-one-site-out", &mixed, &ham]);
    let judged_by = left_out["judged_by"].as_array().unwrap();
    assert_eq!(judged_by.len(), 3 + 5);
    let of_ham = judged_by[3..]
        .iter()
        .map(|one| one["comments"].as_u64().unwrap());
    assert_eq!(of_ham.sum::<u64>(), 28);
}

#[test]
fn sites_stay_together_by_name_or_file_and_a_slip_is_told() {
    let written = Written::new();
    let file = blogs(&written);
    let together = ["--leave-one-site-out", "--together", "one,two", &file];
    assert_eq!(report(&together)["judged_by"].as_array().unwrap().len(), 2);
    let slip = evaluate(&["--leave-one-site-out", "--together", "one,twoo", &file]);
    let said = String::from_utf8(slip.stderr).unwrap();
    assert!(!slip.status.success() && said.contains("twoo"), "{said}");
    let by_file = evaluate(&["--leave-one-site-out", "--together", "blogs", &file]);
    let said = String::from_utf8(by_file.stderr).unwrap();
    assert!(
        !by_file.status.success() && said.contains("0 ham"),
        "all lines are one group: {said}"
    );
}

#[test]
fn learning_in_turn_errs_less_and_keeps_the_order_of_dates() {
    let written = Written::new();
    // Praise with one author's link, which the model by itself lets pass.
    let mut lines: Vec<Value> = (0..60)
        .map(|at| {
            let mut line = line(
                &format!("{at}"),
                "blog",
                "spam",
                "Nice photographs of the harbour in the evening light",
            );
            line["author"] = json!("Harbour Fan");
            line["url"] = json!("http://harbour-views.example/");
            line["date"] = json!(format!("2024-01-01T10:{at:02}:00Z"));
            line
        })
        .collect();
    lines.reverse();
    let file = written.file("stream.jsonl", &lines);
    let learnt = report(&["--online", "--show", "60", &file]);
    let total = &learnt["learning"]["total"];
    let errors = |name: &str| total[name]["count"].as_u64().unwrap();
    assert_eq!(total["first_50"]["n"], 50);
    assert_eq!(total["all"]["n"], 60);
    assert!(errors("all_without_learning") > errors("all"), "{total}");
    assert!(errors("all") >= 1, "{total}");
    // The first by date is judged before anything was learnt.
    let wrong = learnt["worst"]["spam"].as_array().unwrap();
    assert!(wrong.iter().any(|one| one["id"] == "0"), "{wrong:?}");
}
