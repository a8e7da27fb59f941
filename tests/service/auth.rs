//! Who may ask, and for whose comments.

use serde_json::json;

use crate::harness::{HONEST, TestApp, block_on, send, text};

#[test]
fn every_bad_key_gets_the_same_refusal() {
    let app = TestApp::start();
    let revoked = app.add_site("gone");
    let answer = send(app.request("GET", "/v1/stats").bearer_auth(&revoked));
    assert_eq!(answer.status, 200, "the key worked before");
    app.revoke("gone");
    let wrong = format!("hg_{}", "a".repeat(32));
    let keys = [
        None,
        Some(String::new()),
        Some("Bearer".into()),
        Some("Bearer short".into()),
        Some(format!("Basic {}", app.key)),
        Some(app.key.clone()),
        Some(format!("Bearer {wrong}")),
        Some(format!("Bearer {revoked}")),
        Some(format!("Bearer {}x", app.key)),
    ];
    let refusals: Vec<String> = keys
        .iter()
        .map(|key| {
            let mut request = app.request("POST", "/v1/check");
            if let Some(key) = key {
                request = request.header("authorization", key);
            }
            let answer = send(request.json(&json!({ "content": HONEST })));
            answer.problem(401, "unauthorized");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            answer.without_request_id()
        })
        .collect();
    for refusal in &refusals {
        assert_eq!(refusal, &refusals[0]);
    }
    assert_eq!(app.stats()["comments"]["total"], 0);
}

#[test]
fn every_call_of_the_api_needs_a_key() {
    let app = TestApp::start();
    let id = text(&app.check_text(HONEST).ok()["comment_id"]);
    for (method, path) in [
        ("POST", "/v1/check".to_owned()),
        ("POST", "/v1/check/stream".to_owned()),
        ("POST", "/v1/feedback".to_owned()),
        ("GET", "/v1/comments".to_owned()),
        ("GET", format!("/v1/comments/{id}")),
        ("POST", format!("/v1/comments/{id}/decision")),
        ("DELETE", format!("/v1/comments/{id}/decision")),
        ("GET", "/v1/stats".to_owned()),
    ] {
        send(app.request(method, &path)).problem(401, "unauthorized");
    }
}

#[test]
fn another_sites_comment_is_as_if_it_were_not_there() {
    let app = TestApp::start();
    let id = text(&app.check(&json!({ "id": "mine", "content": HONEST })).ok()["comment_id"]);
    let stranger = app.add_site("stranger");
    let absent = "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10";
    let decision = json!({ "decision": "reject" });
    for (method, tail, body) in [
        ("GET", "", None),
        ("POST", "/decision", Some(&decision)),
        ("DELETE", "/decision", None),
    ] {
        let ask = |id: &str| {
            let mut request = app
                .request(method, &format!("/v1/comments/{id}{tail}"))
                .bearer_auth(&stranger);
            if let Some(body) = body {
                request = request.json(body);
            }
            let answer = send(request);
            answer.problem(404, "not_found");
            answer.without_request_id()
        };
        assert_eq!(ask(&id), ask(absent), "{method}");
        assert_eq!(ask(&id), ask("no-uuid"), "{method}");
    }
    for target in [json!({ "comment_id": id }), json!({ "id": "mine" })] {
        let mut body = target;
        body["label"] = "spam".into();
        let request = app.request("POST", "/v1/feedback").bearer_auth(&stranger);
        send(request.json(&body)).problem(404, "not_found");
    }
    let list = send(app.request("GET", "/v1/comments").bearer_auth(&stranger));
    assert_eq!(list.ok()["items"], json!([]));
    let seen = app.comment(&id).ok();
    assert_eq!(seen["label"], json!(null));
    assert_eq!(seen["decision"], json!(null));
}

#[test]
fn a_revoked_key_is_dead_on_the_next_request_and_a_rotated_one_is_not() {
    let app = TestApp::start();
    let overlap = std::time::Duration::from_secs(3600);
    let kind = hamgate::domain::KeyKind::Api;
    let fresh = block_on(app.installation.rotate_key("blog", kind, overlap)).unwrap();
    app.stats();
    send(app.request("GET", "/v1/stats").bearer_auth(fresh.as_str())).ok();
    app.revoke("blog");
    app.get("/v1/stats").problem(401, "unauthorized");
    send(app.request("GET", "/v1/stats").bearer_auth(fresh.as_str())).problem(401, "unauthorized");
}
