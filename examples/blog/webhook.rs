//! hamgate's webhooks: a moderator decided, and the comment appears or goes.
//!
//! Signed after Standard Webhooks (https://www.standardwebhooks.com): an HMAC
//! of id, time and body with a secret that only hamgate and this blog have.

use actix_web::http::header::HeaderMap as RequestHeaders;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use anyhow::{Context, Result, ensure};
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
    /// Its form depends on the type.
    data: serde_json::Value,
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

/// A secret as hamgate shows it. The standard asks for 24 bytes or more; an
/// empty one would let everybody sign.
pub fn secret(text: &str) -> Result<Webhook> {
    let encoded = text.strip_prefix("whsec_").unwrap_or_default();
    ensure!(encoded.len() >= 32, "the webhook's secret is not whsec_…");
    Webhook::new(text).context("the webhook's secret")
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
    if !["comment.decided", "comment.verdict_changed"].contains(&event.kind.as_str()) {
        return HttpResponse::NoContent().finish();
    }
    let Ok(change) = serde_json::from_value::<CommentEvent>(event.data) else {
        return HttpResponse::BadRequest().finish();
    };
    let Some(id) = change.id else {
        return HttpResponse::NoContent().finish();
    };
    let (state, by_person) = (change.outcome.state(), change.decision.is_some());
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

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn headers(time: &str, signature: &str) -> RequestHeaders {
        [
            (HEADER_WEBHOOK_ID, "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            (HEADER_WEBHOOK_TIMESTAMP, time),
            (HEADER_WEBHOOK_SIGNATURE, signature),
        ]
        .into_iter()
        .map(|(name, value)| {
            let value = HeaderValue::from_str(value).unwrap();
            (HeaderName::from_static(name), value)
        })
        .collect()
    }

    fn signature(time: i64) -> String {
        let secret = Webhook::new(SECRET).unwrap();
        secret
            .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", time, BODY)
            .unwrap()
    }

    /// The example of https://github.com/standard-webhooks/standard-webhooks.
    #[test]
    fn signatures_are_those_of_the_standard() {
        assert_eq!(
            signature(1_614_265_330),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_secret_that_everybody_knows_is_refused() {
        for bad in [
            "",
            "whsec_",
            "whsec_AAAA",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ] {
            assert!(super::secret(bad).is_err(), "{bad}");
        }
        assert!(super::secret(SECRET).is_ok());
    }

    #[test]
    fn only_a_fresh_and_whole_message_is_believed() {
        let secret = Webhook::new(SECRET).unwrap();
        let now = Timestamp::now().as_second();
        let good = headers(&now.to_string(), &signature(now));
        assert!(verified(&secret, &good, BODY));
        // While a secret is changed, the old and the new one sign.
        let two = format!("v1,AAAA {}", signature(now));
        assert!(verified(&secret, &headers(&now.to_string(), &two), BODY));

        assert!(!verified(&secret, &good, br#"{"test": 2432232315}"#));
        assert!(!verified(&secret, &RequestHeaders::new(), BODY));
        let other = Webhook::new("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
        assert!(!verified(&other, &good, BODY));
        for late in [now - 301, now + 301] {
            let headers = headers(&late.to_string(), &signature(late));
            assert!(!verified(&secret, &headers, BODY), "{late}");
        }
        for time in ["", "x", "-9223372036854775808", "9223372036854775807"] {
            assert!(!verified(&secret, &headers(time, &signature(now)), BODY));
        }
    }
}
