//! Messages as they are sent.

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::Serialize;
use uuid::Uuid;

use super::signature::{SigningKey, signatures};
use crate::domain::WebhookId;

/// The event by which an owner tries a webhook.
const TEST_EVENT: &str = "webhook.test";

/// The body, after the Standard Webhooks specification.
#[derive(Serialize)]
struct Body<'b, D> {
    #[serde(rename = "type")]
    kind: &'b str,
    /// When it happened, not when it is sent.
    timestamp: Timestamp,
    data: D,
}

/// The `data` of [`TEST_EVENT`].
#[derive(Serialize)]
struct TestData<'t> {
    webhook_id: WebhookId,
    site: &'t str,
}

/// A message's body; it is the same at every attempt.
pub(super) fn body(kind: &str, at: Timestamp, data: impl Serialize) -> String {
    let body = Body {
        kind,
        timestamp: at,
        data,
    };
    serde_json::to_string(&body).expect("an event has a JSON form")
}

pub(super) fn test_body(webhook: WebhookId, site: &str, at: Timestamp) -> String {
    let data = TestData {
        webhook_id: webhook,
        site,
    };
    body(TEST_EVENT, at, data)
}

/// The headers of an attempt at `now`, with a signature for each secret.
pub(super) fn headers(id: Uuid, now: Timestamp, body: &str, keys: &[SigningKey]) -> HeaderMap {
    let id = format!("msg_{}", id.simple());
    let timestamp = now.as_second();
    let mut headers = HeaderMap::new();
    let mut put = |name, value: &str| {
        let value = HeaderValue::from_str(value).expect("digits, letters and base64 only");
        headers.insert(name, value);
    };
    put("webhook-signature", &signatures(keys, &id, timestamp, body));
    put("webhook-timestamp", &timestamp.to_string());
    put("webhook-id", &id);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers
}
