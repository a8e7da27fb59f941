//! Hold, through a protocol that has no word for it; and bad days.

use hamgate::domain::HoldAnswer;

use super::{BLOG, add, call, check, header, says, set_hold, start};
use crate::harness::{HONEST, SPAM, TestApp, block_on, text};

/// Something that the filter holds: neither praise nor a link alone decides.
fn held(app: &TestApp) -> &'static str {
    const CANDIDATES: [&str; 4] = [
        "Great post! I wrote about loans, too.",
        "Nice article, thanks for sharing it with us, I will come back soon.",
        "You should read http://my-garden-notes.example/soil about that.",
        "Best service, I recommend it to everybody who needs a plumber in town.",
    ];
    let held = CANDIDATES.into_iter().find(|content| {
        let answer = app.check(&serde_json::json!({ "content": content, "dry_run": true }));
        text(&answer.ok()["verdict"]) == "hold"
    });
    held.expect("one of them is held")
}

#[test]
fn a_hold_is_said_as_the_site_wants_it() {
    let app = start();
    let content = held(&app);
    for (hold, body, named) in [
        (HoldAnswer::Ask, "false", Some("x-akismet-error")),
        (
            HoldAnswer::SecondLook,
            "false",
            Some("x-akismet-recheck-after"),
        ),
        (HoldAnswer::Spam, "true", None),
        (HoldAnswer::Ham, "false", None),
    ] {
        set_hold(&app, hold);
        let answer = check(&app, content);
        says(&answer, body);
        assert_eq!(
            header(&answer, "x-hamgate-verdict"),
            Some("hold"),
            "{hold:?}"
        );
        for other in [
            "x-akismet-error",
            "x-akismet-recheck-after",
            "x-akismet-pro-tip",
        ] {
            assert_eq!(
                header(&answer, other).is_some(),
                named == Some(other),
                "{hold:?}, {other}"
            );
        }
    }
    set_hold(&app, HoldAnswer::SecondLook);
    let seconds = header(&check(&app, content), "x-akismet-recheck-after")
        .unwrap()
        .parse::<u64>()
        .unwrap();
    assert!(
        seconds >= 14 * 86_400,
        "WordPress would publish after {seconds} s twice"
    );
}

#[test]
fn what_is_beyond_doubt_is_thrown_away_only_where_the_owner_wants_it() {
    let app = start();
    let blatant = format!("{SPAM} {SPAM} [url=http://casino-pills.example]viagra casino[/url]");
    let tip =
        |answer: &crate::harness::Answer| header(answer, "x-akismet-pro-tip").map(str::to_owned);
    assert_eq!(tip(&check(&app, &blatant)), None);
    let change = app
        .installation
        .site_settings("wordpress", |settings| settings.discard = true);
    block_on(change).unwrap();
    assert_eq!(tip(&check(&app, HONEST)), None);
    let answer = check(&app, &blatant);
    says(&answer, "true");
    assert_eq!(tip(&answer).as_deref(), Some("discard"));
}

#[test]
fn a_store_that_fails_makes_holds_and_publishes_nothing() {
    // Room for the site, and for no comment.
    let app = TestApp::start_in(640 * 1024);
    add(&app, "wordpress", BLOG);
    let long = "word ".repeat(60_000);
    let answer = check(&app, &long);
    says(&answer, "false");
    assert_eq!(header(&answer, "x-akismet-error"), Some("held"));
    assert!(header(&answer, "x-akismet-guid").is_some());
    assert_eq!(header(&answer, "x-hamgate-verdict"), Some("hold"));
    let report = call(&app, "submit-spam", &[("comment_content", &long)]);
    assert_eq!(report.status, 503, "a report that was not learnt says so");
}
