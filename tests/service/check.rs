//! `POST /v1/check`: judged, explained, remembered.

use serde_json::{Value, json};

use crate::harness::TestApp;

fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

#[tokio::test]
async fn only_content_is_required_and_the_evidence_adds_up() {
    let app = TestApp::start().await;
    let answer = app
        .check(&json!({"content": "Thanks, that helped me a lot!"}))
        .await;
    let body = answer.expect(200);
    assert_eq!(
        keys(&body),
        [
            "comment_id",
            "evidence",
            "log_odds",
            "model",
            "policy",
            "spam_probability",
            "verdict"
        ]
    );
    let evidence = body["evidence"].as_array().unwrap();
    let sum: f64 = evidence
        .iter()
        .map(|piece| piece["log_odds"].as_f64().unwrap())
        .sum();
    let log_odds = body["log_odds"].as_f64().unwrap();
    assert!((sum - log_odds).abs() < 1e-9);
    let probability = body["spam_probability"].as_f64().unwrap();
    assert!((probability - 1.0 / (1.0 + (-log_odds).exp())).abs() < 1e-9);
    for piece in evidence {
        assert_eq!(
            keys(piece),
            ["detail", "log_odds", "reason", "source", "span"]
        );
    }
    assert!(["accept", "hold", "reject"].contains(&body["verdict"].as_str().unwrap()));
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn every_field_of_the_contract_is_taken() {
    let app = TestApp::start().await;
    let comment = json!({
        "id": 4711, "kind": "comment",
        "author": {"name": "Ada", "email": "ada@blog.example", "url": "https://ada.example",
            "ip": "2001:db8::7", "user_agent": "Mozilla/5.0", "user_id": "7", "role": "editor"},
        "content": "I disagree with the second point.", "format": "markdown",
        "post": {"url": "https://blog.example/p", "title": "On points",
            "published_at": "2026-11-01T10:00:00Z", "language": "en", "tags": ["points"]},
        "parent_id": "4710", "submitted_at": "2026-11-24T08:30:00Z", "referrer": "https://blog.example/",
        "form": {"honeypot": "", "seconds": 41.5, "javascript": true}
    });
    let id = app.checked(&comment).await;
    let kept = app.get(&format!("/v1/comments/{id}")).await.expect(200);
    let mut expected = comment.clone();
    expected["id"] = json!("4711");
    assert_eq!(kept["comment"], expected);
    assert_eq!(kept["judgements"].as_array().unwrap().len(), 1);
    assert_eq!(kept["decisions"], json!([]));
}

#[tokio::test]
async fn null_is_as_good_as_absent() {
    let app = TestApp::start().await;
    let comment = json!({"id": null, "author": null, "content": "Hello there", "post": null,
        "form": null, "submitted_at": null, "dry_run": null});
    app.check(&comment).await.expect(200);
}

#[tokio::test]
async fn the_same_id_updates_the_comment() {
    let app = TestApp::start().await;
    let first = app
        .checked(&json!({"id": "7", "content": "A first version"}))
        .await;
    let second = app
        .checked(&json!({"id": "7", "content": "A second version"}))
        .await;
    assert_eq!(first, second);
    let listed = app.listed("").await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["comment"]["content"], "A second version");
    let file = app.get(&format!("/v1/comments/{first}")).await.expect(200);
    assert_eq!(file["judgements"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_dry_run_judges_and_stores_nothing() {
    let app = TestApp::start().await;
    let comment = json!({"id": "7", "content": "Only a test of the filter", "dry_run": true});
    let dry = app.check(&comment).await.expect(200);
    assert_eq!(dry["comment_id"], Value::Null);
    assert!(dry["verdict"].is_string());
    assert!(app.listed("").await.is_empty());
    let wrong = json!({"content": "Hello", "dry_run": "yes"});
    let problem = app.check(&wrong).await.expect_problem(422, "invalid_field");
    assert_eq!(problem["field"], "dry_run");
}

#[tokio::test]
async fn a_second_start_keeps_keys_and_comments() {
    let app = TestApp::start().await;
    let id = app
        .checked(&json!({"content": "I shall be here tomorrow"}))
        .await;
    let app = app.restart().await;
    let kept = app.get(&format!("/v1/comments/{id}")).await.expect(200);
    assert_eq!(kept["comment"]["content"], "I shall be here tomorrow");
}
