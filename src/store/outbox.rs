//! What every store engine promises about webhooks and their outbox: the
//! messages that tell a blog what became of a comment.
//!
//! An event and its messages are one transaction: [`super::Store::decide`],
//! [`super::Store::undo_decision`], [`super::Store::label`] and
//! [`super::Store::record`] write both or neither.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::StoreError;
use crate::domain::{CommentEvent, CommentId, EventKind, SiteId, WebhookId};
use crate::secret::Sealed;

/// Where a blog that speaks Akismet's protocol wants to hear of a decision.
///
/// Akismet's guid of the comment is hamgate's `comment_id`, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    pub url: String,
    /// The blog's Akismet key, by which it knows who calls.
    pub key: Sealed,
    /// The blog's number of the post: it finds the comment faster by it.
    pub post_id: Option<String>,
}

/// A webhook to be made.
#[derive(Debug, Clone)]
pub struct NewWebhook {
    pub id: WebhookId,
    pub site: SiteId,
    pub url: String,
    pub events: Vec<EventKind>,
    pub secret: Sealed,
    pub at: Timestamp,
}

/// A webhook as listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Webhook {
    pub id: WebhookId,
    #[serde(skip)]
    pub site: SiteId,
    #[serde(rename = "site")]
    pub site_name: String,
    pub url: String,
    pub events: Vec<EventKind>,
    pub created_at: Timestamp,
    /// Since when nothing is sent, because the receiver answered 410 or the
    /// owner wanted it so.
    pub off_since: Option<Timestamp>,
    /// Until when the secret before the present one signs too.
    pub old_secret_until: Option<Timestamp>,
    /// Messages that are to be sent.
    pub waiting: u32,
    /// Messages that were given up.
    pub failed: u32,
}

/// The secrets that sign now, the present one first.
pub type Secrets = Vec<Sealed>;

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    Webhook {
        id: WebhookId,
        url: String,
        secrets: Secrets,
    },
    Akismet(Callback),
}

/// A message that was claimed: nobody else sends it until the lease ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The same at every attempt.
    pub id: Uuid,
    pub kind: EventKind,
    /// When it happened.
    pub at: Timestamp,
    pub event: CommentEvent,
    pub to: Recipient,
    /// Attempts that failed since the schedule began.
    pub step: u32,
}

/// What is claimed, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Of one run of one process.
    pub holder: Uuid,
    pub now: Timestamp,
    /// When another may claim what was not settled.
    pub until: Timestamp,
    /// How long a decision waits for being taken back.
    pub undo: Duration,
    /// At most this many.
    pub limit: usize,
    /// At most this many under way to one webhook, or to one site's callbacks.
    pub of_each: usize,
}

/// One try to deliver. Never a part of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    pub at: Timestamp,
    pub millis: u32,
    pub status: Option<u16>,
    /// Why it failed, as one of a few words.
    pub failure: Option<String>,
}

/// What becomes of a message after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Delivered,
    Again(Timestamp),
    GivenUp,
    /// The receiver wants no more: its webhook is switched off, and what waits
    /// for it is given up.
    Gone,
}

/// An attempt with the message that it was of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoggedAttempt {
    pub message: Uuid,
    /// `None` for Akismet's webhook.
    pub webhook: Option<WebhookId>,
    #[serde(rename = "type")]
    pub kind: EventKind,
    pub comment_id: CommentId,
    #[serde(flatten)]
    pub attempt: Attempt,
}

/// Webhooks and their outbox.
///
/// The messages of one comment to one recipient leave in the order of its
/// events: a later one is not claimed while an earlier one waits.
///
/// A message that has not been tried is folded into the next one of the same
/// comment and recipient, which then tells what was before both. If that is how
/// things stand again, and nobody has decided anew, neither is sent.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// `NotFound` if there is no such site.
    async fn add_webhook(&self, webhook: NewWebhook) -> Result<Webhook, StoreError>;
    /// Of one site or of all, oldest first.
    async fn webhooks(&self, site: Option<SiteId>) -> Result<Vec<Webhook>, StoreError>;
    /// One webhook with the secrets that sign at `now`.
    async fn webhook(
        &self,
        id: WebhookId,
        now: Timestamp,
    ) -> Result<(Webhook, Secrets), StoreError>;
    /// Signs with `secret` from now on, and with the one before until `old_until`.
    async fn rotate_webhook(
        &self,
        id: WebhookId,
        secret: Sealed,
        old_until: Timestamp,
    ) -> Result<(), StoreError>;
    /// Switches a webhook off: from now on it hears of nothing, and what waits
    /// for it is given up. [`Outbox::retry_messages`] switches it on again.
    async fn pause_webhook(&self, id: WebhookId, now: Timestamp) -> Result<(), StoreError>;
    /// Forgets a webhook, its messages and its log.
    async fn remove_webhook(&self, id: WebhookId) -> Result<(), StoreError>;

    /// Leases messages that are due, those due first first. Two claims never
    /// get the same message while a lease lasts, whichever process makes them.
    async fn claim(&self, claim: Claim) -> Result<Vec<Message>, StoreError>;
    /// Ends a lease with what came of it. `NotFound` if the message is no
    /// longer leased to `holder`, or was forgotten; then nothing is written.
    async fn settle(
        &self,
        holder: Uuid,
        message: Uuid,
        attempt: Attempt,
        then: Then,
    ) -> Result<(), StoreError>;
    /// Gives back what `holder` has claimed and will not send.
    async fn release(&self, holder: Uuid) -> Result<(), StoreError>;
    /// Makes what waits due at `now`, and what was given up wait again, unless
    /// a later message of the comment was delivered. A webhook that is named
    /// is switched on again. Returns how many messages are due.
    async fn retry_messages(
        &self,
        site: SiteId,
        webhook: Option<WebhookId>,
        now: Timestamp,
    ) -> Result<u64, StoreError>;
    /// The newest attempts of a site, newest first.
    async fn attempts(
        &self,
        site: SiteId,
        webhook: Option<WebhookId>,
        limit: usize,
    ) -> Result<Vec<LoggedAttempt>, StoreError>;
}
