//! The API document and the page made from it.

use serde_json::Value;

use crate::harness::{TestApp, send};

fn document(app: &TestApp) -> Value {
    send(app.request("GET", "/openapi.json")).ok()
}

#[test]
fn every_operation_is_described_with_its_problems() {
    let app = TestApp::start();
    let document = document(&app);
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(format!("{} {path}", method.to_uppercase()));
            assert!(operation["summary"].is_string(), "{method} {path}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key("200") && responses.contains_key("500"));
            let open = operation["security"] == serde_json::json!([{}]);
            assert_eq!(open, !path.starts_with("/v1/"), "{path}");
            assert_eq!(!open, responses.contains_key("401"), "{path}");
        }
    }
    operations.sort();
    assert_eq!(
        operations,
        [
            "DELETE /v1/comments/{comment_id}/decision",
            "GET /livez",
            "GET /metrics",
            "GET /openapi.json",
            "GET /readyz",
            "GET /v1/comments",
            "GET /v1/comments/{comment_id}",
            "GET /v1/stats",
            "GET /version",
            "POST /v1/check",
            "POST /v1/check/stream",
            "POST /v1/comments/{comment_id}/decision",
            "POST /v1/feedback",
        ]
    );
    let scheme = &document["components"]["securitySchemes"]["api_key"];
    assert_eq!(scheme["scheme"], "bearer");
}

#[test]
fn no_reference_leads_nowhere() {
    let app = TestApp::start();
    let document = document(&app);
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn the_page_shows_every_operation_and_asks_no_other_host() {
    let app = TestApp::start();
    let page = send(app.request("GET", "/docs"));
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("style-src 'self'"));
    assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
    let html = &page.text.replace("<wbr>", "");
    for (path, _) in document(&app)["paths"].as_object().unwrap() {
        assert!(html.contains(path.as_str()), "{path}");
    }
    for code in hamgate::http::ErrorCode::ALL {
        let anchor = format!("id=\"{}\"", code.as_str());
        assert!(html.contains(&anchor), "{anchor}");
    }
    for forbidden in [
        "<script",
        "style=\"",
        "<style",
        "src=\"http",
        "href=\"http",
        " onclick",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    for link in html.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(html.contains(&format!("id=\"{target}\"")), "#{target}");
    }
    for (path, kind) in [
        ("/docs/style.css", "text/css; charset=utf-8"),
        ("/docs/icon.svg", "image/svg+xml"),
    ] {
        assert!(html.contains(path));
        let answer = send(app.request("GET", path));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), kind);
    }
}
