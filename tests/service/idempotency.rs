//! `Idempotency-Key`: a request that comes twice is done once.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp};

async fn check(app: &TestApp, key: &str, body: &Value) -> Answer {
    let request = app
        .signed(Method::POST, "/v1/check")
        .header("idempotency-key", key)
        .json(body);
    app.send(request).await
}

#[tokio::test]
async fn the_same_key_and_bytes_get_the_first_answer_again() {
    let app = TestApp::start().await;
    let body = json!({"content": "Sent twice, for the network hiccupped"});
    let first = check(&app, "key-1", &body).await;
    let again = check(&app, "key-1", &body).await;
    assert_eq!(first.expect(200), again.expect(200));
    let other = check(&app, "key-2", &body).await.expect(200);
    assert_ne!(other["comment_id"], first.json()["comment_id"]);
    assert_eq!(app.listed("").await.len(), 2);
}

#[tokio::test]
async fn the_same_key_with_other_bytes_is_an_error() {
    let app = TestApp::start().await;
    check(&app, "key", &json!({"content": "One"}))
        .await
        .expect(200);
    check(&app, "key", &json!({"content": "Two"}))
        .await
        .expect_problem(422, "idempotency_mismatch");
    assert_eq!(app.listed("").await.len(), 1);
}

#[tokio::test]
async fn many_at_once_with_one_key_are_one_comment() {
    let app = TestApp::start().await;
    let body = json!({"content": "Sent by an impatient proxy"});
    let all = (0..20).map(|_| check(&app, "key", &body));
    let answers = futures_util::future::join_all(all).await;
    let first = answers[0].expect(200);
    for answer in &answers {
        assert_eq!(answer.expect(200), first);
    }
    assert_eq!(app.listed("").await.len(), 1);
}

#[tokio::test]
async fn an_unusable_key_is_named() {
    let app = TestApp::start().await;
    for key in ["", " ", &"x".repeat(256)] {
        let problem = check(&app, key, &json!({"content": "Hello"}))
            .await
            .expect_problem(422, "invalid_field");
        assert_eq!(problem["field"], "Idempotency-Key");
    }
}
