//! Each field missing, empty, doubled, far too long or of another type; and
//! what of a form is kept.

use hamgate::domain::{Comment, CommentId, HoldAnswer};

use super::{BLOG, KEY, call, header, posts, says, set_hold, start};
use crate::harness::{Answer, HONEST, TestApp, block_on, send};

/// A comment as WordPress sends it, with a filled trap of the plugin's.
const FORM: [(&str, &str); 31] = [
    ("api_key", KEY),
    ("blog", BLOG),
    ("user_ip", "192.0.2.7"),
    (
        "user_agent",
        "Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0",
    ),
    ("referrer", "https://wordpress.example/bread/"),
    ("permalink", "https://wordpress.example/bread/"),
    ("comment_type", "comment"),
    ("content_type", "reply"),
    ("comment_author", "Ada"),
    ("comment_author_email", "ada@mail.example"),
    ("comment_author_url", "https://ada.example"),
    ("comment_content", HONEST),
    ("comment_date_gmt", "2026-11-23 09:00:45"),
    ("comment_post_modified_gmt", "2026-11-20 09:00:45"),
    ("comment_parent", "12"),
    ("comment_post_ID", "7"),
    ("comment_ID", "99"),
    ("user_ID", "0"),
    ("user_role", "subscriber"),
    ("blog_lang", "en_US"),
    ("blog_charset", "UTF-8"),
    ("is_test", "False"),
    ("recheck_reason", "edit"),
    ("comment_context[0]", "bread"),
    ("comment_context[1]", "baking"),
    (
        "callback",
        "https://wordpress.example/wp-json/akismet/v1/webhook",
    ),
    ("honeypot_field_name", "POST_password"),
    ("POST_password", "canary-password"),
    ("HTTP_AUTHORIZATION", "canary-token"),
    ("POST_ak_js", "1795424445000"),
    ("POST_ak_bfs", "1795424485000"),
];

fn checked(app: &TestApp, form: &[(&str, &str)]) -> Answer {
    send(posts(app, "/1.1/comment-check").form(form))
}

fn kept(app: &TestApp, answer: &Answer) -> Comment {
    let id = CommentId(header(answer, "x-akismet-guid").unwrap().parse().unwrap());
    let site = block_on(app.installation.site("wordpress")).unwrap();
    let detail = block_on(app.installation.comment(&site, id)).unwrap();
    detail.listed.comment
}

#[track_caller]
fn is_defined(answer: &Answer, changed: &str, how: &str) {
    let id = header(answer, "x-akismet-guid").unwrap_or_default();
    assert!(id.parse::<uuid::Uuid>().is_ok(), "{changed} {how}: no id");
    assert_eq!(answer.status, 200, "{changed} {how}");
    let expected = match (changed, how) {
        ("blog", "missing" | "empty") => "Missing required field: blog.",
        ("api_key" | "blog", "doubled") => "false",
        ("api_key" | "blog", _) => "invalid",
        _ => "false",
    };
    assert_eq!(answer.text, expected, "{changed} {how}");
    let helped = header(answer, "x-akismet-debug-help").is_some();
    assert_eq!(helped, expected != "false", "{changed} {how}");
}

#[test]
fn every_field_may_be_missing_empty_doubled_or_of_another_type() {
    let app = start();
    for (changed, sent) in FORM {
        let without: Vec<_> = FORM
            .into_iter()
            .filter(|(name, _)| *name != changed)
            .collect();
        is_defined(&checked(&app, &without), changed, "missing");
        for (how, value) in [
            ("empty", ""),
            ("an array", "[1, 2]"),
            ("a number", "-1e999"),
            ("control characters", "\u{0}\u{1b}[31m\u{fffd}"),
        ] {
            // A comment's text may be any, and then there is little honest in it.
            if changed == "comment_content" && how != "empty" {
                continue;
            }
            let form = [&without[..], &[(changed, value)]].concat();
            is_defined(&checked(&app, &form), changed, how);
        }
        let doubled = [
            &[(changed, "the first one")][..],
            &without,
            &[(changed, sent)],
        ]
        .concat();
        is_defined(&checked(&app, &doubled), changed, "doubled");
    }
}

#[test]
fn every_field_may_be_a_megabyte() {
    let app = start();
    let long = "long ".repeat(200_000);
    for (changed, _) in FORM {
        let mut form: Vec<_> = FORM
            .into_iter()
            .filter(|(name, _)| *name != changed)
            .collect();
        form.push((changed, &long));
        let answer = checked(&app, &form);
        if changed == "comment_content" {
            assert!(matches!(answer.text.as_str(), "true" | "false"));
            assert!(header(&answer, "x-akismet-guid").is_some());
        } else {
            is_defined(&answer, changed, "a megabyte");
        }
    }
}

#[test]
fn what_is_known_evidence_is_kept_and_nothing_else() {
    let app = start();
    let kept_of = |answer| kept(&app, &answer);
    let comment = kept_of(checked(&app, &FORM));
    assert_eq!(comment.content, HONEST);
    let author = &comment.author;
    assert_eq!(author.email.as_deref(), Some("ada@mail.example"));
    assert_eq!(author.role.as_deref(), Some("subscriber"));
    assert_eq!(comment.kind.as_deref(), Some("comment"));
    assert_eq!(comment.post.tags, ["bread", "baking"]);
    assert_eq!(comment.post.language.as_deref(), Some("en-US"));
    assert_eq!(comment.form.seconds, Some(40.0));
    assert_eq!(comment.form.javascript, Some(true));
    assert_eq!(comment.form.honeypot, None, "a password is no trap");

    let content = [("user_ip", "192.0.2.7"), ("comment_content", HONEST)];
    let one = |field| {
        kept_of(call(
            &app,
            "comment-check",
            &[&content[..], &[field]].concat(),
        ))
    };
    assert_eq!(
        one(("content_type", "reply")).kind.as_deref(),
        Some("reply")
    );
    assert_eq!(one(("comment_context[]", "bread")).post.tags, ["bread"]);
    assert_eq!(one(("comment_context", "bread")).post.tags, ["bread"]);
    assert_eq!(one(("referrer", "unknown")).referrer, None);
    let at = one(("comment_date_gmt", "1795424445")).submitted_at;
    assert_eq!(at, "2026-11-23T09:00:45Z".parse().ok());
    let latin = format!(
        "api_key={KEY}&blog={BLOG}&blog_charset=ISO-8859-1&comment_content=Ein+sch%F6nes+Brot"
    );
    let latin = send(posts(&app, "/1.1/comment-check").body(latin));
    assert_eq!(kept_of(latin).content, "Ein schönes Brot");
}

#[test]
fn neither_the_key_nor_what_other_forms_sent_is_on_the_disk() {
    let app = start();
    checked(&app, &FORM);
    for trap in ["api_key", "HTTP_AUTHORIZATION"] {
        let fields = [
            ("comment_content", HONEST),
            ("HTTP_AUTHORIZATION", "canary-token"),
            ("honeypot_field_name", trap),
        ];
        call(&app, "comment-check", &fields);
        call(&app, "submit-spam", &fields);
    }
    for file in std::fs::read_dir(app.data_directory()).unwrap() {
        let path = file.unwrap().path();
        let content = std::fs::read(&path).unwrap();
        for secret in ["canary-", KEY] {
            let mut windows = content.windows(secret.len());
            let found = windows.any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} is in {}", path.display());
        }
    }
}

#[test]
fn without_text_or_author_and_by_an_administrator_it_is_never_spam() {
    let app = start();
    set_hold(&app, HoldAnswer::Spam);
    for fields in [
        &[("user_ip", "192.0.2.7")][..],
        &[
            ("user_role", "administrator"),
            ("comment_author", "Casino Viagra"),
        ],
    ] {
        let answer = call(&app, "comment-check", fields);
        says(&answer, "false");
        assert_eq!(header(&answer, "x-hamgate-verdict"), Some("accept"));
    }
}
