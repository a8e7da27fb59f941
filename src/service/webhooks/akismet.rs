//! Akismet's own webhook, as its WordPress plugin takes it.

use std::collections::BTreeMap;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::domain::{CommentEvent, Verdict};

/// The plugin answers with a line for each comment.
pub(super) const ANSWER_BYTES: usize = 16 * 1024;

/// With this header the plugin does not report the change back as feedback.
pub(super) fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(CONTENT_TYPE, form);
    headers.insert("x-akismet-webhook", HeaderValue::from_static("1"));
    headers
}

/// The form. `key` is the only thing by which the blog knows who calls.
pub(super) fn form(key: &str, event: &CommentEvent, post_id: Option<&str>) -> String {
    let spam = event.outcome == Verdict::Reject;
    let mut form = Serializer::new(String::new());
    form.append_pair("key", key)
        .append_pair("endpoint", "comment-check")
        .append_pair("comments[0][guid]", &event.comment_id.to_string())
        .append_pair("comments[0][result]", if spam { "true" } else { "false" });
    if let Some(post_id) = post_id {
        form.append_pair("comments[0][comment_post_ID]", post_id);
    }
    form.finish()
}

/// What the plugin did with the comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    Done,
    /// It does not know the comment, or does not let it be changed.
    Refused,
    /// It says nothing of the comment.
    Unreadable,
}

#[derive(Deserialize)]
struct Answered {
    comments: BTreeMap<String, Status>,
}

#[derive(Deserialize)]
struct Status {
    status: String,
}

/// Reads the answer's body.
pub(super) fn reply(body: &[u8], event: &CommentEvent) -> Reply {
    let answered = serde_json::from_slice::<Answered>(body).ok();
    let of_comment = answered.and_then(|mut answered| {
        let guid = event.comment_id.to_string();
        answered.comments.remove(&guid)
    });
    match of_comment.as_ref().map(|one| one.status.as_str()) {
        Some("success") => Reply::Done,
        Some("error") => Reply::Refused,
        _ => Reply::Unreadable,
    }
}
