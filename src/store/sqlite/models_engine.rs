//! The SQLite engine for models: hands each call to the writer or a reader.

use async_trait::async_trait;
use jiff::Timestamp;

use super::engine::SqliteStore;
use super::{models, pinned, shadow, training};
use crate::domain::CommentId;
use crate::store::{
    LiveCounts, ModelEvent, ModelHash, ModelStore, NewPin, Pinned, Roles, ShadowCount,
    ShadowDifference, StoreError, StoredModel, Succession, TrainingLabel,
};

#[async_trait]
impl ModelStore for SqliteStore {
    async fn add_model(&self, model: StoredModel, event: ModelEvent) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| models::add(connection, &model, &event))
            .await
    }

    async fn models(&self) -> Result<Vec<StoredModel>, StoreError> {
        self.readers.long(models::all).await
    }

    async fn model_roles(&self) -> Result<Roles, StoreError> {
        self.readers.single(models::roles)
    }

    async fn succeed(&self, succession: Succession) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| models::succeed(connection, &succession))
            .await
    }

    async fn set_shadow(
        &self,
        shadow: Option<ModelHash>,
        event: ModelEvent,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| models::set_shadow(connection, shadow.as_ref(), &event))
            .await
    }

    async fn note_model_event(&self, event: ModelEvent) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| models::note(connection, &event))
            .await
    }

    async fn model_events(
        &self,
        of: Option<ModelHash>,
        limit: usize,
    ) -> Result<Vec<ModelEvent>, StoreError> {
        self.readers
            .long(move |connection| models::events(connection, of.as_ref(), limit))
            .await
    }

    async fn model_removed(&self, hash: ModelHash, at: Timestamp) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| models::removed(connection, &hash, at))
            .await
    }

    async fn add_shadow_verdicts(
        &self,
        shadow: ModelHash,
        counts: Vec<ShadowCount>,
        differences: Vec<ShadowDifference>,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| shadow::add(connection, &shadow, &counts, &differences))
            .await
    }

    async fn shadow_counts(&self, shadow: ModelHash) -> Result<Vec<ShadowCount>, StoreError> {
        self.readers
            .short(|connection| shadow::counts(connection, &shadow))
    }

    async fn shadow_differences(
        &self,
        shadow: ModelHash,
        limit: usize,
    ) -> Result<Vec<ShadowDifference>, StoreError> {
        self.readers
            .short(|connection| shadow::differences(connection, &shadow, limit))
    }

    async fn pin(&self, pin: NewPin, by: String, at: Timestamp) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| pinned::add(connection, &pin, &by, at))
            .await
    }

    async fn unpin(&self, pin: i64) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| pinned::remove(connection, pin))
            .await
    }

    async fn pinned(&self) -> Result<Vec<Pinned>, StoreError> {
        self.readers.long(pinned::all).await
    }

    async fn training_labels(
        &self,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Vec<TrainingLabel>, StoreError> {
        self.readers
            .long(move |connection| training::labels(connection, after, limit))
            .await
    }

    async fn label_changes(&self) -> Result<u64, StoreError> {
        self.readers.short(training::changes)
    }

    async fn live_counts(&self, since: Timestamp) -> Result<LiveCounts, StoreError> {
        self.readers
            .long(move |connection| training::live(connection, since))
            .await
    }
}
