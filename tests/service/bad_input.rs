//! What no well-meaning client sends: each is refused with its reason, or
//! judged like anything else.

use serde_json::{Value, json};

use crate::harness::{HONEST, TestApp, text};

/// Judged, stored, and still there as it was sent.
fn is_judged(app: &TestApp, comment: &Value) -> Value {
    let answer = app.check(comment).ok();
    let id = text(&answer["comment_id"]);
    app.comment(&id).ok()["comment"].clone()
}

#[test]
fn content_must_be_there_and_must_be_text() {
    let app = TestApp::start();
    for body in [
        json!({}),
        json!({ "content": "" }),
        json!({ "content": " \n\t" }),
        json!({ "content": null }),
        json!({ "content": 5 }),
        json!({ "content": ["text"] }),
        json!({ "content": { "text": "x" } }),
    ] {
        let problem = app.check(&body).problem(422, "invalid_field");
        assert_eq!(problem["field"], "content", "{body}");
    }
    for (body, code) in [("", "invalid_json"), ("{\"content\": \"a", "invalid_json")] {
        app.check_bytes(body).problem(400, code);
    }
    assert_eq!(app.stats()["comments"]["total"], 0);
}

#[test]
fn two_megabytes_are_too_much_and_the_limit_can_be_set() {
    let app = TestApp::start();
    let big = json!({ "content": "word ".repeat(400_000) });
    app.check(&big).problem(413, "body_too_large");
    app.check(&json!({ "content": "word ".repeat(200_000) }))
        .ok();
    let generous = TestApp::start_with(|config| config.limits.body_bytes = 4_000_000, |_| {});
    generous.check(&big).ok();
    let strict = TestApp::start_with(|config| config.limits.body_bytes = 1_024, |_| {});
    strict
        .check(&json!({ "content": "x".repeat(1_025) }))
        .problem(413, "body_too_large");
}

#[test]
fn a_body_that_is_not_utf8_is_refused() {
    let app = TestApp::start();
    let answer = app.check_bytes(b"{\"content\": \"caf\xe9 au lait\"}".as_slice());
    let problem = answer.problem(400, "invalid_utf8");
    assert!(text(&problem["detail"]).contains("16"), "{problem}");
}

#[test]
fn nul_and_control_characters_are_judged() {
    let app = TestApp::start();
    let every: String = (0..32_u8).chain([127]).map(char::from).collect();
    let stored = is_judged(&app, &json!({ "content": format!("a{every}b") }));
    let content = text(&stored["content"]);
    assert!(content.starts_with("a\u{FFFD}\u{1}\u{2}"), "{content:?}");
    let named =
        json!({ "content": "x", "author": { "name": "N\u{0}UL", "email": "a\u{0}@b.example" } });
    assert_eq!(is_judged(&app, &named)["author"]["name"], "N\u{FFFD}UL");
}

#[test]
fn a_hundred_thousand_combining_marks_are_judged() {
    let app = TestApp::start();
    let content = format!("Z{}algo", "\u{0301}".repeat(100_000));
    let stored = is_judged(&app, &json!({ "content": content }));
    assert_eq!(stored["content"], content);
}

#[test]
fn ten_thousand_links_are_judged() {
    let app = TestApp::start();
    let links: Vec<String> = (0..10_000)
        .map(|number| format!("http://s{number}.example/"))
        .collect();
    let answer = app.check_text(&links.join(" ")).ok();
    assert_ne!(answer["verdict"], "accept", "{}", answer["verdict"]);
}

#[test]
fn fifty_levels_of_markup_are_judged() {
    let app = TestApp::start();
    for (open, close) in [
        ("<b><i>", "</i></b>"),
        ("[quote][b]", "[/b][/quote]"),
        ("> ", ""),
        ("<a href=\"http://x.example\">", ""),
    ] {
        let content = format!("{}deep{}", open.repeat(50), close.repeat(50));
        is_judged(&app, &json!({ "content": content }));
    }
}

#[test]
fn json_two_hundred_levels_deep_is_refused() {
    let app = TestApp::start();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(200), close.repeat(200));
        app.check_bytes(format!("{{\"content\": \"a\", \"ignored\": {deep}}}"))
            .problem(400, "json_too_deep");
        app.check_bytes(deep).problem(400, "json_too_deep");
    }
}

#[test]
fn a_wrong_type_names_its_field() {
    let app = TestApp::start();
    let list = json!(["x"]);
    let number = json!(5);
    let word = json!("word");
    for (path, wrong) in [
        ("id", &list),
        ("kind", &number),
        ("author", &word),
        ("author", &list),
        ("post", &list),
        ("author.name", &number),
        ("author.email", &list),
        ("author.email_domain", &number),
        ("author.url", &number),
        ("author.ip", &number),
        ("author.ip", &word),
        ("author.user_agent", &number),
        ("author.user_id", &list),
        ("author.role", &number),
        ("format", &word),
        ("format", &number),
        ("post", &number),
        ("post.url", &number),
        ("post.title", &list),
        ("post.published_at", &word),
        ("post.published_at", &number),
        ("post.language", &number),
        ("post.tags", &word),
        ("parent_id", &list),
        ("submitted_at", &word),
        ("submitted_at", &number),
        ("referrer", &number),
        ("form", &list),
        ("form.honeypot", &number),
        ("form.seconds", &word),
        ("form.javascript", &word),
        ("dry_run", &word),
    ] {
        let mut body = json!({ "content": HONEST });
        match path.split_once('.') {
            Some((outer, inner)) => body[outer] = json!({ inner: wrong }),
            None => body[path] = wrong.clone(),
        }
        let problem = app.check(&body).problem(422, "invalid_field");
        assert_eq!(problem["field"], path, "{body}: {problem}");

        if path != "dry_run" {
            let body = json!({ "comment": body, "label": "ham" });
            let problem = app.feedback(&body).problem(422, "invalid_field");
            assert_eq!(problem["field"], format!("comment.{path}"), "{problem}");
        }
    }
    let tags = json!({ "content": HONEST, "post": { "tags": ["a", 5] } });
    let problem = app.check(&tags).problem(422, "invalid_field");
    assert_eq!(problem["field"], "post.tags[1]");
    assert_eq!(app.stats()["comments"]["total"], 0);
}

#[test]
fn unknown_fields_and_nulls_are_ignored() {
    let app = TestApp::start();
    let body = json!({
        "content": HONEST, "colour": "red", "nested": { "deep": [1, 2, { "x": null }] },
        "author": { "name": null, "shoe_size": 43 }, "post": null, "form": { "mouse": true },
        "id": null, "dry_run": null,
    });
    let stored = is_judged(&app, &body);
    assert_eq!(stored["content"], HONEST);
    assert!(stored.get("colour").is_none());
}

#[test]
fn dates_of_the_year_0_and_9999_are_understood() {
    let app = TestApp::start();
    for (date, year) in [
        ("0000-01-01T00:00:00Z", "0000-"),
        ("9999-12-31T23:59:59Z", "9999-"),
        ("9999-12-31T23:59:59-12:00", ""),
    ] {
        let body =
            json!({ "content": HONEST, "submitted_at": date, "post": { "published_at": date } });
        let stored = is_judged(&app, &body);
        for time in [&stored["submitted_at"], &stored["post"]["published_at"]] {
            assert!(text(time).starts_with(year), "{date} became {time}");
        }
    }
    // Both ends may stand in one comment.
    let apart = json!({
        "content": HONEST, "submitted_at": "9999-12-31T23:59:59Z",
        "post": { "published_at": "0000-01-01T00:00:00Z" },
    });
    is_judged(&app, &apart);
}

#[test]
fn an_address_may_have_a_zone_and_an_email_no_at() {
    let app = TestApp::start();
    let author = json!({ "ip": "fe80::1%eth0", "email": "bob.example.org", "url": "not a url" });
    let stored = is_judged(&app, &json!({ "content": HONEST, "author": author }));
    assert_eq!(stored["author"]["ip"], "fe80::1");
    assert_eq!(stored["author"]["email"], "bob.example.org");
    for email in ["", "@", "@@", "a@", "@b", "a b@c"] {
        let author = json!({ "email": email, "ip": "" });
        is_judged(&app, &json!({ "content": HONEST, "author": author }));
    }
}

#[test]
fn ids_are_text_or_numbers_of_a_bearable_length() {
    let app = TestApp::start();
    let stored = is_judged(&app, &json!({ "id": 42, "content": HONEST }));
    assert_eq!(stored["id"], "42");
    for field in ["id", "parent_id"] {
        let long = json!({ "content": HONEST, field: "x".repeat(256) });
        let problem = app.check(&long).problem(422, "invalid_field");
        assert_eq!(problem["field"], field);
    }
}
