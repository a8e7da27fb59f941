//! Whose comment was held or rejected says once, by a link, that it is no spam.

use std::cell::Cell;

use hamgate::config::Config;
use hamgate::domain::Role;
use reqwest::blocking::RequestBuilder;
use serde_json::{Value, json};

use crate::desk_queue::held;
use crate::harness::{Answer, HONEST, SPAM, TestApp, block_on, send, text};

const PUBLIC: &str = "http://hamgate.example";

fn settings(config: &mut Config) {
    config.public_url = PUBLIC.into();
    config.desk.client_address_header = "x-real-ip".into();
    config.http.handler_seconds = 300;
}

fn start() -> TestApp {
    let app = TestApp::start_with(settings, |_| {});
    switch(&app, true);
    app
}

fn switch(app: &TestApp, on: bool) {
    let change = move |settings: &mut hamgate::domain::SiteSettings| settings.appeals = on;
    block_on(app.installation.site_settings("blog", change)).unwrap();
}

fn spam(app: &TestApp, own_id: &str) -> Value {
    let answer = app.check(&json!({"id": own_id, "content": SPAM})).ok();
    assert_eq!(answer["verdict"], "reject", "{answer}");
    answer
}

/// The path of the link that an answer carries.
#[track_caller]
fn link(answer: &Value) -> String {
    let url = text(&answer["appeal_url"]);
    url.strip_prefix(PUBLIC).expect(&url).to_owned()
}

/// Somebody who is nowhere signed in, each time from another network.
fn from_anywhere(app: &TestApp, method: &str, path: &str) -> RequestBuilder {
    thread_local!(static NETWORK: Cell<u8> = const { Cell::new(0) });
    NETWORK.set(NETWORK.get().wrapping_add(1));
    app.request(method, path)
        .header("x-real-ip", format!("198.51.{}.7", NETWORK.get()))
}

fn says(app: &TestApp, path: &str, message: &str) -> Answer {
    let form = [("message", message)];
    send(from_anywhere(app, "POST", path).form(&form))
}

fn appeal_of(app: &TestApp, answer: &Value) -> Value {
    app.comment(&text(&answer["comment_id"])).ok()["appeal"].clone()
}

#[test]
fn only_who_was_held_back_gets_a_link_and_only_where_that_is_wanted() {
    let app = start();
    let rejected = spam(&app, "1");
    assert!(link(&rejected).starts_with("/appeal/"));
    let held = app.comment(&held(&app, "2")).ok();
    assert_eq!(held["verdict"], "hold");
    let accepted = app.check_text(HONEST).ok();
    assert_eq!(accepted["verdict"], "accept");
    assert!(accepted.get("appeal_url").is_none());
    let dry = app.check(&json!({"content": SPAM, "dry_run": true})).ok();
    assert!(dry.get("appeal_url").is_none());
    switch(&app, false);
    assert!(spam(&app, "3").get("appeal_url").is_none());

    let nowhere = TestApp::start();
    switch(&nowhere, true);
    assert!(spam(&nowhere, "1").get("appeal_url").is_none());
}

#[test]
fn a_repeated_question_gets_the_same_link() {
    let app = start();
    let comment = json!({"id": "1", "content": SPAM});
    let first = app.check_once("key", &comment).ok();
    link(&first);
    assert_eq!(app.check_once("key", &comment).ok(), first);
}

#[test]
fn the_page_needs_no_account_and_says_nothing_of_the_comment() {
    let app = start();
    let answer = spam(&app, "1");
    let page = send(from_anywhere(&app, "GET", &link(&answer)));
    assert_eq!(page.status, 200);
    assert!(page.text.contains("blog") && page.text.contains("This is not spam"));
    for secret in ["viagra", "casino", "reject", "spam_probability"] {
        assert!(!page.text.contains(secret), "{secret}");
    }
    assert_eq!(page.header("set-cookie"), "");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"));
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
    assert!(!page.text.contains("<script") && !page.text.contains("style=\""));
    assert_eq!(
        appeal_of(&app, &answer),
        Value::Null,
        "looking is not saying"
    );
}

#[test]
fn an_appeal_comes_before_the_queue_with_its_words() {
    let app = start();
    app.add_moderator("jo", Role::Moderator, &["blog"]);
    let rejected = spam(&app, "1");
    let first = held(&app, "2");
    let second = held(&app, "3");
    let words = "I sell <b>bread</b>, \u{202E}nothing else";
    assert_eq!(says(&app, &link(&rejected), words).status, 200);
    assert_eq!(appeal_of(&app, &rejected)["message"], words);

    let jo = app.signed_in("jo");
    let page = jo.get("/desk?site=blog").text;
    let id = text(&rejected["comment_id"]);
    let place = |id: &str| page.find(&format!("id=\"c-{id}\"")).unwrap_or(usize::MAX);
    assert!(place(&id) < place(&second) && place(&second) < place(&first));
    assert!(page.contains("Its author says: not spam"));
    assert!(page.contains("I sell &#60;b&#62;bread&#60;/b&#62;, [U+202E]nothing else"));
    assert!(
        page.contains("<span data-waiting>3</span>"),
        "it waits, too"
    );

    // Decided as any other, and gone from the queue.
    let decided = app.decide(&id, &json!({"decision": "accept"}));
    assert_eq!(decided.status, 200);
    let page = jo.get("/desk?site=blog").text;
    assert!(!page.contains(&format!("id=\"c-{id}\"")));
    assert!(page.contains("<span data-waiting>2</span>"));
}

#[test]
fn a_held_comment_is_in_the_queue_once() {
    let app = start();
    app.add_moderator("jo", Role::Moderator, &["blog"]);
    let older = app.check(&json!({
        "id": "1", "author": {"name": "Mia", "url": "http://loans.example"},
        "content": "Great post! I wrote about loans, too.",
    }));
    let older = older.ok();
    let newer = held(&app, "2");
    assert_eq!(older["verdict"], "hold");
    says(&app, &link(&older), "");
    let page = app.signed_in("jo").get("/desk?site=blog").text;
    let card = |id: &str| format!("id=\"c-{id}\"");
    let id = text(&older["comment_id"]);
    assert_eq!(page.matches(&card(&id)).count(), 1);
    assert!(page.find(&card(&id)) < page.find(&card(&newer)));
    assert!(page.contains("<span data-waiting>2</span>"));
    assert_eq!(appeal_of(&app, &older)["message"], Value::Null);
}

#[test]
fn it_counts_once_and_whoever_asks_learns_nothing() {
    let app = start();
    let answer = spam(&app, "1");
    let (path, id) = (link(&answer), text(&answer["comment_id"]));
    let first = says(&app, &path, "mine");
    let said = |answer: Answer| (answer.status, answer.without_request_id());
    let first = said(first);
    assert_eq!(first.0, 200);
    assert_eq!(said(says(&app, &path, "again")), first);
    assert_eq!(appeal_of(&app, &answer)["message"], "mine");
    let open = said(send(from_anywhere(&app, "GET", &path)));
    app.decide(&id, &json!({"decision": "reject"}));
    assert_eq!(said(says(&app, &path, "again")), first);
    app.decide(&id, &json!({"decision": "accept"}));
    assert_eq!(said(says(&app, &path, "again")), first);
    assert_eq!(said(send(from_anywhere(&app, "GET", &path))), open);
    app.sql("DELETE FROM comments");
    assert_eq!(said(says(&app, &path, "again")), first);
    assert_eq!(said(send(from_anywhere(&app, "GET", &path))), open);
}

#[test]
fn a_link_that_was_not_given_leads_nowhere() {
    let app = start();
    let answer = spam(&app, "1");
    let path = link(&answer);
    let other = link(&spam(&app, "2"));
    let content = path.split_once('.').unwrap().0;
    let proof = other.split_once('.').unwrap().1;
    let made_up = [
        format!("{content}.{proof}"),
        format!("{content}."),
        content.to_owned(),
        "/appeal/x".to_owned(),
        format!("{path}a"),
    ];
    let mut answers = Vec::new();
    for made_up in &made_up {
        answers.push(says(&app, made_up, "mine"));
        answers.push(send(from_anywhere(&app, "GET", made_up)));
    }
    switch(&app, false);
    answers.push(says(&app, &path, "mine"));
    for answer in &answers {
        assert_eq!(answer.status, 404);
        assert!(answer.text.contains("This link does not work"));
        assert_eq!(answer.without_request_id(), answers[0].without_request_id());
    }
    assert_eq!(appeal_of(&app, &answer), Value::Null);
}

#[test]
fn who_comes_too_often_waits_and_the_others_do_not() {
    let app = start();
    let links: Vec<String> = (0..8)
        .map(|own_id| link(&spam(&app, &own_id.to_string())))
        .collect();
    let from = |path: &str, address: &str| {
        let form = [("message", "not spam")];
        let request = app.request("POST", path).header("x-real-ip", address);
        send(request.form(&form))
    };
    let mut refused = None;
    for (host, path) in links.iter().enumerate() {
        let answer = from(path, &format!("203.0.113.{host}"));
        if answer.status != 200 {
            refused = Some((answer, path));
            break;
        }
    }
    let (answer, path) = refused.expect("eight at once from one network");
    assert_eq!(answer.status, 429);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(
        answer
            .text
            .contains("Nothing was kept of this. Wait 1 second")
    );
    assert_eq!(from(path, "192.0.2.1").status, 200);

    // Not even from everywhere can a site be flooded.
    let statuses: Vec<u16> = (0..60).map(|_| says(&app, path, "").status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    let first = statuses.iter().position(|status| *status == 429).unwrap();
    assert!(first >= 30, "{statuses:?}");
}

#[test]
fn what_is_no_form_of_ours_is_refused_with_a_page() {
    let app = start();
    let answer = spam(&app, "1");
    let path = link(&answer);
    let long = says(&app, &path, &"x".repeat(20_000));
    assert_eq!(long.status, 413);
    assert!(long.text.contains("<h1>"));
    let form = from_anywhere(&app, "POST", &path);
    let wrong = send(form.json(&json!({"message": "mine"})));
    assert_eq!(wrong.status, 415);
    assert_eq!(appeal_of(&app, &answer), Value::Null);
    assert_eq!(says(&app, &path, &"ü".repeat(600)).status, 200);
    let kept = text(&appeal_of(&app, &answer)["message"]);
    assert_eq!(kept, "ü".repeat(500));
}

#[test]
fn the_page_speaks_the_readers_language_without_a_cookie() {
    let app = start();
    let path = link(&spam(&app, "1"));
    let page = send(from_anywhere(&app, "GET", &format!("{path}?lang=ar")));
    assert!(page.text.contains("<html lang=\"ar\" dir=\"rtl\">"));
    let page = send(from_anywhere(&app, "GET", &path).header("accept-language", "de-AT"));
    assert!(page.text.contains("<html lang=\"de\" dir=\"ltr\">"));
    assert!(page.header("vary").contains("Accept-Language"));
}
