//! A moderator lists, looks, decides and takes back.

use serde_json::{Value, json};

use crate::harness::{HONEST, SPAM, TestApp, text};

/// Checks some comments; the answers, oldest first.
fn some_comments(app: &TestApp) -> Vec<Value> {
    [
        HONEST,
        SPAM,
        "Thanks! http://nice.example",
        "Where do you buy your flour? I only find the pale kind in our shops.",
        "casino casino casino http://win.example http://bonus.example",
    ]
    .into_iter()
    .map(|content| app.check_text(content).ok())
    .collect()
}

fn ids(items: &Value) -> Vec<String> {
    let items = items["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["comment_id"])).collect()
}

#[test]
fn comments_are_listed_newest_first_and_by_verdict() {
    let app = TestApp::start();
    let checked = some_comments(&app);
    let newest_first = |keep: &dyn Fn(&Value) -> bool| -> Vec<String> {
        let kept = checked.iter().rev().filter(|answer| keep(answer));
        kept.map(|answer| text(&answer["comment_id"])).collect()
    };
    assert_eq!(ids(&app.comments("").ok()), newest_first(&|_| true));
    let mut kinds = 0;
    for verdict in ["accept", "hold", "reject"] {
        let expected = newest_first(&|answer| answer["verdict"] == verdict);
        kinds += usize::from(!expected.is_empty());
        let listed = app.comments(&format!("verdict={verdict}")).ok();
        assert_eq!(ids(&listed), expected, "{verdict}");
    }
    assert!(kinds >= 2, "one verdict for all shows nothing: {checked:?}");
}

#[test]
fn comments_are_found_by_their_text() {
    let app = TestApp::start();
    let checked = some_comments(&app);
    assert_eq!(
        ids(&app.comments("q=flour").ok()),
        [text(&checked[3]["comment_id"])]
    );
    assert_eq!(ids(&app.comments("q=nowhere-to-be-found").ok()).len(), 0);
    assert_eq!(
        ids(&app.comments("q=%25").ok()).len(),
        0,
        "% is no wildcard"
    );
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let app = TestApp::start();
    some_comments(&app);
    let all = ids(&app.comments("").ok());
    let (mut paged, mut query, mut pages) = (Vec::new(), "limit=2".to_owned(), 0);
    loop {
        let page = app.comments(&query).ok();
        paged.extend(ids(&page));
        pages += 1;
        assert!(pages < 9, "the pages never end");
        match page["next"].as_str() {
            Some(next) => query = format!("limit=2&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(paged, all);
    assert_eq!(pages, 3);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=x", "limit"),
        ("cursor=x", "cursor"),
        ("verdict=maybe", "verdict"),
        ("decision=maybe", "decision"),
    ] {
        let problem = app.comments(query).problem(422, "invalid_field");
        assert_eq!(problem["field"], field, "{query}");
    }
}

#[test]
fn a_decision_teaches_and_is_taken_back() {
    let app = TestApp::start();
    let checked = some_comments(&app);
    let id = text(&checked[2]["comment_id"]);
    let decided = app
        .decide(&id, &json!({ "decision": "reject", "note": "flattery" }))
        .ok();
    assert_eq!(decided["decision"], "reject");
    assert_eq!(decided["learn"], true);
    assert_eq!(decided["note"], "flattery");
    let seen = app.comment(&id).ok();
    assert_eq!(seen["label"], "spam");
    assert_eq!(seen["decision"]["decision"], "reject");
    assert_eq!(seen["decisions"].as_array().unwrap().len(), 1);
    assert_eq!(seen["judgements"].as_array().unwrap().len(), 1);
    assert_eq!(
        ids(&app.comments("decision=reject").ok()),
        std::slice::from_ref(&id)
    );
    assert_eq!(ids(&app.comments("decision=none").ok()).len(), 4);

    let undone = app.undo(&id).ok();
    assert!(undone["undone_at"].is_string(), "{undone}");
    let seen = app.comment(&id).ok();
    assert_eq!(seen["label"], Value::Null);
    assert_eq!(seen["decision"], Value::Null);
    assert_eq!(ids(&app.comments("decision=none").ok()).len(), 5);
    app.undo(&id).problem(404, "not_found");
}

#[test]
fn an_acceptance_teaches_ham() {
    let app = TestApp::start();
    let id = text(&app.check_text(HONEST).ok()["comment_id"]);
    app.decide(&id, &json!({ "decision": "accept" })).ok();
    assert_eq!(app.comment(&id).ok()["label"], "ham");
    assert_eq!(ids(&app.comments("decision=accept").ok()), [id]);
}

#[test]
fn a_rejection_without_learning_leaves_no_label() {
    let app = TestApp::start();
    let id = text(&app.check_text(HONEST).ok()["comment_id"]);
    let body = json!({ "decision": "reject", "learn": false });
    assert_eq!(app.decide(&id, &body).ok()["learn"], false);
    let seen = app.comment(&id).ok();
    assert_eq!(seen["label"], Value::Null, "{seen}");
    assert_eq!(seen["decision"]["decision"], "reject");
}

#[test]
fn a_decision_that_is_none_is_refused() {
    let app = TestApp::start();
    let id = text(&app.check_text(HONEST).ok()["comment_id"]);
    for (body, field) in [
        (json!({}), "decision"),
        (json!({ "decision": "maybe" }), "decision"),
        (json!({ "decision": 1 }), "decision"),
        (json!({ "decision": "accept", "learn": "yes" }), "learn"),
        (
            json!({ "decision": "accept", "note": "x".repeat(4001) }),
            "note",
        ),
    ] {
        let problem = app.decide(&id, &body).problem(422, "invalid_field");
        assert_eq!(problem["field"], field, "{body}");
    }
    assert_eq!(app.comment(&id).ok()["decision"], Value::Null);
}

#[test]
fn stats_count_comments_decisions_and_the_queue() {
    let app = TestApp::start();
    let checked = some_comments(&app);
    let count = |verdict| {
        let counted = checked.iter().filter(|answer| answer["verdict"] == verdict);
        counted.count()
    };
    let stats = app.stats();
    assert_eq!(stats["comments"]["total"], 5);
    for verdict in ["accept", "hold", "reject"] {
        assert_eq!(stats["comments"][verdict], count(verdict), "{stats}");
    }
    assert_eq!(stats["queue"]["depth"], count("hold"), "{stats}");
    assert_eq!(stats["decisions"], json!({ "accept": 0, "reject": 0 }));
    assert_eq!(stats["error_rates"]["ham_rejected"]["n"], 0);

    for answer in &checked {
        let id = text(&answer["comment_id"]);
        app.decide(&id, &json!({ "decision": "accept" })).ok();
    }
    let stats = app.stats();
    assert_eq!(stats["queue"]["depth"], 0);
    assert_eq!(stats["queue"]["oldest_at"], Value::Null);
    assert_eq!(stats["decisions"], json!({ "accept": 5, "reject": 0 }));
    let rejected = &stats["error_rates"]["ham_rejected"];
    assert_eq!(rejected["n"], 5, "{stats}");
    assert_eq!(rejected["errors"], count("reject"), "{stats}");
}
