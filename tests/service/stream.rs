//! `POST /v1/check/stream`: lines in, lines out, in order.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp};

async fn stream(app: &TestApp, body: String) -> Answer {
    let request = app
        .signed(Method::POST, "/v1/check/stream")
        .header("content-type", "application/x-ndjson")
        .body(body);
    app.send(request).await
}

fn lines(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    answer
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test]
async fn each_line_is_answered_in_order() {
    let app = TestApp::start().await;
    let body: String = (0..200)
        .map(|number| {
            json!({"id": number, "content": format!("Comment number {number}")}).to_string() + "\n"
        })
        .collect();
    let answers = lines(&stream(&app, body).await);
    assert_eq!(answers.len(), 200);
    for (number, answer) in answers.iter().enumerate() {
        let id = answer["comment_id"].as_str().unwrap();
        let kept = app.get(&format!("/v1/comments/{id}")).await.expect(200);
        assert_eq!(kept["comment"]["id"], number.to_string());
        assert!(answer["verdict"].is_string());
    }
}

#[tokio::test]
async fn a_line_at_fault_is_answered_as_such_and_the_others_are_judged() {
    let app = TestApp::start_with(|config| config.limits.line_bytes = 2_000).await;
    let long = json!({"content": "x".repeat(5_000)}).to_string();
    let body = format!(
        "{}\n{}\n\n{}\n{long}\n{}",
        json!({"content": "First"}),
        json!({"author": {"name": "Ada"}}),
        "{not json",
        json!({"content": "Last, without an end", "dry_run": true}),
    );
    let answer = stream(&app, body).await;
    let answers = lines(&answer);
    assert_eq!(answers.len(), 6);
    assert!(answers[0]["comment_id"].is_string());
    for (place, code, field) in [
        (1, "invalid_field", json!("content")),
        (2, "invalid_json", Value::Null),
        (3, "invalid_json", Value::Null),
        (4, "line_too_long", Value::Null),
    ] {
        let problem = &answers[place];
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["line"], place + 1);
        assert_eq!(problem["field"], field);
        assert_eq!(problem["request_id"], answer.header("x-request-id"));
    }
    assert_eq!(answers[5]["comment_id"], Value::Null);
    assert!(answers[5]["verdict"].is_string());
    assert_eq!(app.listed("").await.len(), 1);
}

#[tokio::test]
async fn the_body_may_be_longer_than_a_request_may() {
    let app = TestApp::start_with(|config| config.limits.body_bytes = 2_000).await;
    let line = json!({"content": "x ".repeat(500), "dry_run": true}).to_string() + "\n";
    let answers = lines(&stream(&app, line.repeat(100)).await);
    assert_eq!(answers.len(), 100);
    assert!(answers.iter().all(|answer| answer["verdict"].is_string()));
}

#[tokio::test]
async fn an_empty_body_has_no_answers() {
    let app = TestApp::start().await;
    assert!(lines(&stream(&app, String::new()).await).is_empty());
}
