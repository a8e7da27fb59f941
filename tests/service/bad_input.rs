//! What blogs and attackers send by mistake or on purpose.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::TestApp;

/// A comment that is judged like any other, in bearable time, and listed.
async fn is_judged(app: &TestApp, comment: &Value) {
    let begun = Instant::now();
    let answer = app.check(comment).await.expect(200);
    assert!(begun.elapsed() < Duration::from_secs(2), "took too long");
    let sum: f64 = answer["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["log_odds"].as_f64().unwrap())
        .sum();
    assert!((sum - answer["log_odds"].as_f64().unwrap()).abs() < 1e-9);
    let id = answer["comment_id"].as_str().unwrap();
    app.get(&format!("/v1/comments/{id}")).await.expect(200);
}

#[tokio::test]
async fn content_must_be_a_text_with_something_in_it() {
    let app = TestApp::start().await;
    for body in [
        json!({}),
        json!({"content": ""}),
        json!({"content": " \n\t "}),
        json!({"content": null}),
        json!({"content": 5}),
        json!({"content": ["a"]}),
        json!({"content": {"text": "a"}}),
        json!({"author": {"name": "Ada"}}),
    ] {
        let problem = app.check(&body).await.expect_problem(422, "invalid_field");
        assert_eq!(problem["field"], "content", "{body}");
        assert!(!problem["remedy"].as_str().unwrap().is_empty());
    }
    assert!(app.listed("").await.is_empty());
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_the_limit_is_a_setting() {
    let comment = json!({"content": "x".repeat(2_000_000)});
    let app = TestApp::start().await;
    app.check(&comment)
        .await
        .expect_problem(413, "body_too_large");
    // Without a length announced, the limit holds as well.
    let mut connection = crate::slow::Raw::connect(&app);
    connection.send(&format!(
        "POST /v1/check HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         transfer-encoding: chunked\r\n\r\n",
        app.api_key
    ));
    let text = comment.to_string();
    connection.send(&format!("{:x}\r\n{text}\r\n0\r\n\r\n", text.len()));
    assert!(connection.answer().contains("body_too_large"));
    assert!(app.listed("").await.is_empty());

    let wide = TestApp::start_with(|config| config.limits.body_bytes = 3_000_000).await;
    let answer = wide.check(&comment).await.expect(200);
    let unread = answer["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .any(|piece| piece["source"] == "policy" && piece["reason"] == "unread");
    assert!(unread, "what was not looked at is said");
}

#[tokio::test]
async fn bytes_that_are_no_utf8_are_refused() {
    let app = TestApp::start().await;
    let answer = app
        .post_bytes("/v1/check", &b"{\"content\": \"caf\xe9\"}"[..])
        .await;
    answer.expect_problem(400, "invalid_utf8");
}

#[tokio::test]
async fn what_is_no_json_is_refused_with_its_place() {
    let app = TestApp::start().await;
    for body in [
        "",
        "hello",
        "{\"content\": \"a\"",
        "{\"content\": \"\\ud800\"}",
        "{\"content\": \"a\"} {}",
    ] {
        let problem = app
            .post_bytes("/v1/check", body)
            .await
            .expect_problem(400, "invalid_json");
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .contains("line 1 column")
        );
    }
    for body in ["[]", "\"text\"", "5", "null"] {
        let problem = app
            .post_bytes("/v1/check", body)
            .await
            .expect_problem(422, "invalid_field");
        assert_eq!(problem["field"], "body");
    }
}

#[tokio::test]
async fn deep_json_is_refused_in_ignored_fields_too() {
    let app = TestApp::start().await;
    let deep = "[".repeat(200) + &"]".repeat(200);
    for body in [
        format!("{{\"content\": \"a\", \"unknown\": {deep}}}"),
        format!("{{\"content\": {deep}}}"),
        deep,
        "[".repeat(100_000),
    ] {
        app.post_bytes("/v1/check", body)
            .await
            .expect_problem(400, "json_too_deep");
    }
}

#[tokio::test]
async fn a_field_of_a_wrong_type_is_named() {
    let app = TestApp::start().await;
    for (field, wrong) in [
        ("id", json!({})),
        ("id", json!(1.5)),
        ("id", json!("x".repeat(256))),
        ("kind", json!(5)),
        ("author", json!("Ada")),
        ("author.name", json!(5)),
        ("author.email", json!(["a@b.example"])),
        ("author.email_domain", json!(5)),
        ("author.url", json!({})),
        ("author.ip", json!("not an address")),
        ("author.ip", json!("300.1.1.1")),
        ("author.ip", json!(16777216)),
        ("author.user_agent", json!(true)),
        ("author.user_id", json!([])),
        ("author.role", json!(5)),
        ("format", json!("rtf")),
        ("format", json!(5)),
        ("post", json!("https://blog.example/p")),
        ("post.url", json!(5)),
        ("post.title", json!(["a"])),
        ("post.published_at", json!("yesterday")),
        ("post.published_at", json!(1700000000)),
        ("post.language", json!(5)),
        ("post.tags", json!("a, b")),
        ("parent_id", json!({})),
        ("submitted_at", json!("24.11.2026")),
        ("referrer", json!(5)),
        ("form", json!("filled in")),
        ("form.honeypot", json!(false)),
        ("form.seconds", json!("fast")),
        ("form.javascript", json!("yes")),
    ] {
        let mut body = json!({"content": "Hello"});
        let mut place = &mut body;
        for name in field.split('.') {
            place = &mut place[name];
        }
        *place = wrong;
        let problem = app.check(&body).await.expect_problem(422, "invalid_field");
        assert_eq!(problem["field"], field, "{body}");
        assert!(problem["detail"].as_str().unwrap().len() < 500);
    }
    assert!(app.listed("").await.is_empty());
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let app = TestApp::start().await;
    is_judged(
        &app,
        &json!({"content": "Hello", "mood": "good", "author": {"shoe_size": 43}, "post": {"x": [1]}}),
    )
    .await;
}

#[tokio::test]
async fn odd_texts_are_judged() {
    let app = TestApp::start().await;
    let links: String = (0..10_000)
        .map(|number| format!("http://site{number}.example/ "))
        .collect();
    let nested = "<b><i>".repeat(25) + "deep" + &"</i></b>".repeat(25);
    for content in [
        "a NUL \0, a bell \u{7}, an escape \u{1b}[31m, a C1 \u{9b}",
        &format!("a{}", "\u{0301}".repeat(100_000)),
        &links,
        &nested,
        &"<div>".repeat(10_000),
        "\u{202e}txt.exe\u{2066}",
        "\u{200b}\u{feff}\u{fffd}x",
    ] {
        is_judged(&app, &json!({"content": content})).await;
    }
    let found = app.listed("q=bell").await;
    let kept = found[0]["comment"]["content"].as_str().unwrap();
    assert!(!kept.contains('\0') && kept.contains('\u{fffd}'));
}

#[tokio::test]
async fn odd_authors_and_dates_are_judged() {
    let app = TestApp::start().await;
    for (field, value) in [
        ("author.ip", "fe80::1%eth0"),
        ("author.ip", "::ffff:192.0.2.7"),
        ("author.ip", ""),
        ("author.email", "not an address"),
        ("author.email", "@"),
        ("author.url", "not a URL"),
        ("author.url", "http://"),
        ("author.url", "javascript:alert(1)"),
        ("author.name", "\0"),
        ("post.language", "tlh"),
        ("post.published_at", "0000-01-01T00:00:00Z"),
        ("post.published_at", "9999-12-31T23:59:59Z"),
        ("submitted_at", "0000-01-01T00:00:00Z"),
        ("submitted_at", "9999-12-31T23:59:59Z"),
        ("submitted_at", "2026-11-24 08:30:00"),
    ] {
        let mut body = json!({"content": "A comment of an odd author"});
        let mut place = &mut body;
        for name in field.split('.') {
            place = &mut place[name];
        }
        *place = json!(value);
        is_judged(&app, &body).await;
    }
}

#[tokio::test]
async fn only_plain_json_is_taken() {
    let app = TestApp::start().await;
    let body = r#"{"content": "Hello"}"#;
    let send = async |name: &str, value: &str| {
        let request = app.signed(Method::POST, "/v1/check").header(name, value);
        app.send(request.body(body)).await
    };
    for taken in [
        "application/json",
        "application/json; charset=UTF-8",
        "application/vnd.blog+json",
    ] {
        send("content-type", taken).await.expect(200);
    }
    let bare = app.signed(Method::POST, "/v1/check").body(body);
    app.send(bare).await.expect(200);
    for refused in [
        "application/x-www-form-urlencoded",
        "text/html",
        "application/json; charset=latin1",
    ] {
        send("content-type", refused)
            .await
            .expect_problem(415, "unsupported_media_type");
    }
    send("content-encoding", "gzip")
        .await
        .expect_problem(415, "unsupported_encoding");
    send("content-encoding", "identity").await.expect(200);
}
