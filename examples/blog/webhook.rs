//! hamgate's webhooks: a moderator decided, and the comment appears or goes.
//!
//! Signed after Standard Webhooks (https://www.standardwebhooks.com): an HMAC
//! of id, time and body with a secret that only hamgate and this blog have.

use actix_web::http::header::HeaderMap as RequestHeaders;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderValue};
use serde::Deserialize;
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook,
};

use crate::Blog;
use crate::hamgate::Verdict;

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    timestamp: Timestamp,
    data: CommentEvent,
}

#[derive(Deserialize)]
struct CommentEvent {
    /// The id that this blog gave with the comment.
    id: Option<String>,
    /// What to do with the comment now, all told.
    outcome: Verdict,
    /// What a person decided, if one did.
    decision: Option<Verdict>,
}

/// `POST /hamgate/webhook`. hamgate sends an event again until the answer is a
/// success, so what this blog has no use for is a success too.
pub async fn receive(blog: Data<Blog>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let Some(secret) = &blog.webhook else {
        return HttpResponse::NotFound().finish();
    };
    if !verified(secret, request.headers(), &body) {
        return HttpResponse::Unauthorized().finish();
    }
    let Ok(event) = serde_json::from_slice::<Event>(&body) else {
        return HttpResponse::BadRequest().finish();
    };
    let known = ["comment.decided", "comment.verdict_changed"];
    let Some(id) = event
        .data
        .id
        .filter(|_| known.contains(&event.kind.as_str()))
    else {
        return HttpResponse::NoContent().finish();
    };
    let (state, by_person) = (event.data.outcome.state(), event.data.decision.is_some());
    let kept = blog.comments.changed(id, state, by_person, event.timestamp);
    match kept.await {
        Ok(()) => HttpResponse::NoContent().finish(),
        Err(error) => {
            eprintln!("a webhook could not be kept, and will come again: {error}");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}

/// Whether hamgate signed this body, within the last five minutes.
fn verified(secret: &Webhook, headers: &RequestHeaders, body: &[u8]) -> bool {
    let mut signed = HeaderMap::new();
    for name in [
        HEADER_WEBHOOK_ID,
        HEADER_WEBHOOK_TIMESTAMP,
        HEADER_WEBHOOK_SIGNATURE,
    ] {
        let value = headers.get(name).map(|value| value.as_bytes());
        let Some(Ok(value)) = value.map(HeaderValue::from_bytes) else {
            return false;
        };
        signed.insert(name, value);
    }
    // standardwebhooks 1.0 subtracts the time before it checks the signature,
    // and that overflows for numbers which are no time.
    let time = signed[HEADER_WEBHOOK_TIMESTAMP].as_bytes();
    time.len() <= 12 && time.iter().all(u8::is_ascii_digit) && secret.verify(body, &signed).is_ok()
}
