//! Bugs and curious logs: what must not take the service down, and what must
//! not leave it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};
use hamgate::config::Log;
use serde_json::json;

use crate::harness::{TestApp, block_on, send, text};

async fn broken() -> HttpResponse {
    panic!("a bug, on purpose")
}

fn with_a_bug(app: &mut ServiceConfig) {
    app.service(web::resource("/broken").get(broken));
}

#[test]
fn a_panic_is_a_problem_and_the_connection_lives_on() {
    let app = TestApp::start_with(|_| {}, with_a_bug);
    send(app.request("GET", "/broken")).problem(500, "internal");
    let mut client = app.connect();
    for (path, status) in [("/broken", "500"), ("/livez", "200"), ("/broken", "500")] {
        client
            .write(&format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))
            .unwrap();
        let answer = client.answer();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
    let metrics = send(app.request("GET", "/metrics")).text;
    assert!(metrics.contains("hamgate_panics_total 3"), "{metrics}");
}

const AKISMET: &str = "c0ffeec0ffee";

/// Everything that was logged.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn no_log_line_quotes_a_comment_an_address_or_a_key() {
    let captured = Captured::default();
    let writer = captured.clone();
    let log = Log {
        format: "json".into(),
        level: "trace".into(),
    };
    let subscriber = hamgate::telemetry::subscriber(&log, move || writer.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let app = TestApp::start();
    let comment = json!({
        "id": "canaryid", "kind": "canarykind", "parent_id": "canaryparent",
        "content": "canarycontent http://canarylink.example/canarypath",
        "author": { "name": "canaryname", "email": "canarymail@canarydomain.example",
                    "url": "http://canaryurl.example", "ip": "203.0.113.77",
                    "user_agent": "canaryagent", "user_id": "canaryuser", "role": "canaryrole" },
        "post": { "url": "http://canarypost.example", "title": "canarytitle" },
        "referrer": "http://canaryreferrer.example", "form": { "honeypot": "canaryhoney" },
    });
    let checked = app.check_once("canaryonce", &comment);
    let id = text(&checked.ok()["comment_id"]);
    app.check_once("canaryonce", &json!({ "content": "canarycontent" }))
        .problem(422, "idempotency_mismatch");
    app.feedback(&json!({ "id": "canaryid", "label": "spam" }))
        .ok();
    app.decide(&id, &json!({ "decision": "reject", "note": "canarynote" }))
        .ok();
    app.comments("q=canaryquery&verdict=canaryverdict");
    app.get("/v1/comments/canarypathid");
    app.get("/canaryaddress");
    app.check_bytes("{\"content\": \"canarycontent\", \"author\": \"canaryname\"}");
    app.check_bytes("{\"content\": \"canarycontent");
    app.check_stream("{\"content\": \"canarycontent\"}\ncanaryline\n");
    send(app.request("CANARYMETHOD", "/v1/check"));
    let wrong = format!("hg_canary{}", "a".repeat(26));
    send(app.request("GET", "/v1/stats").bearer_auth(&wrong)).problem(401, "unauthorized");

    block_on(
        app.installation
            .add_site("wp", "https://wp.example", Some(AKISMET)),
    )
    .unwrap();
    for (path, key) in [
        ("/1.1", AKISMET),
        (&format!("/{AKISMET}/1.1"), ""),
        ("/1.1", "canarykey"),
    ] {
        for call in ["comment-check", "submit-spam", "canarycall"] {
            let form = [
                ("api_key", key),
                ("blog", "https://wp.example"),
                ("user_ip", "203.0.113.77"),
                ("comment_author", "canaryname"),
                ("comment_content", "canarycontent"),
                ("callback", "http://canarycallback.example/"),
                ("HTTP_AUTHORIZATION", "canarytoken"),
                ("POST_password", "canarypassword"),
            ];
            let path = format!("{path}/{call}?api_key={key}");
            send(app.request("POST", &path).form(&form));
        }
    }

    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    let request_id = checked.header("x-request-id");
    assert!(log.contains(request_id), "the log was not captured: {log}");
    for line in log.lines() {
        let line = line.to_lowercase();
        serde_json::from_str::<serde_json::Value>(&line).expect("each line is JSON");
        for secret in ["canary", "203.0.113", &app.key, AKISMET] {
            assert!(!line.contains(secret), "{secret} is in {line}");
        }
    }
}
