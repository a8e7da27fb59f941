//! The page about a site's data says what the settings are, and only there.

use hamgate::config::SETTINGS;
use hamgate::domain::{Contact, HoldAnswer, Role, SiteSettings};
use serde_json::Value;

use crate::harness::{Answer, TestApp, block_on, send};

fn change(app: &TestApp, change: impl FnOnce(&mut SiteSettings) + Send + 'static) {
    block_on(app.installation.site_settings("blog", change)).unwrap();
}

fn path(app: &TestApp, name: &str) -> String {
    let site = block_on(app.installation.site(name)).unwrap();
    format!("/privacy/{}", site.public_id)
}

fn page(app: &TestApp) -> Answer {
    send(app.request("GET", &path(app, "blog")))
}

#[test]
fn the_page_follows_the_settings() {
    let app = TestApp::start_with(|config| config.retention.days = 42, |_| {});
    let answer = page(&app);
    assert_eq!(answer.status, 200);
    for part in [
        "What you send with a comment on blog",
        "42 days after the blog last sent it here",
        "at most one in 1000 honest comments",
        "webhooks are switched off",
        "its owner has named no address",
        "href=\"https://blog.example/\"",
    ] {
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
    let version = send(app.request("GET", "/version")).ok();
    assert!(answer.text.contains(version["model"].as_str().unwrap()));
    assert!(!answer.text.contains("share this installation"));

    app.add_site("other");
    change(&app, |settings| {
        settings.contact = Contact::parse("ina@blog.example");
        settings.reject = Some(false);
        settings.hold = HoldAnswer::Ham;
        settings.discard = true;
        settings.appeals = true;
    });
    let site = block_on(app.installation.site("blog")).unwrap();
    let webhook = app
        .installation
        .add_webhook(&site, "https://blog.example/hook", vec![], false);
    block_on(webhook).unwrap();
    let text = page(&app).text;
    for part in [
        "href=\"mailto:ina@blog.example\"",
        "It rejects nothing by itself here",
        "a comment is let through also where the filter is not sure",
        "to throw away what is spam beyond doubt",
        "1 address that the owner chose is told",
        "share this installation",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        !text.contains("The blog can show you a link"),
        "no public address"
    );
    assert!(!text.contains("at most one in"));
}

#[test]
fn it_is_public_kept_for_minutes_and_sets_no_cookie() {
    let app = TestApp::start();
    let answer = page(&app);
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    assert_eq!(answer.header("vary"), "Accept-Language");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"));
    assert!(!answer.text.contains("<script") && !answer.text.contains("style=\""));
    let head = send(app.request("HEAD", &path(&app, "blog")));
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    let mut files = 0;
    for part in answer.text.split("/public/").skip(1) {
        let file = format!("/public/{}", part.split('"').next().unwrap());
        let file = send(app.request("GET", &file));
        assert_eq!(file.status, 200);
        assert!(file.header("cache-control").contains("immutable"));
        assert_eq!(file.header("set-cookie"), "");
        files += 1;
    }
    assert_eq!(files, 2);
}

#[test]
fn sites_cannot_be_gone_through() {
    let app = TestApp::start();
    app.add_site("other");
    assert_ne!(path(&app, "blog"), path(&app, "other"));
    let mut answers = Vec::new();
    for guess in ["1", "2", "blog", "", "%00", &"0".repeat(32), "a/b"] {
        let answer = send(app.request("GET", &format!("/privacy/{guess}")));
        assert_eq!(answer.status, 404, "{guess}");
        answers.push(answer);
    }
    assert_eq!(
        answers[0].without_request_id(),
        answers[1].without_request_id()
    );
    assert!(answers[0].text.contains("There is no such page"));
}

#[test]
fn a_text_of_an_owner_is_text() {
    let app = TestApp::start();
    let url = "https://other.example/\"><b>";
    block_on(app.installation.add_site("<b>other</b>", url, None)).unwrap();
    let answer = send(app.request("GET", &path(&app, "<b>other</b>")));
    assert!(answer.text.contains("&#60;b&#62;other"), "{}", answer.text);
    assert!(!answer.text.contains("<b>"));
}

#[test]
fn an_admin_says_whom_to_ask_and_lets_authors_object() {
    let app = TestApp::start_desk();
    app.add_moderator("ada", Role::Admin, &[]);
    let ada = app.signed_in("ada");
    let site = "/desk/sites/1";
    let shown = ada.get(site).text;
    assert!(shown.contains(&path(&app, "blog")));
    assert!(shown.contains("set public_url to the address"));
    let fill_in = |contact: &str, appeals: &str| {
        let fields = [
            ("do", "commenters"),
            ("contact", contact),
            ("appeals", appeals),
        ];
        ada.post(site, &fields).status
    };
    assert_eq!(fill_in(" ina@blog.example ", "yes"), 303);
    let settings = || block_on(app.installation.site("blog")).unwrap().settings;
    assert_eq!(settings().contact, Contact::parse("ina@blog.example"));
    assert!(settings().appeals && page(&app).text.contains("ina@blog.example"));
    assert_eq!(fill_in("javascript:alert(1)", "yes"), 422);
    assert!(settings().contact.is_some());
    assert_eq!(fill_in("", ""), 303);
    assert!(settings().contact.is_none() && !settings().appeals);
}

/// Settings of which the page speaks.
const SAID: &[&str] = &[
    "public_url",
    "model",
    "policy.max_ham_rejected",
    "policy.reject",
    "retention.days",
    "site.hold",
    "site.discard",
    "site.max_ham_rejected",
    "site.reject",
    "site.contact",
    "site.appeals",
    "site.audit_share",
];

/// Settings that change nothing of what is done with anybody's data.
const SILENT: &[&str] = &[
    "listen",
    "data",
    "limits.body_bytes",
    "limits.line_bytes",
    "policy.max_spam_accepted",
    "log.format",
    "log.level",
    "http.body_seconds",
    "http.handler_seconds",
    "http.idle_seconds",
    "http.drain_seconds",
    "http.connections",
    "webhooks.undo_seconds",
    "webhooks.allow_private",
    "akismet.budget_ms",
    "akismet.when_unavailable",
    "akismet.body_bytes",
    "desk.idle_hours",
    "desk.session_days",
    "desk.client_address_header",
    "site.max_spam_accepted",
    "site.rules",
];

/// Whoever adds a setting says whether the page has to speak of it: what is
/// kept or learnt, for how long, where it goes, who decides.
#[test]
fn no_setting_is_forgotten_by_the_page() {
    let Value::Object(of_site) = serde_json::to_value(SiteSettings::default()).unwrap() else {
        panic!("settings are an object");
    };
    let of_sites = of_site.keys().map(|key| format!("site.{key}"));
    let mut known: Vec<String> = SETTINGS.iter().map(|row| row.key.to_owned()).collect();
    known.extend(of_sites);
    let mut listed: Vec<&str> = [SAID, SILENT].concat();
    known.sort_unstable();
    listed.sort_unstable();
    assert_eq!(
        known, listed,
        "a setting is new or gone: say it on the page (src/service/privacy.rs) and list it \
         in SAID, or list it in SILENT"
    );
}
