//! Setting up at the desk: sites, keys, webhooks, rules, people.

use hamgate::domain::Role;
use serde_json::json;

use crate::harness::{Answer, Browser, HONEST, PASSWORD, TestApp, block_on, send};

fn admin() -> (TestApp, Browser) {
    let app = TestApp::start_desk();
    app.add_moderator("eve", Role::Admin, &[]);
    let eve = app.signed_in("eve");
    (app, eve)
}

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location")
}

/// The secrets of a page that shows them once.
fn secrets(page: &Answer) -> Vec<String> {
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(page.header("cache-control"), "no-store");
    let parts = page.text.split("<code class=\"secret\">").skip(1);
    let secrets: Vec<String> = parts
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert!(!secrets.is_empty(), "{page:?}");
    secrets
}

fn answers_with(app: &TestApp, key: &str) -> u16 {
    let request = app.request("GET", "/v1/stats").bearer_auth(key);
    send(request).status
}

#[test]
fn a_site_is_added_and_its_keys_are_shown_once() {
    let (app, eve) = admin();
    let fields = [
        ("name", "bread"),
        ("url", "https://bread.example"),
        ("akismet_key", "0123456789AB"),
    ];
    let keys = secrets(&eve.post("/desk/sites", &fields));
    assert_eq!(keys.len(), 2);
    assert_eq!(answers_with(&app, &keys[0]), 200);
    assert_eq!(keys[1], "0123456789ab");
    for page in ["/desk/sites", "/desk/sites/2"] {
        let page = eve.get(page);
        assert_eq!(page.status, 200);
        assert!(page.text.contains("bread") && !page.text.contains(&keys[0]));
    }
    for (fields, said) in [
        (fields, "That name is taken"),
        (
            [("name", "x"), ("url", "bread"), ("akismet_key", "")],
            "That address cannot be used",
        ),
        (
            [
                ("name", ""),
                ("url", "https://b.example"),
                ("akismet_key", ""),
            ],
            "That name cannot be used",
        ),
        (
            [
                ("name", "y"),
                ("url", "https://b.example"),
                ("akismet_key", "short"),
            ],
            "not an Akismet key",
        ),
    ] {
        let refused = eve.post("/desk/sites", &fields);
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(refused.text.contains(said), "{said}");
        assert!(refused.text.contains(&format!("value=\"{}\"", fields[1].1)));
    }
    assert_eq!(eve.get("/desk/sites/999").status, 404);
    assert_eq!(eve.get("/desk/sites/x").status, 404);
}

#[test]
fn a_site_moves_and_behaves_as_its_owner_says() {
    let (app, eve) = admin();
    let moved = eve.post(
        "/desk/sites/1",
        &[
            ("do", "move"),
            ("name", "loaf"),
            ("url", "https://loaf.example/blog"),
        ],
    );
    assert_eq!(location(&moved), "/desk/sites/1?done=moved");
    let page = eve.get(location(&moved));
    assert!(page.text.contains("Name and address are saved."));
    assert!(page.text.contains("https://loaf.example/blog"));

    let site = || block_on(app.installation.site("loaf")).unwrap();
    let set = eve.post(
        "/desk/sites/1",
        &[
            ("do", "set"),
            ("hold", "second-look"),
            ("discard", "yes"),
            ("max_ham_rejected", "0,05"),
            ("max_spam_accepted", ""),
            ("reject", "no"),
        ],
    );
    assert_eq!(location(&set), "/desk/sites/1?done=set");
    let settings = site().settings;
    assert_eq!(settings.hold.as_str(), "second-look");
    assert_eq!(settings.max_ham_rejected, Some(0.0005));
    assert_eq!(
        (settings.max_spam_accepted, settings.reject),
        (None, Some(false))
    );
    assert!(settings.discard);
    let page = eve.get("/desk/sites/1").text;
    assert!(page.contains("value=\"0.05\"") && page.contains("none is rejected"));
    assert!(page.contains("365 days"));

    for (field, value) in [("max_ham_rejected", "60"), ("hold", "maybe")] {
        let fields = [("do", "set"), ("hold", "ask"), (field, value)];
        let fields = match field {
            "hold" => &[fields[0], fields[2]][..],
            _ => &fields[..],
        };
        assert_eq!(eve.post("/desk/sites/1", fields).status, 422, "{field}");
    }
    assert_eq!(site().settings, settings, "nothing was changed");
}

#[test]
fn keys_are_rotated_and_ended() {
    let (app, eve) = admin();
    let rotate = |what: &str, old: &str| {
        let fields = [("do", what), ("old", old)];
        secrets(&eve.post("/desk/sites/1/keys", &fields)).remove(0)
    };
    let second = rotate("rotate-api", "later");
    assert_eq!(answers_with(&app, &app.key), 200, "for a day");
    let third = rotate("rotate-api", "now");
    for (key, status) in [(&app.key, 401), (&second, 401), (&third, 200)] {
        assert_eq!(answers_with(&app, key), status);
    }
    assert_eq!(rotate("rotate-akismet", "later").len(), 12);
    let ended = eve.post("/desk/sites/1/keys", &[("do", "revoke")]);
    let page = eve.get(location(&ended));
    assert_eq!(answers_with(&app, &third), 401);
    assert!(page.text.contains("No API key is live."));
    assert_eq!(
        eve.post("/desk/sites/999/keys", &[("do", "revoke")]).status,
        404
    );
}

#[test]
fn webhooks_are_added_paused_rotated_and_removed() {
    let (app, eve) = admin();
    app.add_site("other");
    let url = "https://receiver.example/hook";
    let secret = |answer: &Answer| {
        let secret = secrets(answer).remove(0);
        assert!(secret.starts_with("whsec_"), "{secret}");
        secret
    };
    let private = eve.post("/desk/sites/1/webhooks", &[("url", "http://127.0.0.1/")]);
    assert_eq!(private.status, 422);
    let fields = [("url", url), ("event", "comment.decided")];
    let first = secret(&eve.post("/desk/sites/1/webhooks", &fields));
    let site = block_on(app.installation.site("blog")).unwrap();
    let webhook = || {
        block_on(app.installation.webhooks(Some(&site)))
            .unwrap()
            .remove(0)
    };
    let id = webhook().id;
    assert_eq!(webhook().events.len(), 1);
    let at = format!("/desk/sites/1/webhooks/{id}");
    let page = eve.get("/desk/sites/1").text;
    assert!(page.contains(url) && page.contains(&at) && !page.contains(&first));

    let of_another = format!("/desk/sites/2/webhooks/{id}");
    for what in ["pause", "rotate", "retry", "remove"] {
        assert_eq!(eve.post(&of_another, &[("do", what)]).status, 404, "{what}");
    }
    assert_ne!(secret(&eve.post(&at, &[("do", "rotate")])), first);
    let id_of_comment = crate::desk_queue::held(&app, "1");
    app.decide(
        &id_of_comment,
        &json!({ "decision": "reject", "learn": false }),
    )
    .ok();
    eve.post(&at, &[("do", "pause")]);
    assert!(webhook().off_since.is_some());
    let page = eve.get("/desk/sites/1").text;
    assert!(page.contains("Off since just now"), "{page}");
    eve.post(&at, &[("do", "retry")]);
    assert_eq!((webhook().off_since, webhook().waiting), (None, 1));

    app.sql(
        "INSERT INTO attempts (message, at, millis, status, failure)
         SELECT message, at, 12, 500, 'status' FROM messages",
    );
    let log = eve.get("/desk/sites/1/deliveries").text;
    assert!(
        log.contains("the answer was 500") && log.contains(url),
        "{log}"
    );
    assert!(log.contains(&format!("/desk/comments/{id_of_comment}")));
    let again = eve.post("/desk/sites/1/deliveries", &[("do", "retry")]);
    assert_eq!(location(&again), "/desk/sites/1/deliveries");
    assert!(
        eve.get("/desk/sites/2/deliveries")
            .text
            .contains("Nothing was sent yet.")
    );

    eve.post(&at, &[("do", "remove")]);
    assert!(
        block_on(app.installation.webhooks(None))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn rules_show_how_they_did_and_take_a_weight() {
    let (app, eve) = admin();
    for (content, label) in [
        ("http://a.example", "spam"),
        ("http://b.example", "spam"),
        ("http://c.example", "ham"),
        (HONEST, "ham"),
    ] {
        app.feedback(&json!({ "comment": { "content": content }, "label": label }))
            .ok();
    }
    let page = eve.get("/desk/rules").text;
    assert!(page.contains("rests on 4 comments"), "{page}");
    assert!(page.len() < 100_000, "{} bytes", page.len());
    let rules = hamgate::rules::all().map(|rule| rule.id);
    for id in rules {
        assert!(page.contains(&format!("/desk/rules/{id}?site=1")), "{id}");
    }
    let row = |page: &str| {
        let row = page.split("/desk/rules/links/only").nth(1).unwrap();
        row.split("</tr>").next().unwrap().to_owned()
    };
    assert!(row(&page).contains("<td>3</td><td>67 %"), "{}", row(&page));
    let sorted = eve.get("/desk/rules?site=1&by=fired").text;
    assert!(!sorted.contains("behavior/honeypot"), "only what fired");

    let weigh = |what: &str, weight: &str| {
        let fields = [("do", what), ("site", "1"), ("weight", weight)];
        eve.post("/desk/rules/links/only", &fields)
    };
    let set = weigh("weigh", "−2,5");
    let page = eve.get(location(&set)).text;
    assert!(page.contains("value=\"-2.50\"") && page.contains("It fired on 3 comments"));
    let settings = || {
        block_on(app.installation.site("blog"))
            .unwrap()
            .settings
            .rules
    };
    let json = serde_json::to_value(settings()).unwrap();
    assert_eq!(json, json!({ "links/only": -2.5 }));
    for wrong in ["21", "", "NaN", "off"] {
        let answer = weigh("weigh", wrong);
        match wrong {
            "off" => assert_eq!(answer.status, 303, "the word works too"),
            _ => assert_eq!(answer.status, 422, "{wrong}"),
        }
    }
    location(&weigh("off", ""));
    assert!(row(&eve.get("/desk/rules").text).contains("off<small>here"));
    location(&weigh("default", ""));
    assert!(settings().is_empty());
    assert_eq!(eve.get("/desk/rules/links/never").status, 404);
    assert_eq!(eve.get("/desk/rules?site=999").status, 404);
    let fields = [("do", "off"), ("site", "1")];
    assert_eq!(eve.post("/desk/rules/links/never", &fields).status, 404);
}

#[test]
fn people_are_added_changed_reset_and_ended() {
    let (app, eve) = admin();
    app.add_site("other");
    let fields = [("name", "mia"), ("role", "viewer"), ("site", "1")];
    let link = secrets(&eve.post("/desk/people", &fields)).remove(0);
    let path = &link[link.find("/desk/welcome/").unwrap()..];
    let mia = app.browser();
    mia.get(path);
    assert_eq!(mia.post(path, &[("password", PASSWORD)]).status, 303);
    assert_eq!(mia.get("/desk?site=blog").status, 200);
    let taken = eve.post("/desk/people", &fields);
    assert_eq!(taken.status, 422);
    assert!(taken.text.contains("That name is taken"));
    let roleless = eve.post("/desk/people", &[("name", "jo")]);
    assert_eq!(roleless.status, 422);

    let at = "/desk/people/2";
    assert!(eve.get(at).text.contains("mia"));
    let rights = [("do", "rights"), ("role", "moderator"), ("site", "2")];
    assert_eq!(location(&eve.post(at, &rights)), at);
    assert_eq!(mia.get("/desk?site=blog").status, 404);
    assert_eq!(mia.get("/desk?site=other").status, 200);

    let link = secrets(&eve.post(at, &[("do", "reset")])).remove(0);
    assert!(link.contains("/desk/welcome/"));
    assert_eq!(mia.get("/desk").status, 303, "signed out");
    assert_eq!(eve.post(at, &[("do", "second-factor")]).status, 404, "none");

    let own = "/desk/people/1";
    for what in ["rights", "reset", "second-factor", "end"] {
        let fields = [("do", what), ("role", "viewer")];
        let answer = eve.post(own, &fields);
        assert_eq!(answer.status, 422, "{what}");
        assert!(answer.text.contains("That is your own account."));
    }
    assert_eq!(location(&eve.post(at, &[("do", "end")])), "/desk/people");
    assert_eq!(eve.get(at).status, 404);
    assert!(!eve.get("/desk/people").text.contains("mia"));
}

#[test]
fn names_of_sites_and_people_come_out_as_text() {
    let (_app, eve) = admin();
    let hostile = "<script>alert(1)</script>\u{202e}";
    let keys = eve.post(
        "/desk/sites",
        &[("name", hostile), ("url", "https://x.example/\"><b>")],
    );
    let person = eve.post(
        "/desk/people",
        &[("name", hostile), ("role", "moderator"), ("site", "2")],
    );
    let mut pages = vec![keys, person];
    for path in [
        "/desk/sites",
        "/desk/sites/2",
        "/desk/sites/2/deliveries",
        "/desk/rules?site=2",
        "/desk/rules/links/only?site=2",
        "/desk/people",
        "/desk/people/2",
        "/desk",
    ] {
        pages.push(eve.get(path));
    }
    for page in pages {
        assert_eq!(page.status, 200, "{page:?}");
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<b>"));
        // What a field holds is what is sent back.
        let mut parts = page.text.split(" value=\"");
        let first = parts.next().unwrap();
        let rest = parts.map(|part| part.split_once('"').unwrap().1);
        let shown: String = std::iter::once(first).chain(rest).collect();
        let place = shown.find('\u{202e}');
        assert_eq!(place.map(|at| &shown[at.saturating_sub(80)..at]), None);
    }
}
