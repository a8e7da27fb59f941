//! Who may ask what: a key opens its own site, and nothing else opens any.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp};

/// A problem without what differs from request to request.
fn without_id(answer: &Answer) -> Value {
    let mut problem = answer.json();
    problem["request_id"].take();
    problem
}

#[tokio::test]
async fn without_a_live_key_every_route_of_v1_answers_alike() {
    let app = TestApp::start().await;
    let revoked = app.other_site("revoked").await;
    app.installation.revoke_keys("revoked").await.unwrap();
    let headers = [
        None,
        Some(String::new()),
        Some("Bearer".into()),
        Some("Bearer ".into()),
        Some(format!("Bearer hg_{}", "a".repeat(32))),
        Some("Bearer hg_short".into()),
        Some(format!("Bearer {}x", app.api_key)),
        Some(format!("Bearer {} {}", app.api_key, app.api_key)),
        Some(format!("Basic {}", app.api_key)),
        Some(app.api_key.clone()),
        Some(format!("Bearer {}", app.akismet_key)),
        Some(format!("Bearer {revoked}")),
    ];
    let routes = [
        (Method::POST, "/v1/check"),
        (Method::POST, "/v1/check/stream"),
        (Method::POST, "/v1/feedback"),
        (Method::GET, "/v1/comments"),
        (
            Method::GET,
            "/v1/comments/019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10",
        ),
        (Method::POST, "/v1/comments/x/decision"),
        (Method::DELETE, "/v1/comments/x/decision"),
        (Method::GET, "/v1/stats"),
        (Method::GET, "/v1/nothing"),
    ];
    let mut bodies = Vec::new();
    for (method, path) in routes {
        for header in &headers {
            let mut request = app.request(method.clone(), path).body("{}");
            if let Some(value) = header {
                request = request.header("authorization", value);
            }
            let answer = app.send(request).await;
            answer.expect_problem(401, "unauthorized");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            bodies.push(without_id(&answer));
        }
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
}

#[tokio::test]
async fn a_key_is_taken_in_any_case_and_scheme_spelling() {
    let app = TestApp::start().await;
    let request = app
        .request(Method::GET, "/v1/stats")
        .header("authorization", format!("bearer {}", app.api_key));
    app.send(request).await.expect(200);
}

#[tokio::test]
async fn a_revoked_key_is_dead_on_the_next_request() {
    let app = TestApp::start().await;
    app.get("/v1/stats").await.expect(200);
    app.installation.revoke_keys("default").await.unwrap();
    app.get("/v1/stats")
        .await
        .expect_problem(401, "unauthorized");
}

#[tokio::test]
async fn both_keys_live_while_one_is_rotated() {
    let app = TestApp::start().await;
    let hour = std::time::Duration::from_secs(3600);
    let fresh = app
        .installation
        .rotate_key("default", hamgate::domain::KeyKind::Api, hour)
        .await
        .unwrap();
    app.get("/v1/stats").await.expect(200);
    let request = app
        .request(Method::GET, "/v1/stats")
        .bearer_auth(fresh.as_str());
    app.send(request).await.expect(200);
}

#[tokio::test]
async fn another_sites_comment_is_as_an_absent_one() {
    let app = TestApp::start().await;
    let other = app.other_site("other").await;
    let id = app
        .checked(&json!({"id": "7", "content": "Nobody else's business"}))
        .await;
    let absent = "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10";
    let decision = json!({"decision": "accept"});
    for (method, of, body) in [
        (Method::GET, "", None),
        (Method::POST, "/decision", Some(&decision)),
        (Method::DELETE, "/decision", None),
    ] {
        let mut answers = Vec::new();
        for id in [id.as_str(), absent] {
            let mut request = app
                .request(method.clone(), &format!("/v1/comments/{id}{of}"))
                .bearer_auth(&other);
            if let Some(body) = body {
                request = request.json(body);
            }
            let answer = app.send(request).await;
            answer.expect_problem(404, "not_found");
            answers.push(without_id(&answer));
        }
        assert_eq!(answers[0], answers[1]);
    }
    for body in [
        json!({"comment_id": id, "label": "spam"}),
        json!({"id": "7", "label": "spam"}),
    ] {
        let request = app
            .request(Method::POST, "/v1/feedback")
            .bearer_auth(&other)
            .json(&body);
        app.send(request).await.expect_problem(404, "not_found");
    }
    let listed = app
        .send(app.request(Method::GET, "/v1/comments").bearer_auth(&other))
        .await
        .expect(200);
    assert_eq!(listed["items"], json!([]));
    assert_eq!(app.listed("").await[0]["label"], Value::Null);
}
