//! Keys: where they stand, how they are written, whose they are, and guessed.

use super::{BLOG, KEY, add, call, check, header, json, posts, says, start};
use crate::harness::{HONEST, block_on, send};

const CALLS: [&str; 12] = [
    "verify-key",
    "comment-check",
    "submit-spam",
    "submit-ham",
    "get-subscription",
    "get-stats",
    "get-key-stats",
    "deactivate",
    "token",
    "usage-limit",
    "key-sites",
    "verify-wpcom-key",
];

#[test]
fn every_call_is_there_under_both_versions_and_below_a_key() {
    let app = start();
    let form = [("blog", BLOG), ("user_ip", "192.0.2.7")];
    for call in CALLS {
        let bodies: Vec<String> = ["1.1", "1.2"]
            .map(|version| format!("/{KEY}/{version}/{call}"))
            .iter()
            .map(|path| {
                let answer = send(posts(&app, path).form(&form));
                assert_eq!(answer.status, 200, "{path}");
                assert_ne!(answer.text, "invalid", "{path}");
                assert_eq!(header(&answer, "x-akismet-debug-help"), None, "{path}");
                answer.text
            })
            .collect();
        assert_eq!(bodies[0], bodies[1], "{call}");
        let keyless = send(posts(&app, &format!("/1.1/{call}")).form(&form));
        if call != "verify-wpcom-key" {
            says(&keyless, "invalid");
            let help = header(&keyless, "x-akismet-debug-help");
            assert_eq!(help, Some("Empty \"api_key\" value"), "{call}");
        }
    }
}

#[test]
fn hosts_of_any_form_are_read() {
    let app = start();
    let labels = "a.".repeat(300) + "example";
    for (host, alone) in [
        (format!("{KEY}.rest.example"), "false"),
        (format!("{}.rest.example:443", KEY.to_uppercase()), "false"),
        ("[::1]:8080".to_owned(), "invalid"),
        ("[2001:db8::1]".to_owned(), "invalid"),
        ("192.0.2.1:80".to_owned(), "invalid"),
        (format!("{}.rest.example", &KEY[1..]), "invalid"),
        (format!("{KEY}c.rest.example"), "invalid"),
        (labels.clone(), "invalid"),
        (format!("{KEY}.{labels}"), "false"),
    ] {
        for (key, expected) in [("", alone), (KEY, "false")] {
            let form = format!("api_key={key}&blog={BLOG}&user_ip=192.0.2.7");
            let mut client = app.connect();
            let head = format!(
                "POST /1.1/comment-check HTTP/1.1\r\nHost: {host}\r\nContent-Type: \
                 application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
                form.len()
            );
            client.write(&head).unwrap();
            let answer = client.answer();
            assert!(answer.starts_with("HTTP/1.1 200 "), "{host}: {answer}");
            assert!(
                answer.ends_with(&format!("\r\n\r\n{expected}")),
                "{host}: {answer}"
            );
            assert!(answer.contains("\r\nx-akismet-guid: "), "{host}: {answer}");
        }
    }
}

#[test]
fn a_key_is_12_hexadecimal_digits_in_any_case() {
    let app = start();
    let upper = KEY.to_uppercase();
    let form = |key| [("key", key), ("blog", BLOG)];
    says(
        &send(posts(&app, "/1.1/verify-key").form(&form(&upper))),
        "valid",
    );
    for wrong in [&KEY[1..], "0123456789abc", "0123456789ag", "………", &app.key] {
        let answer = send(posts(&app, "/1.1/verify-key").form(&form(wrong)));
        says(&answer, "invalid");
        assert_eq!(header(&answer, "x-akismet-debug-help"), Some("Invalid key"));
    }
}

#[test]
fn guessing_is_answered_ever_later_and_locks_nobody_out() {
    let app = start();
    for guess in 0..11 {
        let key = format!("{guess:012x}");
        let answer =
            send(posts(&app, "/1.1/comment-check").form(&[("key", &*key), ("blog", BLOG)]));
        says(&answer, "invalid");
        assert!(header(&answer, "x-akismet-guid").is_some());
        assert_eq!(header(&answer, "x-akismet-error"), None);
    }
    says(&check(&app, HONEST), "false");
    says(&call(&app, "verify-key", &[]), "valid");
}

#[test]
fn the_sites_of_a_key_are_listed_in_order_and_in_parts() {
    let app = start();
    add(&app, "second", "https://second.example/blog");
    let elsewhere = [
        ("api_key", KEY),
        ("blog", "second.example/Blog/"),
        ("comment_content", HONEST),
    ];
    says(
        &send(posts(&app, "/1.1/comment-check").form(&elsewhere)),
        "false",
    );
    for _ in 0..2 {
        check(&app, HONEST);
    }
    let listed = |fields: &[(&str, &str)]| {
        let answer = json(&call(&app, "key-sites", fields));
        let month = answer
            .as_object()
            .unwrap()
            .iter()
            .find(|(key, _)| key.starts_with("20"));
        let sites = month.unwrap().1.as_array().unwrap();
        let names = sites
            .iter()
            .map(|site| site["site"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>(), answer["total"].as_u64().unwrap())
    };
    let (first, second) = (
        "wordpress.example".to_owned(),
        "second.example/blog".to_owned(),
    );
    assert_eq!(listed(&[]), (vec![first.clone(), second.clone()], 2));
    assert_eq!(
        listed(&[("order", "spam")]).0,
        [second.clone(), first.clone()]
    );
    assert_eq!(listed(&[("limit", "1")]), (vec![first], 2));
    assert_eq!(listed(&[("offset", "1")]), (vec![second.clone()], 2));
    assert_eq!(listed(&[("filter", "second")]), (vec![second], 1));
    assert_eq!(listed(&[("month", "2020-01")]), (vec![], 0));
    for month in ["limit", "2026-13", "202-001", "2026-11-01"] {
        says(&call(&app, "key-sites", &[("month", month)]), "invalid");
    }
    let csv = call(&app, "key-sites", &[("format", "csv"), ("limit", "1")]);
    assert_eq!(
        header(&csv, "content-type"),
        Some("text/csv; charset=utf-8")
    );
    let mut lines = csv.text.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with(&format!("Active sites for {KEY} during 20"))
    );
    assert_eq!(lines.nth(1), Some("wordpress.example,2,0,2,0,0,false"));
    assert_eq!(lines.next(), None);
}

#[test]
fn counts_outlive_the_comments() {
    let app = start();
    check(&app, HONEST);
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * 400);
    assert_eq!(block_on(app.installation.purge(later)).unwrap(), 1);
    assert_eq!(json(&call(&app, "get-stats", &[]))["ham"], "1");
}
