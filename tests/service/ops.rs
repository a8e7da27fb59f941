//! The pages for those who run the service, and what every answer carries.

use reqwest::{Client, Method};
use serde_json::json;

use crate::harness::{Answer, TestApp};

#[tokio::test]
async fn the_service_says_that_and_what_it_is() {
    let app = TestApp::start().await;
    let get = async |path: &str| app.send(app.request(Method::GET, path)).await;
    assert_eq!(get("/livez").await.expect(200), json!({"status": "ok"}));
    assert_eq!(get("/readyz").await.expect(200), json!({"status": "ready"}));
    let version = get("/version").await.expect(200);
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(version["model"], "tests");
    let document = get("/openapi.json").await.expect(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[tokio::test]
async fn metrics_count_what_was_done() {
    let app = TestApp::start().await;
    let id = app.checked(&json!({"content": "Count me"})).await;
    app.feedback(&json!({"comment_id": id, "label": "ham"}))
        .await
        .expect(200);
    app.decide(&id, &json!({"decision": "accept"}))
        .await
        .expect(200);
    let text = app.send(app.request(Method::GET, "/metrics")).await.text;
    for line in [
        "hamgate_checks_total{verdict=",
        "hamgate_labels_total{label=\"ham\"} 2",
        "hamgate_decisions_total{decision=\"accept\"} 1",
        "hamgate_panics_total 0",
        "hamgate_request_seconds_count{method=\"POST\",route=\"/v1/comments/{comment_id}/decision\",status=\"200\"} 1",
        "hamgate_store_commits ",
    ] {
        assert!(text.contains(line), "{line}\nis not in\n{text}");
    }
    assert!(!text.contains("hamgate_store_jobs 0"), "{text}");
    assert!(!text.contains(&id));
}

/// The headers that every answer of the API has, whatever its status.
#[track_caller]
fn is_secured(answer: &Answer) {
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("x-robots-tag", "noindex"),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {}", answer.status);
    }
    assert!(answer.header("permissions-policy").contains("camera=()"));
    assert_eq!(answer.header("server"), "");
    let id = uuid::Uuid::parse_str(answer.header("x-request-id")).unwrap();
    assert_eq!(id.get_version_num(), 7);
}

#[tokio::test]
async fn every_answer_carries_its_headers_and_every_error_is_a_problem() {
    let app = TestApp::start_with(|config| config.limits.body_bytes = 2_000).await;
    is_secured(&app.get("/livez").await);
    is_secured(&app.get("/metrics").await);
    is_secured(&app.check(&json!({"content": "Hello"})).await);
    let big = json!({"content": "x".repeat(3_000)});
    let form = app
        .signed(Method::POST, "/v1/check")
        .header("content-type", "text/html");
    for (answer, status, code) in [
        (app.post_bytes("/v1/check", "{").await, 400, "invalid_json"),
        (
            app.send(app.request(Method::GET, "/v1/stats")).await,
            401,
            "unauthorized",
        ),
        (app.get("/nothing").await, 404, "no_such_route"),
        (app.get("/v1/nothing").await, 404, "no_such_route"),
        (app.get("/v1/comments/x").await, 404, "not_found"),
        (app.get("/v1/check").await, 405, "method_not_allowed"),
        (
            app.post("/livez", &json!({})).await,
            405,
            "method_not_allowed",
        ),
        (app.check(&big).await, 413, "body_too_large"),
        (app.send(form).await, 415, "unsupported_media_type"),
        (app.check(&json!({})).await, 422, "invalid_field"),
        (app.get("/panic").await, 500, "internal"),
    ] {
        is_secured(&answer);
        let problem = answer.expect_problem(status, code);
        assert_eq!(problem["type"], format!("/docs#{code}"));
        assert_eq!(problem["status"], status);
        for field in ["title", "detail", "remedy"] {
            assert!(!problem[field].as_str().unwrap().is_empty(), "{problem}");
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = TestApp::start().await;
    for (method, path, allowed) in [
        (Method::GET, "/v1/check", "POST"),
        (Method::PUT, "/v1/comments/x/decision", "POST, DELETE"),
        (Method::POST, "/livez", "GET, HEAD"),
    ] {
        let answer = app.send(app.signed(method, path)).await;
        answer.expect_problem(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), allowed);
    }
}

#[tokio::test]
async fn head_answers_as_get_without_a_body() {
    let app = TestApp::start().await;
    let answer = app.send(app.request(Method::HEAD, "/livez")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text, "");
}

#[tokio::test]
async fn a_panic_is_a_500_and_the_connection_lives_on() {
    let app = TestApp::start().await;
    let mut connection = crate::slow::Raw::connect(&app);
    connection.send("GET /panic HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(connection.answer().starts_with("HTTP/1.1 500 "));
    connection.send("GET /livez HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(connection.answer().starts_with("HTTP/1.1 200 "));
    let metrics = app.get("/metrics").await.text;
    assert!(metrics.contains("hamgate_panics_total 1"), "{metrics}");
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_service_stops() {
    let mut app = TestApp::start().await;
    let url = format!("http://{}/v1/check", app.address);
    let key = app.api_key.clone();
    let sent: Vec<_> = (0..16)
        .map(|number| {
            let request = Client::new()
                .post(&url)
                .bearer_auth(&key)
                .json(&json!({"content": format!("Just in time, number {number}")}));
            tokio::spawn(async move { request.send().await.map(|answer| answer.status()) })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    let begun = std::time::Instant::now();
    tokio::task::spawn_blocking(move || app.stop())
        .await
        .unwrap();
    assert!(begun.elapsed() < std::time::Duration::from_secs(11));
    for answer in sent {
        assert_eq!(answer.await.unwrap().unwrap(), 200);
    }
}
