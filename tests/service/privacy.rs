//! No comment text, address or key in the log, however verbose it is.

use reqwest::Method;
use serde_json::json;

use crate::harness::{TestApp, log_so_far};

#[tokio::test]
async fn marked_texts_are_in_no_log_line() {
    let app = TestApp::start().await;
    let key = "hg_canarycanarycanarycanarycanarycan";
    let comment = json!({
        "id": "canary-id", "kind": "canary-kind",
        "author": {"name": "canary-name", "email": "canary-email@canary.example",
            "url": "https://canary-url.example", "ip": "203.0.113.99",
            "user_agent": "canary-agent", "user_id": "canary-user", "role": "canary-role"},
        "content": "canary-content https://canary-link.example",
        "post": {"url": "https://canary-post.example", "title": "canary-title", "tags": ["canary-tag"]},
        "parent_id": "canary-parent", "referrer": "https://canary-referrer.example",
        "form": {"honeypot": "canary-honeypot"}, "unknown": "canary-unknown"
    });
    let id = app.checked(&comment).await;
    app.feedback(&json!({"comment": comment, "label": "spam"}))
        .await
        .expect(200);
    app.decide(&id, &json!({"decision": "reject", "note": "canary-note"}))
        .await
        .expect(200);
    app.get("/v1/comments?q=canary-query&cursor=canary-cursor")
        .await
        .expect(422);
    app.get("/v1/comments/canary-path").await.expect(404);
    app.get("/canary-route?canary-query").await.expect(404);
    let mut wrong = comment.clone();
    wrong["format"] = json!("canary-format");
    app.check(&wrong).await.expect(422);
    app.post_bytes("/v1/check", "{\"content\": canary-syntax}")
        .await
        .expect(400);
    let request = app
        .request(Method::POST, "/v1/check")
        .header("authorization", format!("Bearer {key}"))
        .header("cookie", "canary-cookie")
        .header("idempotency-key", "canary-idempotency")
        .json(&comment);
    app.send(request).await.expect(401);
    let request = app
        .signed(Method::POST, "/v1/check")
        .header("idempotency-key", "canary-idempotency")
        .json(&comment);
    app.send(request).await.expect(200);

    let log = log_so_far();
    let ours = app.get("/livez").await.header("x-request-id").to_owned();
    assert!(log_so_far().contains(&ours), "the log has no request ids");
    for secret in [
        "canary",
        "203.0.113.99",
        &app.api_key,
        &app.akismet_key,
        &id,
    ] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} was logged");
    }
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let time = line["timestamp"].as_str().unwrap();
        assert!(time.ends_with('Z'), "{time} is not UTC");
    }
}
