//! At the desk: look, decide, take back, and be told when somebody was quicker.

use hamgate::domain::Role;
use serde_json::json;

use crate::harness::{TestApp, hidden, text};

/// A comment that the filter holds; its id.
pub fn held(app: &TestApp, own_id: &str) -> String {
    let answer = app.check(&json!({
        "id": own_id,
        "author": {"name": format!("Mia {own_id}"), "email": "mia@mail.example", "url": "http://loans.example"},
        "content": "Great post! I wrote about loans, too.",
        "post": {"title": "Bread at home"},
    }));
    let answer = answer.ok();
    assert_eq!(
        answer["verdict"], "hold",
        "the tests need one that is held: {answer}"
    );
    text(&answer["comment_id"])
}

fn start() -> TestApp {
    let app = TestApp::start_desk();
    app.add_moderator("jo", Role::Moderator, &["blog"]);
    app
}

/// The part of a page that is the comment's card.
fn card(page: &str, id: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("id=\"c-{id}\""))
        .unwrap_or_else(|| panic!("no card of {id} in {page}"));
    rest.split("</article>").next().unwrap().to_owned()
}

#[test]
fn a_card_says_who_what_and_why() {
    let app = start();
    let first = held(&app, "1");
    app.decide(&first, &json!({"decision": "accept"}));
    let id = held(&app, "2");
    let page = app.signed_in("jo").get("/desk").text;
    assert!(
        !page.contains(&format!("id=\"c-{first}\"")),
        "it is decided"
    );
    let card = card(&page, &id);
    for part in [
        "Mia 2",
        "loans.example",
        "1 accepted, 0 rejected with this e-mail address since ",
        "Bread at home",
        "<mark class=\"spam\"",
        "% spam",
        "more reasons",
        "just now",
        "value=\"accept\"",
        "value=\"reject\"",
        "value=\"reject-only\"",
        "Skip",
        "name=\"note\"",
    ] {
        assert!(card.contains(part), "{part} is not in {card}");
    }
}

#[test]
fn a_decision_leads_on_and_can_be_taken_back() {
    let app = start();
    let (older, newer) = (held(&app, "1"), held(&app, "2"));
    let jo = app.signed_in("jo");
    let page = jo.get("/desk?site=blog").text;
    let card = card(&page, &newer);
    let version = hidden(&card, "version").unwrap();
    assert_eq!(hidden(&card, "then"), Some(older.clone()));
    let path = format!("/desk/comments/{newer}/decision");
    let fields = [
        ("do", "reject"),
        ("version", version.as_str()),
        ("note", " off "),
        ("back", "site=blog&order=oldest"),
        ("then", older.as_str()),
    ];
    let answer = jo.post(&path, &fields);
    assert_eq!(answer.status, 303);
    let expected = format!("/desk?site=blog&order=oldest&done={newer}#c-{older}");
    assert_eq!(answer.header("location"), expected);
    let seen = app.comment(&newer).ok();
    assert_eq!(seen["decision"]["by"], "jo");
    assert_eq!(seen["decision"]["note"], "off");
    assert_eq!(seen["label"], "spam");

    let page = jo.get(&format!("/desk?site=blog&done={newer}")).text;
    assert!(page.contains("Comment by Mia 2 rejected as spam."));
    let undo = format!("/desk/comments/{newer}/undo");
    assert!(page.contains(&undo));
    let decision = text(&seen["decision"]["id"]);
    assert_eq!(
        jo.post(&undo, &[("decision", &decision), ("back", "site=blog")])
            .status,
        303
    );
    assert_eq!(app.comment(&newer).ok()["decision"], json!(null));
    assert_eq!(app.comment(&newer).ok()["label"], json!(null));
    let again = jo.post(&undo, &[("decision", &decision)]);
    assert_eq!(again.status, 404, "once");
}

#[test]
fn rejecting_without_learning_teaches_nothing() {
    let app = start();
    let id = held(&app, "1");
    let jo = app.signed_in("jo");
    let version = hidden(&jo.get("/desk").text, "version").unwrap();
    let fields = [("do", "reject-only"), ("version", version.as_str())];
    jo.post(&format!("/desk/comments/{id}/decision"), &fields);
    let seen = app.comment(&id).ok();
    assert_eq!(seen["decision"]["decision"], "reject");
    assert_eq!(seen["label"], json!(null));
}

#[test]
fn the_second_of_two_is_told_who_was_first() {
    let app = start();
    app.add_moderator("ann", Role::Moderator, &["blog"]);
    let id = held(&app, "1");
    let (jo, ann) = (app.signed_in("jo"), app.signed_in("ann"));
    let version = hidden(&jo.get("/desk").text, "version").unwrap();
    let path = format!("/desk/comments/{id}/decision");
    let send = |who: &crate::harness::Browser, what: &str| {
        who.post(
            &path,
            &[("do", what), ("version", &version), ("note", "n <b>")],
        )
    };
    assert_eq!(send(&jo, "accept").status, 303);
    let late = send(&ann, "reject");
    assert_eq!(late.status, 412);
    assert!(
        late.text.contains("jo accepted this just now."),
        "{}",
        late.text
    );
    assert!(late.text.contains("n &#60;b&#62;") && !late.text.contains("n <b>"));
    let script = ann.form(&path, &[("do", "reject"), ("version", &version)]);
    let late = ann.send(script.header("accept", "application/json"));
    assert_eq!(late.status, 412);
    assert!(text(&late.json()["said"]).starts_with("jo accepted this"));
    assert_eq!(app.comment(&id).ok()["decision"]["decision"], "accept");

    // Ann's undo is of another decision than the one in force.
    let undo = format!("/desk/comments/{id}/undo");
    let fields = [("decision", "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10")];
    assert_eq!(ann.post(&undo, &fields).status, 412);
}

#[test]
fn a_comment_that_the_blog_sent_anew_has_to_be_looked_at_anew() {
    let app = start();
    let id = held(&app, "1");
    let jo = app.signed_in("jo");
    let version = hidden(&jo.get("/desk").text, "version").unwrap();
    app.check(&json!({"id": "1", "content": "Buy my loans now, http://loans.example"}))
        .ok();
    let fields = [("do", "accept"), ("version", version.as_str())];
    let answer = jo.post(&format!("/desk/comments/{id}/decision"), &fields);
    assert_eq!(answer.status, 412);
    assert_eq!(app.comment(&id).ok()["decision"], json!(null));
}

#[test]
fn the_script_hears_what_was_done() {
    let app = start();
    let id = held(&app, "1");
    let jo = app.signed_in("jo");
    let version = hidden(&jo.get("/desk").text, "version").unwrap();
    let ask = |path: &str, fields: &[(&str, &str)]| {
        let form = jo.form(&format!("/desk/comments/{id}/{path}"), fields);
        jo.send(form.header("accept", "application/json")).ok()
    };
    let decided = ask("decision", &[("do", "accept"), ("version", &version)]);
    assert_eq!(decided["said"], "Comment by Mia 1 accepted.");
    let undone = ask("undo", &[("decision", &text(&decided["decision"]))]);
    assert_eq!(undone["version"], version, "the same state again");
    let nobody = app.browser();
    nobody.get("/desk/sign-in");
    let form = nobody.form(&format!("/desk/comments/{id}/decision"), &[]);
    nobody
        .send(form.header("accept", "application/json"))
        .problem(401, "sign_in_needed");
}

#[test]
fn views_and_orders_and_pages_follow_each_other() {
    let app = start();
    let mut ids: Vec<String> = (0..23).map(|n| held(&app, &n.to_string())).collect();
    let decided = ids.pop().unwrap();
    app.decide(&decided, &json!({"decision": "accept"}));
    let accepted = text(&app.check_text(crate::harness::HONEST).ok()["comment_id"]);
    let jo = app.signed_in("jo");
    let cards = |query: &str| {
        let (mut all, mut path, mut pages) = (Vec::new(), format!("/desk?{query}"), 0);
        loop {
            let page = jo.get(&path).text;
            let found = page.split("id=\"c-").skip(1);
            all.extend(found.map(|rest| rest.split('"').next().unwrap().to_owned()));
            pages += 1;
            assert!(pages < 9, "the pages never end");
            let Some((_, rest)) = page.split_once("id=\"next-page\" href=\"") else {
                return (all, pages);
            };
            path = rest.split('"').next().unwrap().replace("&#38;", "&");
        }
    };
    let (oldest, pages) = cards("order=oldest");
    assert_eq!((&oldest, pages), (&ids, 2));
    let (newest, _) = cards("order=newest");
    assert!(newest.iter().rev().eq(ids.iter()));
    let (mut riskiest, pages) = cards("order=riskiest");
    assert_eq!(pages, 2);
    riskiest.sort();
    assert_eq!(riskiest, ids, "each once");
    assert_eq!(cards("view=decided").0, [decided]);
    assert_eq!(cards("view=accepted").0, [accepted]);
    assert_eq!(cards("view=rejected").0.len(), 0);
}

#[test]
fn what_strangers_write_comes_out_as_text() {
    let app = start();
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'&\u{202E}\u{200B}";
    let answer = app.check(&json!({
        "id": attack, "kind": attack, "content": format!("{attack} {attack}"),
        "author": {"name": attack, "email": attack, "url": format!("javascript:{attack}"),
                   "user_agent": attack, "user_id": attack, "role": attack},
        "post": {"url": attack, "title": attack, "language": attack, "tags": [attack]},
        "parent_id": attack, "referrer": attack,
    }));
    let id = text(&answer.ok()["comment_id"]);
    app.decide(&id, &json!({"decision": "reject", "note": attack}));
    let url = "https://other.example";
    crate::harness::block_on(app.installation.add_site(attack, url, None)).unwrap();
    app.add_moderator("eve <i>", Role::Admin, &[]);
    let eve = app.browser();
    eve.get("/desk/sign-in");
    let agent = eve.form(
        "/desk/sign-in",
        &[("name", "eve <i>"), ("password", crate::harness::PASSWORD)],
    );
    assert_eq!(
        eve.send(agent.header("user-agent", "<script>x")).status,
        303
    );
    // The field holds what the person typed, as it is.
    let typed = "\"><script>alert(1)</script>";
    let wrong = app.browser().sign_in(typed, attack).text;
    let mut pages = vec![wrong];
    for path in [
        "/desk?site=blog&view=decided".to_owned(),
        format!("/desk/comments/{id}"),
        "/desk/account".into(),
        "/desk/people".into(),
        "/desk?site=%3Cscript%3Ealert(1)".into(),
        "/desk/sign-in?next=%22%3E%3Cscript%3Ealert(1)".into(),
        "/desk/%3Cscript%3Ealert(1)".into(),
    ] {
        pages.push(eve.get(&path).text);
    }
    for page in &pages {
        for bad in [
            "<script>",
            "<img src=x",
            "<i>",
            "javascript:\"",
            "\u{202E}",
            "\u{200B}",
            "href=\"javascript",
        ] {
            assert!(!page.contains(bad), "{bad} in {page}");
        }
        for link in page.split("href=\"").skip(1) {
            let target = link.split('"').next().unwrap();
            assert!(
                target.starts_with("/desk") || target.starts_with('#'),
                "{target}"
            );
        }
    }
    for named in ["U+202E", "U+200B", "right-to-left override"] {
        assert!(pages[2].contains(named), "{named}");
    }
    assert!(pages[2].contains("&#60;script&#62;alert(1)"));
}

#[test]
fn hosts_are_shown_both_ways() {
    let app = start();
    app.check(&json!({
        "id": "1", "content": "Great post! I wrote about loans, too.",
        "author": {"name": "Mia", "url": "https://xn--bcher-kva.example/"},
    }));
    let id = text(&app.comments("").ok()["items"][0]["comment_id"]);
    let page = app
        .signed_in("jo")
        .get(&format!("/desk/comments/{id}"))
        .text;
    assert!(
        page.contains("xn--bcher-kva.example (bücher.example)"),
        "{page}"
    );
}
