//! The SQLite engine for forgetting: hands each call to the writer or a reader.

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::engine::SqliteStore;
use super::{erasures, forgetting, kept, mentions, rewrite, sample_sets};
use crate::domain::{CommentId, SiteId};
use crate::store::{
    Erasure, ErasureStore, Kept, Listed, ModelHash, Removed, Rewritten, Selected, Selection,
    StoreError, TaintedModel,
};

#[async_trait]
impl ErasureStore for SqliteStore {
    async fn find_to_erase(&self, selection: Selection) -> Result<Vec<Selected>, StoreError> {
        self.readers
            .long(move |connection| forgetting::find(connection, &selection))
            .await
    }

    async fn weigh_erasure(&self, found: Vec<Selected>) -> Result<Removed, StoreError> {
        self.readers
            .long(move |connection| forgetting::weigh(connection, &found))
            .await
    }

    async fn listed(&self, selection: Selection) -> Result<Vec<Listed>, StoreError> {
        self.readers
            .short(|connection| mentions::listed(connection, &selection))
    }

    async fn kept(&self, site: SiteId, id: CommentId) -> Result<Kept, StoreError> {
        self.readers
            .short(|connection| kept::read(connection, site, id))
    }

    async fn begin_erasure(&self, erasure: Erasure) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| erasures::begin(connection, &erasure))
            .await
    }

    async fn erase(&self, erasure: Uuid, found: Vec<Selected>) -> Result<(), StoreError> {
        let now = Timestamp::now();
        self.writer
            .run(move |connection| {
                let removed = forgetting::erase(connection, &found, now)?;
                erasures::add(connection, erasure, &removed)
            })
            .await
    }

    async fn erase_mentions(
        &self,
        erasure: Uuid,
        selection: Selection,
        pins: Vec<i64>,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                let removed = mentions::remove(connection, &selection, &pins)?;
                erasures::add(connection, erasure, &removed)
            })
            .await
    }

    async fn selection_done(&self, erasure: Uuid) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                mentions::forget_in_reports(connection)?;
                erasures::selection_done(connection, erasure)
            })
            .await
    }

    async fn erase_months(&self, erasure: Uuid, site: SiteId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                let removed = forgetting::erase_months(connection, site)?;
                erasures::add(connection, erasure, &removed)
            })
            .await
    }

    async fn finish_erasure(
        &self,
        erasure: Uuid,
        at: Timestamp,
        certificate: serde_json::Value,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| erasures::finish(connection, erasure, at, &certificate))
            .await
    }

    async fn erasure(&self, id: Uuid) -> Result<Erasure, StoreError> {
        self.readers
            .single(|connection| erasures::by_id(connection, id))
    }

    async fn unfinished_erasures(&self) -> Result<Vec<Erasure>, StoreError> {
        self.readers.single(erasures::unfinished)
    }

    async fn note_samples(
        &self,
        model: ModelHash,
        comments: Vec<CommentId>,
        others: u64,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| sample_sets::note(connection, &model, &comments, others))
            .await
    }

    async fn learnt_from(&self, found: Vec<Selected>) -> Result<Vec<ModelHash>, StoreError> {
        self.readers
            .long(move |connection| sample_sets::learnt_from(connection, &found))
            .await
    }

    async fn tainted_models(&self) -> Result<Vec<TaintedModel>, StoreError> {
        self.readers.single(sample_sets::tainted)
    }

    async fn model_forgotten(&self, model: ModelHash, at: Timestamp) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| sample_sets::forgotten(connection, &model, at))
            .await
    }

    async fn rewrite(&self, whole: bool) -> Result<Rewritten, StoreError> {
        let place = self.place.clone();
        spawn_blocking(move || rewrite::rewrite(&place, whole))
            .await
            .map_err(|_| StoreError::Unavailable("rewriting panicked".into()))?
    }
}
