//! `POST /v1/check/stream` beyond a few good lines: bad ones, long ones, many.

use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, text};

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    answer
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn many_lines_are_answered_in_order() {
    let app = TestApp::start();
    let body: String = (0..200)
        .map(|number| {
            json!({"id": number, "content": format!("Comment number {number}")}).to_string() + "\n"
        })
        .collect();
    let answers = lines(&app.check_stream(&body));
    assert_eq!(answers.len(), 200);
    for (number, answer) in answers.iter().enumerate() {
        let kept = app.comment(&text(&answer["comment_id"])).ok();
        assert_eq!(kept["comment"]["id"], number.to_string());
    }
}

#[test]
fn a_line_at_fault_is_answered_as_such_and_the_others_are_judged() {
    let app = TestApp::start_with(|config| config.limits.line_bytes = 2_000, |_| {});
    let long = json!({"content": "x".repeat(5_000)}).to_string();
    let body = format!(
        "{}\n{}\n\n{{not json\n{long}\n{}",
        json!({"content": "First"}),
        json!({"author": {"name": "Ada"}}),
        json!({"content": "Last, without an end", "dry_run": true}),
    );
    let answer = app.check_stream(&body);
    let answers = lines(&answer);
    assert_eq!(answers.len(), 5, "one answer for each line: {answers:?}");
    assert!(answers[0]["comment_id"].is_string());
    for (place, code, field) in [
        (1, "invalid_field", json!("content")),
        (2, "invalid_json", Value::Null),
        (3, "line_too_long", Value::Null),
    ] {
        let problem = &answers[place];
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["line"], place + 1);
        assert_eq!(problem["field"], field);
        assert_eq!(problem["request_id"], answer.header("x-request-id"));
    }
    assert_eq!(answers[4]["comment_id"], Value::Null);
    assert!(answers[4]["verdict"].is_string());
}

#[test]
fn the_body_may_be_longer_than_a_request_may() {
    let app = TestApp::start_with(|config| config.limits.body_bytes = 2_000, |_| {});
    let line = json!({"content": "x ".repeat(500), "dry_run": true}).to_string() + "\n";
    let answers = lines(&app.check_stream(&line.repeat(100)));
    assert_eq!(answers.len(), 100);
    assert!(answers.iter().all(|answer| answer["verdict"].is_string()));
}

#[test]
fn an_empty_body_has_no_answers() {
    let app = TestApp::start();
    assert!(lines(&app.check_stream("")).is_empty());
}
