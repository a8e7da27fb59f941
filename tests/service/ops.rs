//! For whoever runs the service: probes, counters, the API's document, and
//! what every answer carries.

use serde_json::json;

use crate::harness::{Answer, HONEST, SPAM, TestApp, fields, send};

#[test]
fn the_probes_answer_without_a_key() {
    let app = TestApp::start();
    for path in ["/livez", "/readyz"] {
        assert_eq!(send(app.request("GET", path)).status, 200, "{path}");
    }
    let version = send(app.request("GET", "/version")).ok();
    assert_eq!(fields(&version), ["model", "policy", "version"]);
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    let checked = app.check_text(HONEST).ok();
    assert_eq!(checked["model"], version["model"]);
    assert_eq!(checked["policy"], version["policy"]);
}

#[test]
fn the_metrics_count_checks_by_verdict() {
    let app = TestApp::start();
    let verdict = app.check_text(SPAM).ok()["verdict"].clone();
    app.check(&json!({ "content": SPAM, "dry_run": true })).ok();
    let metrics = send(app.request("GET", "/metrics"));
    assert!(metrics.header("content-type").starts_with("text/plain"));
    let verdict = verdict.as_str().unwrap();
    for line in [
        format!("hamgate_checks_total{{verdict=\"{verdict}\"}} 1"),
        "hamgate_request_seconds_count{method=\"POST\",route=\"/v1/check\",status=\"200\"} 2"
            .into(),
        "hamgate_panics_total 0".into(),
    ] {
        assert!(
            metrics.text.lines().any(|found| found == line),
            "{line} is not in\n{}",
            metrics.text
        );
    }
}

#[test]
fn the_document_names_every_call() {
    let app = TestApp::start();
    let document = send(app.request("GET", "/openapi.json")).ok();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, method) in [
        ("/v1/check", "post"),
        ("/v1/check/stream", "post"),
        ("/v1/feedback", "post"),
        ("/v1/comments", "get"),
        ("/v1/comments/{comment_id}", "get"),
        ("/v1/comments/{comment_id}/decision", "post"),
        ("/v1/comments/{comment_id}/decision", "delete"),
        ("/v1/stats", "get"),
        ("/livez", "get"),
        ("/readyz", "get"),
        ("/version", "get"),
        ("/metrics", "get"),
    ] {
        assert!(
            document["paths"][path][method].is_object(),
            "{method} {path} is missing"
        );
    }
}

#[test]
fn a_wrong_address_or_method_is_a_problem() {
    let app = TestApp::start();
    for path in ["/", "/nowhere", "/livez/x"] {
        send(app.request("GET", path)).problem(404, "no_such_route");
    }
    app.get("/v1/nowhere").problem(404, "no_such_route");
    for (method, path, allowed) in [
        ("POST", "/livez", "GET"),
        ("GET", "/v1/check", "POST"),
        ("PUT", "/v1/comments", "GET"),
        (
            "GET",
            "/v1/comments/019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10/decision",
            "DELETE",
        ),
    ] {
        let answer = send(app.asks(method, path));
        answer.problem(405, "method_not_allowed");
        assert!(
            answer.header("allow").contains(allowed),
            "{method} {path}: {answer:?}"
        );
    }
}

#[test]
fn a_body_that_is_not_json_by_its_type_is_refused() {
    let app = TestApp::start();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
    ] {
        let request = app
            .asks("POST", "/v1/check")
            .header("content-type", kind)
            .body("{\"content\": \"x\"}");
        send(request).problem(415, "unsupported_media_type");
    }
    let request = app
        .asks("POST", "/v1/check")
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body("x");
    send(request).problem(415, "unsupported_encoding");
}

#[test]
fn every_answer_carries_the_security_headers_and_an_id() {
    let app = TestApp::start();
    let answers: Vec<(u16, Answer)> = vec![
        (200, app.check_text(HONEST)),
        (200, send(app.request("GET", "/livez"))),
        (200, app.check_stream("{\"content\": \"x\"}")),
        (400, app.check_bytes("nonsense")),
        (401, send(app.request("GET", "/v1/stats"))),
        (404, send(app.request("GET", "/nowhere"))),
        (404, app.comment("nobody")),
        (405, send(app.request("POST", "/livez"))),
        (413, app.check_text(&"x".repeat(2_000_000))),
        (422, app.check_text("")),
    ];
    let mut ids = Vec::new();
    for (status, answer) in &answers {
        assert_eq!(answer.status, *status, "{answer:?}");
        for (name, start) in [
            ("content-security-policy", "default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "accelerometer=()"),
            ("cache-control", "no-store"),
        ] {
            assert!(
                answer.header(name).starts_with(start),
                "{status} has no {name}: {answer:?}"
            );
        }
        let id = answer.header("x-request-id").to_owned();
        assert_eq!(id.len(), 36, "{status}");
        ids.push(id);
        if *status >= 400 {
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), answers.len(), "an id was given twice");
}

#[test]
fn head_answers_as_get_without_a_body() {
    let app = TestApp::start();
    let answer = send(app.request("HEAD", "/livez"));
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));
}

#[test]
fn an_unknown_address_below_v1_needs_a_key_too() {
    let app = TestApp::start();
    send(app.request("GET", "/v1/nothing")).problem(401, "unauthorized");
    app.get("/v1/nothing").problem(404, "no_such_route");
}
