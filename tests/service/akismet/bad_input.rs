//! Whatever is sent, the answer is one of the protocol, with an id.

use super::{BLOG, KEY, add, call, check, header, posts, says, start};
use crate::harness::{HONEST, SPAM, block_on, send};

#[test]
fn a_minimal_or_empty_check_is_false_and_has_an_id() {
    let app = start();
    for fields in [
        &[][..],
        &[("user_ip", "192.0.2.7")],
        &[("user_ip", ""), ("comment_content", "")],
        &[
            ("akismet_pre_check", "1"),
            ("comment_type", "pingback"),
            ("comment_author_url", "http://casino-pills.example"),
        ],
    ] {
        let answer = call(&app, "comment-check", fields);
        says(&answer, "false");
        assert!(header(&answer, "x-akismet-guid").is_some());
    }
}

#[test]
fn without_key_or_blog_the_answer_names_what_is_missing() {
    let app = start();
    for (form, body, help) in [
        (&[("blog", BLOG)][..], "invalid", "Empty \"api_key\" value"),
        (
            &[("api_key", KEY)],
            "Missing required field: blog.",
            "Empty \"blog\" value",
        ),
        (
            &[("api_key", KEY), ("blog", "")],
            "Missing required field: blog.",
            "Empty \"blog\" value",
        ),
        (
            &[("api_key", "0123456789a"), ("blog", BLOG)],
            "invalid",
            "Invalid key",
        ),
        (
            &[("api_key", "0123456789abc"), ("blog", BLOG)],
            "invalid",
            "Invalid key",
        ),
        (
            &[("api_key", KEY), ("blog", "https://other.example")],
            "invalid",
            "The key is not for this blog; `hamgate sites list` shows whose it is",
        ),
        (
            &[
                ("api_key", KEY),
                ("blog", "https://wordpress.example/below"),
            ],
            "invalid",
            "The key is not for this blog; `hamgate sites list` shows whose it is",
        ),
        (
            &[("api_key", KEY), ("blog", "not an address")],
            "invalid",
            "We were unable to parse your blog URI",
        ),
    ] {
        let answer = send(posts(&app, "/1.1/comment-check").form(form));
        says(&answer, body);
        assert_eq!(header(&answer, "x-akismet-debug-help"), Some(help));
        assert!(header(&answer, "x-akismet-guid").is_some());
    }
}

#[test]
fn sites_that_share_a_key_are_told_apart_by_the_blog_and_a_revoked_one_is_gone() {
    let app = start();
    add(&app, "second", "https://second.example/blog");
    let form = [
        ("api_key", KEY),
        ("blog", "http://www.second.example/blog/"),
        ("comment_content", HONEST),
    ];
    let answer = send(posts(&app, "/1.1/comment-check").form(&form));
    says(&answer, "false");
    let site = block_on(app.installation.site("second")).unwrap();
    let id =
        hamgate::domain::CommentId(header(&answer, "x-akismet-guid").unwrap().parse().unwrap());
    assert!(block_on(app.installation.comment(&site, id)).is_ok());
    app.revoke("second");
    says(
        &send(posts(&app, "/1.1/comment-check").form(&form)),
        "invalid",
    );
    says(&check(&app, HONEST), "false");
}

#[test]
fn odd_bodies_are_read_or_refused_in_the_protocol() {
    let app = start();
    let body = |bytes: &[u8]| {
        let request = posts(&app, "/1.1/comment-check")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(bytes.to_vec());
        send(request)
    };
    let start = format!("api_key={KEY}&blog={BLOG}&user_ip=192.0.2.7");
    let spam = SPAM.replace(' ', "+").replace('&', "%26");
    says(
        &body(format!("{start}&comment_content=nothing&comment_content={spam}").as_bytes()),
        "true",
    );
    says(
        &body(
            format!(
                "{start}&comment_author_url&comment_content={}%",
                HONEST.replace(' ', "+")
            )
            .as_bytes(),
        ),
        "false",
    );
    let latin = [
        start.as_bytes(),
        b"&blog_charset=ISO-8859-1&comment_content=caf\xe9",
    ]
    .concat();
    assert_eq!(body(&latin).status, 200);
    let long = format!("{start}&comment_content={}", "word+".repeat(200_000));
    assert!(["true", "false"].contains(&body(long.as_bytes()).text.as_str()));
    let too_long = body(format!("{start}&comment_content={}", "word+".repeat(500_000)).as_bytes());
    says(&too_long, "false");
    assert_eq!(header(&too_long, "x-akismet-error"), Some("held"));

    let compressed = posts(&app, "/1.1/comment-check")
        .header("content-encoding", "gzip")
        .body(start.clone());
    let compressed = send(compressed);
    says(&compressed, "invalid");
    assert!(
        header(&compressed, "x-akismet-debug-help")
            .unwrap()
            .contains("compressed")
    );
    assert!(header(&compressed, "x-akismet-guid").is_some());

    let part = |name: &str, value: &str| {
        format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let multipart = [
        part("api_key", KEY),
        part("blog", BLOG),
        part("comment_content", SPAM),
        "--x--\r\n".into(),
    ]
    .concat();
    let multiparts = |body: String| {
        let request = posts(&app, "/1.1/comment-check")
            .header("content-type", "multipart/form-data; boundary=x");
        send(request.body(body))
    };
    says(&multiparts(multipart.clone()), "true");
    says(
        &multiparts(multipart[..multipart.len() - 20].to_owned()),
        "invalid",
    );
}

#[test]
fn unknown_calls_are_no_routes() {
    let app = start();
    assert_eq!(send(posts(&app, "/1.1/no-such-call")).status, 404);
    assert_eq!(send(posts(&app, "/1.3/comment-check")).status, 404);
}
