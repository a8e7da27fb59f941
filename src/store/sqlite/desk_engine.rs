//! The SQLite engine for what moderators do at the desk: hands each call to the
//! writer or a reader.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::engine::SqliteStore;
use super::{audits, bulk, surroundings, trust};
use crate::domain::{CommentId, Decision, SiteId, Verdict};
use crate::store::{
    Around, AuditTally, Audits, Bulk, BulkOutcome, BulkState, DecisionWrite, NewTrust, StoreError,
    StoredComment, Surroundings, TrustEntry, TrustLists,
};

/// Decisions of a bulk that are one job of the writer: comments are checked in
/// between.
const STEP: usize = 50;

#[async_trait]
impl Audits for SqliteStore {
    async fn audit_queue(
        &self,
        site: SiteId,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Vec<StoredComment>, StoreError> {
        self.readers
            .long(move |connection| audits::queue(connection, site, after, limit))
            .await
    }

    async fn audit_open(&self, site: SiteId) -> Result<u64, StoreError> {
        self.readers
            .long(move |connection| audits::open(connection, site))
            .await
    }

    async fn audit_answer(
        &self,
        decision: DecisionWrite,
    ) -> Result<(Decision, Verdict), StoreError> {
        self.writer
            .run(move |connection| audits::answer(connection, decision))
            .await
    }

    async fn audit_tallies(
        &self,
        site: SiteId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<[AuditTally; 2], StoreError> {
        self.readers
            .long(move |connection| audits::tallies(connection, site, from, until))
            .await
    }
}

#[async_trait]
impl Bulk for SqliteStore {
    async fn decide_many(
        &self,
        bulk: Uuid,
        decisions: Vec<DecisionWrite>,
    ) -> Result<BulkOutcome, StoreError> {
        let mut whole = BulkOutcome::default();
        let mut decisions = decisions.into_iter();
        loop {
            let step: Vec<DecisionWrite> = decisions.by_ref().take(STEP).collect();
            if step.is_empty() {
                return Ok(whole);
            }
            let part = self
                .writer
                .run(move |connection| bulk::decide(connection, bulk, step))
                .await?;
            whole.decided.extend(part.decided);
            whole.changed += part.changed;
            whole.absent += part.absent;
        }
    }

    async fn undo_many(
        &self,
        site: SiteId,
        bulk: Uuid,
        at: Timestamp,
    ) -> Result<BulkState, StoreError> {
        let (state, _) = self.bulk(site, bulk).await?;
        let decided = self
            .readers
            .long(move |connection| bulk::in_force(connection, site, bulk))
            .await?;
        for step in decided.chunks(STEP) {
            let step = step.to_vec();
            self.writer
                .run(move |connection| bulk::undo(connection, site, &step, at))
                .await?;
        }
        Ok(state)
    }

    async fn bulk(&self, site: SiteId, bulk: Uuid) -> Result<(BulkState, Decision), StoreError> {
        self.readers
            .long(move |connection| bulk::state(connection, site, bulk))
            .await
    }
}

#[async_trait]
impl Surroundings for SqliteStore {
    async fn around(&self, site: SiteId, ids: Vec<CommentId>) -> Result<Vec<Around>, StoreError> {
        self.readers
            .long(move |connection| surroundings::around(connection, site, &ids))
            .await
    }

    async fn alike_waiting(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Vec<StoredComment>, StoreError> {
        self.readers
            .long(move |connection| surroundings::alike_waiting(connection, site, id))
            .await
    }

    async fn some_comments(
        &self,
        site: SiteId,
        ids: Vec<CommentId>,
    ) -> Result<Vec<StoredComment>, StoreError> {
        self.readers
            .long(move |connection| surroundings::some(connection, site, &ids))
            .await
    }
}

#[async_trait]
impl TrustLists for SqliteStore {
    async fn add_trust(&self, new: NewTrust) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| trust::add(connection, &new))
            .await
    }

    async fn trust_list(&self, site: SiteId) -> Result<Vec<TrustEntry>, StoreError> {
        self.readers
            .long(move |connection| trust::list(connection, site))
            .await
    }

    async fn remove_trust(&self, site: SiteId, id: Uuid) -> Result<TrustEntry, StoreError> {
        self.writer
            .run(move |connection| trust::remove(connection, site, id))
            .await
    }
}
