//! Akismet's protocol over HTTP, as real clients speak it.

mod bad_days;
mod bad_input;
mod feedback;
mod fields;
mod hold;
mod keys;

use hamgate::domain::{HoldAnswer, Site};
use reqwest::blocking::RequestBuilder;
use serde_json::Value;

use crate::harness::{Answer, HONEST, SPAM, TestApp, block_on, send};

pub const KEY: &str = "0123456789ab";
pub const BLOG: &str = "https://wordpress.example";
const THANKS: &str = "Thanks for making the web a better place.";

/// A running service with a site that has the key.
pub fn start() -> TestApp {
    let app = TestApp::start();
    add(&app, "wordpress", BLOG);
    app
}

pub fn add(app: &TestApp, name: &str, url: &str) -> Site {
    block_on(app.installation.add_site(name, url, Some(KEY)))
        .unwrap()
        .site
}

/// A call with the key and the blog in the form.
pub fn call(app: &TestApp, name: &str, fields: &[(&str, &str)]) -> Answer {
    let mut form = vec![("api_key", KEY), ("blog", BLOG)];
    form.extend(fields);
    send(posts(app, &format!("/1.1/{name}")).form(&form))
}

pub fn posts(app: &TestApp, path: &str) -> RequestBuilder {
    app.request("POST", path)
}

pub fn check(app: &TestApp, content: &str) -> Answer {
    call(
        app,
        "comment-check",
        &[("user_ip", "192.0.2.7"), ("comment_content", content)],
    )
}

pub fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer
        .headers
        .get(name)
        .map(|value| value.to_str().unwrap())
}

#[track_caller]
pub fn says(answer: &Answer, body: &str) {
    assert_eq!((answer.status, answer.text.as_str()), (200, body));
}

pub fn set_hold(app: &TestApp, hold: HoldAnswer) {
    let change = app
        .installation
        .site_settings("wordpress", move |settings| settings.hold = hold);
    block_on(change).unwrap();
}

pub fn json(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200);
    assert_eq!(header(answer, "content-type"), Some("application/json"));
    serde_json::from_str(&answer.text).unwrap()
}

#[test]
fn ham_is_false_and_spam_is_true_with_an_id_and_reasons() {
    let app = start();
    for (content, body, verdict) in [(HONEST, "false", "accept"), (SPAM, "true", "reject")] {
        let answer = check(&app, content);
        says(&answer, body);
        assert_eq!(
            header(&answer, "content-type"),
            Some("text/plain; charset=utf-8")
        );
        assert_eq!(header(&answer, "x-hamgate-verdict"), Some(verdict));
        assert!(!header(&answer, "x-hamgate-reason").unwrap().is_empty());
        for bad in [
            "x-akismet-debug-help",
            "x-akismet-alert-code",
            "x-akismet-error",
            "x-akismet-pro-tip",
        ] {
            assert_eq!(header(&answer, bad), None, "{bad}");
        }
        let id = header(&answer, "x-akismet-guid").unwrap();
        let stored = app.installation.clone();
        let site = block_on(stored.site("wordpress")).unwrap();
        let id = hamgate::domain::CommentId(id.parse().unwrap());
        assert_eq!(
            block_on(stored.comment(&site, id))
                .unwrap()
                .listed
                .comment
                .content,
            content
        );
    }
}

#[test]
fn the_key_comes_from_four_places_and_the_path() {
    let app = start();
    let form = [
        ("blog", BLOG),
        ("user_ip", "192.0.2.7"),
        ("comment_content", HONEST),
    ];
    let with = |name: &'static str| {
        let mut form = form.to_vec();
        form.push((name, KEY));
        form
    };
    says(
        &send(posts(&app, "/1.1/comment-check").form(&with("api_key"))),
        "false",
    );
    says(
        &send(posts(&app, "/1.1/comment-check").form(&with("key"))),
        "false",
    );
    says(
        &send(posts(&app, &format!("/1.1/comment-check?api_key={KEY}")).form(&form)),
        "false",
    );
    says(
        &send(posts(&app, &format!("/{KEY}/1.1/comment-check")).form(&form)),
        "false",
    );
    let upper = format!("{}.rest.example:443", KEY.to_uppercase());
    let of_host = posts(&app, "/1.1/comment-check")
        .header("host", upper)
        .form(&form);
    says(&send(of_host), "false");
}

#[test]
fn the_account_looks_as_clients_want_it() {
    let app = start();
    says(&call(&app, "verify-key", &[]), "valid");
    says(
        &send(posts(&app, "/1.1/verify-key").form(&[("key", KEY), ("blog", BLOG)])),
        "valid",
    );
    says(&send(app.request("GET", "/1.1/test")), "connected");
    says(&call(&app, "deactivate", &[]), "deactivated");
    let subscription = json(&call(&app, "get-subscription", &[]));
    assert_eq!(subscription["status"], "active");
    assert!(subscription["account_id"].is_i64() && subscription["limit_reached"].is_boolean());
    assert_eq!(
        json(&send(app.request("GET", "/1.2/compatible-plugins"))),
        serde_json::json!([])
    );
    let wrong =
        send(posts(&app, "/1.1/verify-key").form(&[("key", "ffffffffffff"), ("blog", BLOG)]));
    says(&wrong, "invalid");
    assert_eq!(header(&wrong, "x-akismet-debug-help"), Some("Invalid key"));
}

#[test]
fn counts_are_the_real_ones() {
    let app = start();
    check(&app, HONEST);
    check(&app, SPAM);
    call(
        &app,
        "comment-check",
        &[("comment_content", SPAM), ("is_test", "1")],
    );
    says(
        &call(
            &app,
            "submit-spam",
            &[("user_ip", "192.0.2.7"), ("comment_content", HONEST)],
        ),
        THANKS,
    );
    let stats = json(&call(&app, "get-stats", &[("from", "6-months")]));
    assert_eq!(
        [
            "spam",
            "ham",
            "missed_spam",
            "false_positives",
            "accuracy",
            "time_saved"
        ]
        .map(|name| &stats[name]),
        ["1", "1", "1", "0", "50.00", "2"]
    );
    let months: Vec<&Value> = stats["breakdown"].as_object().unwrap().values().collect();
    assert_eq!((months.len(), &months[0]["spam"]), (1, &Value::from("1")));
    let usage = json(&send(app.request(
        "GET",
        &format!("/1.2/usage-limit?api_key={KEY}&extended=true"),
    )));
    assert_eq!(
        (&usage["usage"], &usage["limit"]),
        (&2.into(), &"none".into())
    );
    assert_eq!(usage["notice_level"], "NOTICE_NONE");
    let sites = json(&call(&app, "key-sites", &[]));
    let month = sites
        .as_object()
        .unwrap()
        .keys()
        .find(|key| key.starts_with("20"))
        .unwrap();
    assert_eq!(sites[month][0]["site"], "wordpress.example");
    assert_eq!(sites[month][0]["api_calls"], 2);
    let csv = call(&app, "key-sites", &[("format", "csv")]).text;
    assert!(
        csv.contains("\nwordpress.example,2,1,1,1,0,false\n"),
        "{csv}"
    );
}

#[test]
fn names_and_roles_by_agreement() {
    let app = start();
    for field in [
        ("comment_author", "viagra-test-123"),
        ("comment_author", "akismet-guaranteed-spam"),
        (
            "comment_author_email",
            "akismet-guaranteed-spam@example.com",
        ),
    ] {
        says(
            &call(&app, "comment-check", &[field, ("comment_content", HONEST)]),
            "true",
        );
    }
    let discard = [
        ("comment_author", "akismet-guaranteed-spam"),
        ("test_discard", "1"),
    ];
    let answer = call(&app, "comment-check", &discard);
    assert_eq!(header(&answer, "x-akismet-pro-tip"), Some("discard"));
    let owner = [
        ("user_role", "editor,administrator"),
        ("comment_content", SPAM),
    ];
    let answer = call(&app, "comment-check", &owner);
    says(&answer, "false");
    assert_eq!(header(&answer, "x-hamgate-verdict"), Some("accept"));
    assert!(
        header(&answer, "x-hamgate-reason")
            .unwrap()
            .contains("administrator")
    );
}

#[test]
fn a_test_stores_counts_and_learns_nothing() {
    let app = start();
    let test = [("comment_content", SPAM), ("is_test", "True")];
    says(&call(&app, "comment-check", &test), "true");
    says(&call(&app, "submit-ham", &test), THANKS);
    let site = block_on(app.installation.site("wordpress")).unwrap();
    assert!(
        block_on(app.installation.akismet_months(&[site]))
            .unwrap()
            .is_empty()
    );
    assert!(block_on(app.installation.samples()).unwrap().is_empty());
}
