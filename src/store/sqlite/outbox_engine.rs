//! The SQLite engine's outbox: hands each call to the writer or a reader.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::engine::SqliteStore;
use super::{deliveries, webhooks};
use crate::domain::{SiteId, WebhookId};
use crate::secret::Sealed;
use crate::store::{
    Attempt, Claim, LoggedAttempt, Message, NewWebhook, Outbox, Secrets, StoreError, Then, Webhook,
};

#[async_trait]
impl Outbox for SqliteStore {
    async fn add_webhook(&self, webhook: NewWebhook) -> Result<Webhook, StoreError> {
        self.writer
            .run(move |connection| webhooks::add(connection, &webhook))
            .await
    }

    async fn webhooks(&self, site: Option<SiteId>) -> Result<Vec<Webhook>, StoreError> {
        self.readers
            .long(move |connection| webhooks::list(connection, site))
            .await
    }

    async fn webhook(
        &self,
        id: WebhookId,
        now: Timestamp,
    ) -> Result<(Webhook, Secrets), StoreError> {
        self.readers
            .short(|connection| webhooks::with_secrets(connection, id, now))
    }

    async fn rotate_webhook(
        &self,
        id: WebhookId,
        secret: Sealed,
        old_until: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| webhooks::rotate(connection, id, &secret, old_until))
            .await
    }

    async fn pause_webhook(&self, id: WebhookId, now: Timestamp) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| webhooks::pause(connection, id, now))
            .await
    }

    async fn remove_webhook(&self, id: WebhookId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| webhooks::remove(connection, id))
            .await
    }

    async fn claim(&self, claim: Claim) -> Result<Vec<Message>, StoreError> {
        let any = self
            .readers
            .long(move |connection| deliveries::any_due(connection, &claim))
            .await?;
        if !any {
            return Ok(Vec::new());
        }
        self.writer
            .run(move |connection| deliveries::claim(connection, &claim))
            .await
    }

    async fn settle(
        &self,
        holder: Uuid,
        message: Uuid,
        attempt: Attempt,
        then: Then,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| deliveries::settle(connection, holder, message, &attempt, then))
            .await
    }

    async fn release(&self, holder: Uuid) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| deliveries::release(connection, holder))
            .await
    }

    async fn retry_messages(
        &self,
        site: SiteId,
        webhook: Option<WebhookId>,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.writer
            .run(move |connection| deliveries::retry(connection, site, webhook, now))
            .await
    }

    async fn attempts(
        &self,
        site: SiteId,
        webhook: Option<WebhookId>,
        limit: usize,
    ) -> Result<Vec<LoggedAttempt>, StoreError> {
        self.readers
            .long(move |connection| deliveries::log(connection, site, webhook, limit))
            .await
    }
}
