//! Reports without an id find their comment.

use hamgate::domain::DecisionKind;
use hamgate::service::NewDecision;

use super::{THANKS, call, check, header, says, start};
use crate::harness::{HONEST, SPAM, TestApp, block_on};

fn decided(app: &TestApp, guid: &str) -> Vec<(String, String)> {
    let site = block_on(app.installation.site("wordpress")).unwrap();
    let id = hamgate::domain::CommentId(guid.parse().unwrap());
    let detail = block_on(app.installation.comment(&site, id)).unwrap();
    let decisions = detail.decisions.iter();
    decisions
        .map(|decision| (decision.decision.as_str().to_owned(), decision.by.clone()))
        .collect()
}

#[test]
fn a_report_closes_the_entry_of_its_comment_once() {
    let app = start();
    let author = [
        ("user_ip", "192.0.2.7"),
        ("comment_author", "Ada"),
        ("comment_author_email", "ada@mail.example"),
    ];
    let with = |content| [&author[..], &[("comment_content", content)]].concat();
    let first = call(&app, "comment-check", &with(HONEST));
    let guid = header(&first, "x-akismet-guid").unwrap().to_owned();
    for _ in 0..2 {
        says(&call(&app, "submit-spam", &with(HONEST)), THANKS);
    }
    assert_eq!(decided(&app, &guid), [("reject".into(), "blog".into())]);

    // Weeks later, from the database: markup filtered, the address forgotten.
    let filtered = format!("<p>{}</p>", HONEST.replace("cold", "<b>cold</b>"));
    let later = [
        ("comment_author_email", "ADA@mail.example"),
        ("comment_content", filtered.as_str()),
    ];
    says(&call(&app, "submit-ham", &later), THANKS);
    assert_eq!(decided(&app, &guid).last().unwrap().0, "accept");
}

#[test]
fn a_click_that_comes_again_undoes_no_later_decision() {
    let app = start();
    let fields = [("user_ip", "192.0.2.7"), ("comment_content", HONEST)];
    let guid = header(&check(&app, HONEST), "x-akismet-guid")
        .unwrap()
        .to_owned();
    says(&call(&app, "submit-spam", &fields), THANKS);
    let site = block_on(app.installation.site("wordpress")).unwrap();
    let id = hamgate::domain::CommentId(guid.parse().unwrap());
    let accept = NewDecision {
        decision: DecisionKind::Accept,
        learn: true,
        why: None,
        note: None,
        by: "ada".into(),
        seen: None,
    };
    block_on(app.installation.decide(&site, id, accept)).unwrap();
    says(&call(&app, "submit-spam", &fields), THANKS);
    let last = decided(&app, &guid).pop().unwrap();
    assert_eq!(last, ("accept".into(), "ada".into()));
}

#[test]
fn a_report_with_an_id_needs_no_text_and_sees_its_own_site_only() {
    let app = start();
    let guid = header(&check(&app, HONEST), "x-akismet-guid")
        .unwrap()
        .to_owned();
    says(&call(&app, "submit-spam", &[("guid", &guid)]), THANKS);
    assert_eq!(decided(&app, &guid), [("reject".into(), "blog".into())]);
    // A site that shares the key reports by another's id: learnt from its text.
    super::add(&app, "second", "https://second.example");
    let form = [
        ("api_key", super::KEY),
        ("blog", "https://second.example"),
        ("guid", &guid),
        ("comment_content", HONEST),
    ];
    let answer = crate::harness::send(super::posts(&app, "/1.1/submit-ham").form(&form));
    says(&answer, THANKS);
    assert_eq!(decided(&app, &guid).len(), 1);
    assert_eq!(block_on(app.installation.samples()).unwrap().len(), 2);
}

#[test]
fn a_comment_that_was_never_checked_is_learnt_from_its_text() {
    let app = start();
    let fields = [("user_ip", "192.0.2.7"), ("comment_content", SPAM)];
    for _ in 0..2 {
        says(&call(&app, "submit-spam", &fields), THANKS);
    }
    let samples = block_on(app.installation.samples()).unwrap();
    assert_eq!(samples.len(), 1, "twice is once");
    assert_eq!(samples[0].comment.content, SPAM);
    says(&call(&app, "submit-spam", &[]), THANKS);
    assert_eq!(block_on(app.installation.samples()).unwrap().len(), 1);
}

#[test]
fn a_recheck_updates_the_comment_and_is_no_copy_of_itself() {
    let app = start();
    let first = check(&app, HONEST);
    let guid = header(&first, "x-akismet-guid").unwrap();
    says(
        &call(
            &app,
            "submit-spam",
            &[("user_ip", "192.0.2.7"), ("comment_content", HONEST)],
        ),
        THANKS,
    );
    let again = call(
        &app,
        "comment-check",
        &[
            ("user_ip", "192.0.2.7"),
            ("comment_content", HONEST),
            ("recheck_reason", "recheck_queue"),
        ],
    );
    assert_eq!(header(&again, "x-akismet-guid"), Some(guid));
    says(&again, "false");
    assert!(
        !header(&again, "x-hamgate-reason")
            .unwrap()
            .contains("nearly the same")
    );
}
