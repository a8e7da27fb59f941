//! `POST /v1/check`: judged, explained, remembered.

use serde_json::{Value, json};

use crate::harness::TestApp;

#[tokio::test]
async fn only_content_is_required_and_the_evidence_adds_up() {
    let app = TestApp::start().await;
    let answer = app.check(&json!({"content": "Thanks, that helped me a lot!"})).await;
    let body = answer.expect(200);
    let fields: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        ["comment_id", "evidence", "log_odds", "model", "policy", "spam_probability", "verdict"]
    );
    let evidence = body["evidence"].as_array().unwrap();
    let sum: f64 = evidence.iter().map(|piece| piece["log_odds"].as_f64().unwrap()).sum();
    assert!((sum - body["log_odds"].as_f64().unwrap()).abs() < 1e-9);
    for piece in evidence {
        let fields: Vec<&String> = piece.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["detail", "log_odds", "reason", "source", "span"]);
    }
    assert!(["accept", "hold", "reject"].contains(&body["verdict"].as_str().unwrap()));
    assert_eq!(answer.header("content-type"), "application/json");
}
