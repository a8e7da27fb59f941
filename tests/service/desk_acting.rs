//! At the desk: many at once, trust, the audit, and what stands around a card.

use hamgate::domain::Role;
use serde_json::{Value, json};

use crate::desk_queue::held;
use crate::harness::{Browser, HONEST, SPAM, TestApp, block_on, hidden, text};

fn start() -> (TestApp, Browser) {
    let app = TestApp::start_desk();
    app.add_moderator("jo", Role::Moderator, &["blog"]);
    let jo = app.signed_in("jo");
    (app, jo)
}

/// The site draws every comment for the audit.
fn audits_all(app: &TestApp) {
    let change = |settings: &mut hamgate::domain::SiteSettings| settings.audit_share = 1.0;
    block_on(app.installation.site_settings("blog", change)).unwrap();
}

/// The values of a page's fields of that name.
fn values(page: &str, name: &str) -> Vec<String> {
    let field = format!("name=\"{name}\" value=\"");
    let fields = page.split(&field).skip(1);
    fields
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

fn decision(app: &TestApp, id: &str) -> Value {
    app.comment(id).ok()["decision"].clone()
}

#[test]
fn many_are_previewed_decided_and_taken_back_together() {
    let (app, jo) = start();
    let ids: Vec<String> = (0..12)
        .map(|number| held(&app, &number.to_string()))
        .collect();
    let page = jo.get("/desk?site=blog").text;
    let here = values(&page, "here");
    assert_eq!((here.len(), values(&page, "item")), (12, here.clone()));

    // Ticked boxes, one of them twice.
    let fields = [
        ("site", "blog"),
        ("do", "reject"),
        ("back", "site=blog&order=oldest"),
        ("item", &here[0]),
        ("item", &here[1]),
        ("item", &here[1]),
    ];
    let preview = jo.post("/desk/bulk", &fields);
    assert_eq!(preview.status, 200, "{preview:?}");
    assert!(preview.text.contains("<h1>Reject 2 comments as spam?</h1>"));
    assert_eq!(values(&preview.text, "item"), here[..2]);
    assert!(decision(&app, &ids[11]).is_null(), "nothing is decided yet");

    // All on the page; one was decided meanwhile, and another after the preview.
    app.decide(&ids[3], &json!({"decision": "accept"}));
    let mut fields = vec![("site", "blog"), ("do", "off-topic"), ("all", "page")];
    fields.extend(here.iter().map(|here| ("here", here.as_str())));
    let preview = jo.post("/desk/bulk", &fields).text;
    assert!(
        preview.contains("Reject 11 comments as off-topic?"),
        "{preview}"
    );
    assert!(preview.contains("And 1 more."));
    assert!(preview.contains("1 was decided or sent again since"));
    let items = values(&preview, "item");
    app.decide(&ids[4], &json!({"decision": "accept"}));
    let mut fields = vec![
        ("site", "blog"),
        ("do", "off-topic"),
        ("note", " all of it "),
        ("back", "site=blog&order=oldest"),
    ];
    fields.extend(items.iter().map(|item| ("item", item.as_str())));
    let done = jo.post("/desk/bulk/decisions", &fields);
    assert_eq!(done.status, 303, "{done:?}");
    let place = done.header("location").to_owned();
    assert!(
        place.starts_with("/desk?site=blog&order=oldest&bulk="),
        "{place}"
    );
    let page = jo.get(&place).text;
    assert!(
        page.contains("10 comments rejected as off-topic. 1 had changed and was left alone."),
        "{page}"
    );
    let made = decision(&app, &ids[0]);
    assert_eq!(
        (
            &made["decision"],
            &made["learn"],
            &made["why"],
            &made["note"],
            &made["by"]
        ),
        (
            &json!("reject"),
            &json!(false),
            &json!("off-topic"),
            &json!("all of it"),
            &json!("jo")
        ),
    );
    assert_eq!(decision(&app, &ids[4])["decision"], "accept");

    let undo = page.split("action=\"").find_map(|rest| {
        let action = rest.split('"').next()?;
        action
            .starts_with("/desk/bulk/")
            .then_some(action)
            .filter(|action| action.ends_with("/undo"))
    });
    let undo = undo.unwrap().to_owned();
    app.add_site("other");
    app.add_moderator("stranger", Role::Moderator, &["other"]);
    assert_eq!(app.signed_in("stranger").post(&undo, &[]).status, 404);
    let undone = jo.post(&undo, &[("back", "site=blog")]);
    assert_eq!(undone.status, 303);
    let page = jo.get(undone.header("location")).text;
    assert!(page.contains("10 comments are undecided again."), "{page}");
    for (place, id) in ids.iter().enumerate() {
        assert_eq!(
            decision(&app, id).is_null(),
            !(3..5).contains(&place),
            "{place}"
        );
    }
}

#[test]
fn a_bulk_is_of_one_site_and_not_too_large() {
    let (app, jo) = start();
    app.add_site("other");
    held(&app, "1");
    let item = values(&jo.get("/desk").text, "here").remove(0);
    let other = [("site", "other"), ("do", "reject"), ("item", item.as_str())];
    assert_eq!(jo.post("/desk/bulk", &other).status, 404);
    let (_, version) = item.split_once('.').unwrap();
    let many: Vec<String> = (0..501_u128)
        .map(|number| format!("{}.{version}", uuid::Uuid::from_u128(number)))
        .collect();
    let mut fields = vec![("site", "blog"), ("do", "reject")];
    fields.extend(many.iter().map(|item| ("item", item.as_str())));
    let answer = jo.post("/desk/bulk/decisions", &fields);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("are more than 500"), "{answer:?}");
    // As many as are allowed pass the bound of a form.
    fields.pop();
    let answer = jo.post("/desk/bulk/decisions", &fields);
    assert_eq!(answer.status, 303, "{answer:?}");
    for bad in ["x", "1.2.3", &many[0][..40]] {
        let fields = [("site", "blog"), ("do", "reject"), ("item", bad)];
        assert_eq!(jo.post("/desk/bulk", &fields).status, 422, "{bad}");
    }
}

#[test]
fn near_duplicates_are_counted_and_decided_together() {
    let (app, jo) = start();
    let say = |own_id: &str| {
        let answer = app.check(&json!({
            "id": own_id,
            "author": {"name": format!("Mia {own_id}"), "url": "http://loans.example"},
            "content": "I was poor and sad until I met doctor Great who lent me money without \
                        asking any question at all, and now I am rich and so is my whole family.",
        }));
        (
            text(&answer.ok()["comment_id"]),
            text(&answer.ok()["verdict"]),
        )
    };
    let ids: Vec<String> = ["1", "2", "3", "4"]
        .map(|own_id| {
            let (id, verdict) = say(own_id);
            assert_eq!(verdict, "hold", "the test needs held ones");
            id
        })
        .to_vec();
    app.decide(&ids[0], &json!({"decision": "reject", "learn": false}));
    let page = jo.get("/desk").text;
    assert!(
        page.contains("3 like this: 1 rejected, 0 accepted, 2 waiting."),
        "{page}"
    );
    assert!(page.contains("Decide the 3 that wait together"));
    let alike = jo.get(&format!("/desk/comments/{}/alike", ids[1])).text;
    assert!(
        alike.contains("<h1>3 comments like this wait</h1>"),
        "{alike}"
    );
    let items = values(&alike, "item");
    let mut fields = vec![("site", "blog"), ("do", "reject")];
    fields.extend(items.iter().map(|item| ("item", item.as_str())));
    let done = jo.post("/desk/bulk/decisions", &fields);
    assert_eq!(done.status, 303);
    for id in &ids[1..] {
        assert_eq!(app.comment(id).ok()["label"], "spam");
    }
    let alike = jo.get(&format!("/desk/comments/{}/alike", ids[1])).text;
    assert!(alike.contains("None like this waits") && !alike.contains("name=\"do\""));
}

#[test]
fn a_card_shows_what_it_answers_and_how_it_was_edited() {
    let (app, jo) = start();
    app.check(&json!({"id": "7", "content": HONEST, "author": {"name": "Ada <b>"}}));
    let send = |content: &str, name: &str| {
        let answer = app.check(&json!({
            "id": "8", "parent_id": "7", "content": content,
            "author": {"name": name, "url": "http://loans.example"},
        }));
        text(&answer.ok()["comment_id"])
    };
    send("Great post! I wrote about bread, too.", "Mia");
    let id = send("Great post! I wrote about loans, too.", "Mia Loans");
    let page = jo.get(&format!("/desk/comments/{id}")).text;
    assert!(page.contains("In reply to Ada &#60;b&#62;"), "{page}");
    assert!(page.contains("sourdough starter"));
    assert!(page.contains("Edited: the blog sent it with another text just now"));
    assert!(
        page.contains("<del><span class=\"offscreen\">removed </span>bread</del>"),
        "{page}"
    );
    assert!(page.contains("<ins><span class=\"offscreen\">added </span>loans</ins>"));
    assert!(page.contains("The author’s name was Mia, and is Mia Loans."));
    assert!(!page.contains("The author’s URL was"));
}

#[test]
fn what_would_have_changed_the_verdict_is_computed() {
    let (app, jo) = start();
    let linked = format!("{HONEST} http://cheap-pills-casino.example/buy");
    let ask = |content: &str, url: Option<&str>, dry_run: bool| {
        let answer = app.check(&json!({
            "content": content, "author": {"name": "Mia", "url": url}, "dry_run": dry_run,
        }));
        answer.ok()
    };
    let judged = ask(&linked, None, false);
    assert_eq!(judged["verdict"], "hold", "{judged}");
    assert_eq!(ask(HONEST, None, true)["verdict"], "accept");
    let path = format!("/desk/comments/{}", text(&judged["comment_id"]));
    let page = jo.get(&path).text;
    assert!(
        page.contains("It would be accepted without the links."),
        "{page}"
    );
    assert!(!page.contains("accepted without the author’s URL"));
    assert!(
        jo.get("/desk")
            .text
            .contains("It would be accepted without the links.")
    );
    // Nothing makes it honest.
    let spam = ask(SPAM, Some("http://viagra-casino.example"), false);
    assert_ne!(spam["verdict"], "accept");
    let page = jo
        .get(&format!("/desk/comments/{}", text(&spam["comment_id"])))
        .text;
    assert!(!page.contains("It would be accepted"), "{page}");
    // What was learnt since counts: by now the domain is a spammer's, and the
    // text an honest one's.
    for _ in 0..3 {
        app.feedback(&json!({"comment": {"content": linked}, "label": "ham"}));
    }
    let now = ask(&linked, None, true)["verdict"].clone();
    let page = jo.get(&path).text;
    assert_eq!(
        page.contains("By what was learnt since, it would be accepted now."),
        now == "accept",
        "{now}"
    );
}

#[test]
fn whom_moderators_trust_or_block_is_heavy_evidence_and_no_verdict() {
    let (app, jo) = start();
    let comment = |email: &str, user: Value, ip: &str, content: &str| {
        json!({
            "content": content, "dry_run": true,
            "author": {"name": "Mia", "email": email, "user_id": user, "ip": ip, "url": "http://loans.example"},
        })
    };
    let id = held(&app, "1");
    let reasons = |asked: &Value| {
        let answer = app.check(asked).ok();
        let evidence = answer["evidence"].as_array().unwrap().clone();
        let trust = evidence.into_iter().filter(|piece| {
            let reason = piece["reason"].as_str().unwrap();
            reason.starts_with("trusted_") || reason.starts_with("blocked_")
        });
        trust
            .map(|piece| (text(&piece["reason"]), piece["log_odds"].as_f64().unwrap()))
            .collect::<Vec<_>>()
    };
    let mia = comment(
        "mia@mail.example",
        Value::Null,
        "192.0.2.1",
        "Thank you for the recipe.",
    );
    assert_eq!(reasons(&mia), []);
    let page = jo.get(&format!("/desk/comments/{id}")).text;
    for value in [
        "blocked:",
        "trusted:",
        "blocked:loans.example",
        "trusted:loans.example",
    ] {
        assert!(
            page.contains(&format!("name=\"set\" value=\"{value}\"")),
            "{value}"
        );
    }
    let path = format!("/desk/comments/{id}/trust");
    let set = |set: &str| {
        let form = jo.form(&path, &[("set", set)]);
        jo.send(form.header("accept", "application/json"))
    };
    let heard = set("blocked:").ok();
    assert_eq!(heard["said"], "Mia 1 is blocked here.");
    assert_eq!(reasons(&mia), [("blocked_author".to_owned(), 6.0)]);
    assert_eq!(
        set("blocked:loans.example").ok()["said"],
        "loans.example is blocked here."
    );
    assert_eq!(reasons(&mia).len(), 2);
    let list = jo.get("/desk/trust").text;
    assert!(list.contains("loans.example is blocked here.") && list.contains("by jo, just now"));
    assert!(!list.contains("mia@mail.example"), "addresses are not kept");

    // A change of mind; a borrowed address lends nothing.
    set("trusted:").ok();
    let borrowed = [
        ("blocked_domain".to_owned(), 6.0),
        ("trusted_elsewhere".to_owned(), 0.0),
    ];
    let mut seen = reasons(&mia);
    seen.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(seen, borrowed);
    let signed_in = comment("Mia@Mail.example ", json!("7"), "192.0.2.1", "Thank you.");
    assert!(reasons(&signed_in).contains(&("trusted_author".to_owned(), -6.0)));
    assert_eq!(set("trusted:absent.example").status, 422);
    assert_eq!(set("loved:").status, 422);

    // Off the list, without the script.
    let entry = jo.get("/desk/trust").text;
    let entry = entry
        .split("action=\"/desk/trust/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let removal = format!("/desk/trust/{entry}");
    assert_eq!(jo.post(&removal, &[]).status, 303);
    assert_eq!(jo.post(&removal, &[]).status, 404);
    let undone = text(&set("trusted:").ok()["undo"]);
    let form = jo.form(&undone, &[]);
    let heard = jo.send(form.header("accept", "application/json")).ok();
    assert_eq!(
        heard["said"],
        "Mia 1 is neither trusted nor blocked any more."
    );
}

#[test]
fn the_audit_hides_the_verdict_until_it_is_answered() {
    let (app, jo) = start();
    audits_all(&app);
    let honest = app.check_text(HONEST).ok();
    let spam = app.check(&json!({
        "content": SPAM, "author": {"name": "Cheap Pills", "url": "http://viagra-casino.example"},
    })).ok();
    assert_eq!(
        (&honest["verdict"], &spam["verdict"]),
        (&json!("accept"), &json!("reject"))
    );
    held(&app, "1");
    let [honest, spam] = [honest, spam].map(|answer| text(&answer["comment_id"]));
    let page = jo.get("/desk/audit?site=blog").text;
    let (first, second) = (
        page.find(&format!("id=\"c-{honest}\"")),
        page.find(&format!("id=\"c-{spam}\"")),
    );
    assert!(first.unwrap() < second.unwrap(), "oldest first");
    assert!(page.contains("<span data-waiting>2</span>"));
    for telling in [
        "% spam",
        "<mark",
        "class=\"odds",
        "class=\"reasons",
        "by the filter",
        "/desk/comments/{}\"",
    ] {
        assert!(!page.contains(telling), "{telling} in {page}");
    }
    let versions = values(&page, "version");
    let path = format!("/desk/comments/{honest}/audit");
    let form = jo.form(&path, &[("do", "accept"), ("version", &versions[0])]);
    let heard = jo.send(form.header("accept", "application/json")).ok();
    assert_eq!(
        heard["said"],
        "Honest, you say. The filter had accepted it."
    );
    assert_eq!(app.comment(&honest).ok()["label"], "ham");

    // Without the script, and then undone.
    let path = format!("/desk/comments/{spam}/audit");
    let fields = [
        ("do", "abuse"),
        ("version", versions[1].as_str()),
        ("back", "site=blog"),
        ("page", "audit"),
    ];
    let answer = jo.post(&path, &fields);
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(
        answer.header("location"),
        format!("/desk/audit?site=blog&done={spam}")
    );
    let page = jo.get(answer.header("location")).text;
    assert!(
        page.contains("Comment by Cheap Pills rejected as abuse."),
        "{page}"
    );
    assert!(page.contains("Nothing to answer."));
    assert_eq!(jo.post(&path, &fields).status, 412, "it is answered");
    let made = decision(&app, &spam);
    let undo = [
        ("decision", text(&made["id"])),
        ("back", "site=blog".into()),
        ("page", "audit".into()),
    ];
    let undo: Vec<(&str, &str)> = undo
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = jo.post(&format!("/desk/comments/{spam}/undo"), &undo);
    assert_eq!(
        answer.header("location"),
        format!("/desk/audit?site=blog#c-{spam}")
    );
    assert!(
        jo.get("/desk/audit")
            .text
            .contains(&format!("id=\"c-{spam}\""))
    );
}

#[test]
fn why_a_rejection_teaches_nothing_is_kept() {
    let (app, jo) = start();
    let id = held(&app, "1");
    let version = hidden(&jo.get("/desk").text, "version").unwrap();
    let fields = [("do", "abuse"), ("version", version.as_str())];
    let answer = jo.post(&format!("/desk/comments/{id}/decision"), &fields);
    let page = jo.get(answer.header("location")).text;
    assert!(
        page.contains("Comment by Mia 1 rejected as abuse."),
        "{page}"
    );
    let seen = app.comment(&id).ok();
    assert_eq!(
        (&seen["decision"]["why"], &seen["label"]),
        (&json!("abuse"), &Value::Null)
    );
    // By the API it is the same.
    let made = app
        .decide(&id, &json!({"decision": "reject", "why": "off-topic"}))
        .ok();
    assert_eq!(
        (&made["why"], &made["learn"]),
        (&json!("off-topic"), &json!(false))
    );
    let both = json!({"decision": "reject", "why": "abuse", "learn": true});
    app.decide(&id, &both).problem(422, "invalid_field");
    app.decide(&id, &json!({"decision": "accept", "why": "abuse"}))
        .problem(422, "invalid_field");
    app.decide(&id, &json!({"decision": "reject", "why": "boring"}))
        .problem(422, "invalid_field");
}
