//! Checking a comment: what the answer says, and what is remembered.

use serde_json::{Value, json};

use crate::harness::{HONEST, SPAM, TestApp, block_on, fields, text};

#[test]
fn the_answer_has_exactly_the_promised_fields() {
    let app = TestApp::start();
    for content in [HONEST, SPAM] {
        let answer = app.check_text(content).ok();
        let promised = [
            "comment_id",
            "evidence",
            "log_odds",
            "model",
            "policy",
            "spam_probability",
            "verdict",
        ];
        assert_eq!(fields(&answer), promised, "{answer}");
        let evidence = answer["evidence"].as_array().unwrap();
        assert!(!evidence.is_empty());
        for piece in evidence {
            let promised = ["detail", "log_odds", "reason", "source", "span"];
            assert_eq!(fields(piece), promised, "{piece}");
        }
        let verdict = text(&answer["verdict"]);
        assert!(["accept", "hold", "reject"].contains(&verdict.as_str()));
    }
}

#[test]
fn the_evidence_adds_up_to_the_log_odds_and_the_probability() {
    let app = TestApp::start();
    let full = json!({
        "content": SPAM, "format": "html",
        "author": {"name": "Cheap Pills", "email": "x@pills.example", "url": "http://pills.example",
                   "ip": "192.0.2.7", "user_agent": "curl/8", "user_id": "u", "role": "subscriber"},
        "post": {"url": "https://blog.example/bread", "title": "Bread", "language": "en", "tags": ["bread"]},
        "form": {"honeypot": "yes", "seconds": 0.5, "javascript": false},
    });
    for comment in [
        json!({ "content": HONEST }),
        json!({ "content": "ok" }),
        full,
    ] {
        // The second time history has its say too.
        for _ in 0..2 {
            let answer = app.check(&comment).ok();
            let log_odds = answer["log_odds"].as_f64().unwrap();
            let sum: f64 = answer["evidence"]
                .as_array()
                .unwrap()
                .iter()
                .map(|piece| piece["log_odds"].as_f64().unwrap())
                .sum();
            assert!((sum - log_odds).abs() < 1e-9, "{sum} is not {log_odds}");
            let probability = answer["spam_probability"].as_f64().unwrap();
            assert!((probability - 1.0 / (1.0 + (-log_odds).exp())).abs() < 1e-9);
            app.feedback(&json!({ "comment_id": answer["comment_id"], "label": "spam" }))
                .ok();
        }
    }
}

#[test]
fn spam_weighs_more_than_an_honest_comment() {
    let app = TestApp::start();
    let honest = app.check_text(HONEST).ok();
    let spam = app.check_text(SPAM).ok();
    let odds = |answer: &Value| answer["log_odds"].as_f64().unwrap();
    assert!(odds(&honest) < 0.0, "{honest}");
    assert!(odds(&spam) > 0.0, "{spam}");
    assert_ne!(honest["verdict"], "reject");
    assert_ne!(spam["verdict"], "accept");
}

#[test]
fn the_same_id_updates_the_comment() {
    let app = TestApp::start();
    let first = app.check(&json!({ "id": "c-1", "content": HONEST })).ok();
    let second = app
        .check(&json!({ "id": "c-1", "content": "edited text" }))
        .ok();
    let other = app.check(&json!({ "id": "c-2", "content": HONEST })).ok();
    assert_eq!(first["comment_id"], second["comment_id"]);
    assert_ne!(first["comment_id"], other["comment_id"]);
    let items = app.comments("").ok()["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 2, "{items}");
    let stored = app.comment(&text(&first["comment_id"])).ok();
    assert_eq!(stored["comment"]["content"], "edited text", "{stored}");
}

#[test]
fn a_dry_run_stores_nothing() {
    let app = TestApp::start();
    let dry = json!({ "id": "c-1", "content": HONEST, "dry_run": true });
    let answer = app.check(&dry).ok();
    assert_eq!(answer["comment_id"], Value::Null);
    assert!(answer["verdict"].is_string());
    assert_eq!(app.comments("").ok()["items"], json!([]));
    assert_eq!(app.stats()["comments"]["total"], 0);
    app.feedback(&json!({ "id": "c-1", "label": "ham" }))
        .problem(404, "not_found");
}

#[test]
fn an_idempotency_key_replays_and_refuses_another_body() {
    let app = TestApp::start();
    let comment = json!({ "content": SPAM });
    let first = app.check_once("k-1", &comment);
    let again = app.check_once("k-1", &comment);
    assert_eq!(first.ok(), again.ok());
    let other = app.check_once("k-2", &comment).ok();
    assert_ne!(other["comment_id"], first.json()["comment_id"]);
    app.check_once("k-1", &json!({ "content": HONEST }))
        .problem(422, "idempotency_mismatch");
    assert_eq!(app.stats()["comments"]["total"], 2);
}

#[test]
fn a_stream_is_answered_line_by_line_in_order() {
    let app = TestApp::start();
    let lines = format!(
        "{}\n\n{}\n{{broken\n{}\n{}",
        json!({ "id": "one", "content": HONEST }),
        json!({ "id": "two", "content": SPAM }),
        json!({ "id": "four", "content": 4 }),
        json!({ "id": "five", "content": HONEST }),
    );
    let answer = app.check_stream(&lines);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    let answers: Vec<Value> = answer
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 5, "{}", answer.text);
    for (place, id) in [(0, "one"), (1, "two"), (4, "five")] {
        let stored = app.comment(&text(&answers[place]["comment_id"])).ok();
        assert_eq!(stored["comment"]["id"], id);
    }
    assert_eq!(answers[2]["code"], "invalid_json");
    assert_eq!(answers[2]["line"], 3);
    assert_eq!(answers[3]["code"], "invalid_field");
    assert_eq!(answers[3]["field"], "content");
    assert_eq!(answers[3]["line"], 4);
    assert_eq!(app.stats()["comments"]["total"], 3);
}

#[test]
fn many_at_once_with_one_idempotency_key_are_one_comment() {
    let app = TestApp::start();
    let comment = json!({ "content": "Sent by an impatient proxy" });
    let answers: Vec<_> = std::thread::scope(|scope| {
        let sent: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| app.check_once("key", &comment).ok()))
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let items = app.comments("").ok()["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1);
}

#[test]
fn a_site_that_wants_nothing_rejected_has_it_held_from_the_next_request_on() {
    let app = TestApp::start();
    let before = app.check_text(SPAM).ok();
    assert_eq!(before["verdict"], "reject", "{before}");
    let change = app
        .installation
        .site_settings("blog", |settings| settings.reject = Some(false));
    block_on(change).unwrap();
    let after = app.check_text(SPAM).ok();
    assert_eq!(after["verdict"], "hold", "{after}");
    assert_eq!(after["log_odds"], before["log_odds"]);
    assert!(text(&after["policy"]).ends_with("reject=off"), "{after}");
}
