//! One attempt: a message to its recipient, and what its answer means.

use std::time::Duration;

use jiff::Timestamp;

use super::akismet::{self, Reply};
use super::signature::SigningKey;
use super::{payload, schedule};
use crate::outbound::{Answer, Client, Failure};
use crate::secret::{Purpose, Sealed, Secret};
use crate::service::ServiceError;
use crate::store::{Callback, Message, Recipient, StoreError, Then, Webhook, fresh_id};

/// So much of a webhook's answer is read, that its connection ends in peace.
const ANSWER_BYTES: usize = 4 * 1024;

/// Sends what the courier has claimed.
#[derive(Clone)]
pub(super) struct Sender {
    pub client: Client,
    pub secret: Secret,
}

/// What came back of a test.
#[derive(Debug, Clone)]
pub struct TestReport {
    pub url: String,
    pub millis: u32,
    /// The status and the start of the body.
    pub answer: Result<(u16, String), Failure>,
}

/// What came of one attempt.
pub(super) struct Outcome {
    pub status: Option<u16>,
    /// Why it failed, in a word that the log keeps.
    pub failure: Option<String>,
    /// `None` for another try, when the schedule says.
    pub then: Option<Then>,
    /// How long the receiver asked to be left alone.
    pub asked: Option<Duration>,
}

impl Sender {
    pub(super) async fn send(&self, message: &Message, now: Timestamp) -> Outcome {
        match &message.to {
            Recipient::Webhook { url, secrets, .. } => {
                self.to_webhook(message, url, secrets, now).await
            }
            Recipient::Akismet(callback) => self.to_akismet(message, callback, now).await,
        }
    }

    /// The status and the start of the body that a signed test gets.
    pub(super) async fn test(
        &self,
        webhook: &Webhook,
        secrets: &[Sealed],
        now: Timestamp,
    ) -> Result<Result<(u16, String), Failure>, ServiceError> {
        let keys = self.opened(secrets).ok_or_else(|| {
            let whose = "a webhook's secret, sealed by another installation";
            StoreError::Corrupt(whose.into())
        })?;
        let body = payload::test_body(webhook.id, &webhook.site_name, now);
        let headers = payload::headers(fresh_id(), now, &body, &keys);
        let sent = self.client.post(&webhook.url, headers, body, ANSWER_BYTES);
        Ok(sent.await.map(|answer| {
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            (answer.status, body)
        }))
    }

    async fn to_webhook(
        &self,
        message: &Message,
        url: &str,
        secrets: &[Sealed],
        now: Timestamp,
    ) -> Outcome {
        let Some(keys) = self.opened(secrets) else {
            return Outcome::secret_lost();
        };
        let body = payload::body(message.kind.as_str(), message.at, &message.event);
        let headers = payload::headers(message.id, now, &body, &keys);
        match self.client.post(url, headers, body, ANSWER_BYTES).await {
            Ok(answer) => Outcome::of(&answer, now),
            Err(failure) => Outcome::unanswered(failure),
        }
    }

    async fn to_akismet(&self, message: &Message, callback: &Callback, now: Timestamp) -> Outcome {
        let key = self.secret.open(Purpose::AkismetKey, &callback.key);
        let Some(key) = key.and_then(|key| String::from_utf8(key).ok()) else {
            return Outcome::secret_lost();
        };
        let form = akismet::form(&key, &message.event, callback.post_id.as_deref());
        let headers = akismet::headers();
        let sent = self
            .client
            .post(&callback.url, headers, form, akismet::ANSWER_BYTES);
        let answer = match sent.await {
            Ok(answer) => answer,
            Err(failure) => return Outcome::unanswered(failure),
        };
        let outcome = Outcome::of(&answer, now);
        if outcome.then != Some(Then::Delivered) {
            return outcome;
        }
        let (failure, then) = match akismet::reply(&answer.body, &message.event) {
            Reply::Done => return outcome,
            Reply::Refused => ("refused_by_blog", Some(Then::GivenUp)),
            Reply::Unreadable => ("unreadable_answer", None),
        };
        Outcome {
            failure: Some(failure.to_owned()),
            then,
            ..outcome
        }
    }

    fn opened(&self, secrets: &[Sealed]) -> Option<Vec<SigningKey>> {
        let opened = secrets.iter().map(|sealed| {
            let bytes = self.secret.open(Purpose::WebhookSecret, sealed)?;
            Some(SigningKey::from_bytes(bytes))
        });
        opened.collect()
    }
}

impl Outcome {
    fn unanswered(failure: Failure) -> Self {
        Self {
            status: None,
            failure: Some(failure.to_string()),
            then: None,
            asked: None,
        }
    }

    /// It was sealed by another installation: no later try can open it.
    fn secret_lost() -> Self {
        Self {
            status: None,
            failure: Some("secret_lost".to_owned()),
            then: Some(Then::GivenUp),
            asked: None,
        }
    }

    /// By the status, as the specification suggests.
    fn of(answer: &Answer, now: Timestamp) -> Self {
        let (failure, then) = match answer.status {
            200..=299 => (None, Some(Then::Delivered)),
            300..=399 => (Some("redirect"), None),
            410 => (Some("gone"), Some(Then::Gone)),
            _ => (Some("status"), None),
        };
        let asked = answer.retry_after.as_deref();
        Self {
            status: Some(answer.status),
            failure: failure.map(str::to_owned),
            then,
            asked: asked.and_then(|header| schedule::retry_after(header, now)),
        }
    }
}
