//! Bodies that do not arrive, bugs, and a store that does not answer: still an
//! answer with an id, and nothing published.

use std::io::{Read, Write};
use std::net::Shutdown;

use actix_web::HttpResponse;
use actix_web::web::{self, ServiceConfig};
use hamgate::domain::HoldAnswer;
use rusqlite::Connection;

use super::{BLOG, KEY, add, call, check, header, posts, says, set_hold, start};
use crate::harness::{Answer, HONEST, TestApp, send};

fn locked(app: &TestApp) -> Connection {
    let other = Connection::open(app.data_directory().join("hamgate.sqlite")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    other
}

#[track_caller]
fn is_held(answer: &Answer, why: &str) {
    says(answer, "false");
    assert_eq!(header(answer, "x-akismet-error"), Some("held"));
    assert!(header(answer, "x-akismet-guid").is_some());
    let reason = header(answer, "x-hamgate-reason").unwrap();
    assert!(reason.contains(why), "{reason}");
}

/// What comes back of a check whose head is followed by `rest`, and no more.
fn answered(app: &TestApp, head: &str, rest: &str, end: bool) -> String {
    let mut client = app.connect();
    let head = format!(
        "POST /1.1/comment-check HTTP/1.1\r\nHost: x\r\nContent-Type: \
         application/x-www-form-urlencoded\r\n{head}\r\n\r\n{rest}"
    );
    client.write(&head).unwrap();
    if end {
        client.0.shutdown(Shutdown::Write).unwrap();
    }
    let mut read = Vec::new();
    client.0.read_to_end(&mut read).unwrap();
    String::from_utf8(read).unwrap()
}

#[track_caller]
fn is_held_raw(answer: &str, why: &str) {
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with("\r\n\r\nfalse"), "{answer}");
    for line in ["x-akismet-guid: ", "x-akismet-error: held", why] {
        assert!(answer.contains(line), "{line}: {answer}");
    }
}

#[test]
fn a_body_that_is_late_or_broken_is_held() {
    let app = TestApp::start_with(|config| config.http.body_seconds = 1, |_| {});
    add(&app, "wordpress", BLOG);
    let form = format!("api_key={KEY}&blog={BLOG}&comment_content=hello");
    let late = answered(&app, "Content-Length: 5000", &form, false);
    is_held_raw(&late, "body_timeout");
    let broken = answered(&app, "Transfer-Encoding: chunked", "zz\r\nnonsense", false);
    is_held_raw(&broken, "broken_request");
    says(&check(&app, HONEST), "false");
}

/// Whoever hangs up hears nothing, and nothing of it is kept.
#[test]
fn a_body_that_is_cut_in_the_middle_is_no_comment() {
    let app = start();
    let form = format!("api_key={KEY}&blog={BLOG}&comment_content=hello");
    let answer = answered(&app, "Content-Length: 5000", &form, true);
    if !answer.is_empty() {
        is_held_raw(&answer, "broken_request");
    }
    let mut stream = std::net::TcpStream::connect(app.address).unwrap();
    stream
        .write_all(b"POST /1.1/comment-check HTTP/1.1\r\nContent-Length: 9\r\n\r\n")
        .unwrap();
    drop(stream);
    let stats = super::json(&call(&app, "get-stats", &[]));
    assert_eq!((&stats["ham"], &stats["spam"]), (&"0".into(), &"0".into()));
}

#[test]
fn a_form_of_another_type_has_no_key() {
    let app = start();
    let json = serde_json::json!({ "api_key": KEY, "blog": BLOG, "comment_content": HONEST });
    let answer = send(posts(&app, "/1.1/comment-check").json(&json));
    says(&answer, "invalid");
    assert!(header(&answer, "x-akismet-guid").is_some());
}

#[test]
fn a_locked_store_is_a_hold_as_the_site_says_it() {
    let app = start();
    let other = locked(&app);
    is_held(&check(&app, HONEST), "too_slow");
    set_hold_of_locked(&app, &other, HoldAnswer::Spam);
    let answer = check(&app, HONEST);
    says(&answer, "true");
    assert_eq!(header(&answer, "x-akismet-error"), None);
    assert_eq!(header(&answer, "x-hamgate-verdict"), Some("hold"));
    assert!(header(&answer, "x-akismet-guid").is_some());
    says(&call(&app, "verify-key", &[]), "valid");
    other.execute_batch("ROLLBACK").unwrap();
    set_hold(&app, HoldAnswer::Ask);
    says(&check(&app, HONEST), "false");
}

/// Lets go of the store for as long as the setting takes.
fn set_hold_of_locked(app: &TestApp, other: &Connection, hold: HoldAnswer) {
    other.execute_batch("ROLLBACK").unwrap();
    set_hold(app, hold);
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
}

#[test]
fn past_the_budget_a_blog_hears_what_the_owner_chose() {
    let spam = TestApp::start_with(
        |config| {
            config.akismet.budget_ms = 50;
            config.akismet.when_unavailable = "spam".into();
        },
        |_| {},
    );
    let ham = TestApp::start_with(
        |config| {
            config.akismet.budget_ms = 50;
            config.akismet.when_unavailable = "ham".into();
        },
        |_| {},
    );
    for (app, expected) in [(spam, "true"), (ham, "false")] {
        add(&app, "wordpress", BLOG);
        let other = locked(&app);
        let answer = check(&app, HONEST);
        says(&answer, expected);
        assert_eq!(header(&answer, "x-akismet-error"), None);
        assert_eq!(header(&answer, "x-hamgate-verdict"), Some("none"));
        assert!(header(&answer, "x-akismet-guid").is_some());
        other.execute_batch("ROLLBACK").unwrap();
    }
}

#[test]
fn past_the_time_of_any_request_it_is_still_an_answer() {
    let app = TestApp::start_with(
        |config| {
            config.http.body_seconds = 1;
            config.http.handler_seconds = 1;
            config.akismet.budget_ms = 10_000;
        },
        |_| {},
    );
    add(&app, "wordpress", BLOG);
    let other = locked(&app);
    is_held(&check(&app, HONEST), "too_slow");
    other.execute_batch("ROLLBACK").unwrap();
}

async fn broken() -> HttpResponse {
    panic!("a bug, on purpose")
}

fn with_a_bug(app: &mut ServiceConfig) {
    app.service(web::resource("/behind/a/proxy/1.1/comment-check").to(broken));
}

#[test]
fn a_bug_around_a_check_is_a_hold() {
    let app = TestApp::start_with(|_| {}, with_a_bug);
    is_held(
        &send(posts(&app, "/behind/a/proxy/1.1/comment-check")),
        "internal",
    );
}

#[test]
fn no_commenter_can_choose_what_becomes_of_a_bad_day() {
    let app = TestApp::start_with(
        |config| {
            config.akismet.when_unavailable = "ham".into();
            config.akismet.body_bytes = 65_536;
        },
        |_| {},
    );
    add(&app, "wordpress", BLOG);
    let answer = check(&app, &"word ".repeat(20_000));
    says(&answer, "false");
    assert_eq!(header(&answer, "x-akismet-error"), Some("held"));
    assert_eq!(header(&answer, "connection"), Some("close"));
}
