//! Hands each call about days and about past decisions to a reader.

use async_trait::async_trait;
use jiff::Timestamp;

use super::engine::SqliteStore;
use super::{days, decision_log, newest};
use crate::domain::{Day, SiteId};
use crate::store::{
    DayTally, Days, DecisionLog, JudgedComment, LabelledJudgement, LogFilter, LoggedDecision,
    QueueAges, Rating, StoreError,
};

#[async_trait]
impl Days for SqliteStore {
    async fn days(&self, site: SiteId, since: Day) -> Result<Vec<DayTally>, StoreError> {
        self.readers
            .long(move |connection| days::since(connection, site, since))
            .await
    }

    async fn queue_ages(&self, site: SiteId, now: Timestamp) -> Result<QueueAges, StoreError> {
        self.readers
            .long(move |connection| days::queue_ages(connection, site, now))
            .await
    }

    async fn newest_judged(
        &self,
        site: SiteId,
        limit: usize,
    ) -> Result<Vec<JudgedComment>, StoreError> {
        self.readers
            .long(move |connection| newest::judged(connection, site, limit))
            .await
    }

    async fn labelled_judgements(
        &self,
        site: SiteId,
        limit: usize,
    ) -> Result<Vec<LabelledJudgement>, StoreError> {
        self.readers
            .long(move |connection| newest::labelled(connection, site, limit))
            .await
    }
}

#[async_trait]
impl DecisionLog for SqliteStore {
    async fn decision_log(&self, filter: LogFilter) -> Result<Vec<LoggedDecision>, StoreError> {
        self.readers
            .long(move |connection| decision_log::list(connection, &filter))
            .await
    }

    async fn deciders(&self, sites: &[SiteId]) -> Result<Vec<String>, StoreError> {
        self.readers
            .short(|connection| decision_log::deciders(connection, sites))
    }

    async fn replaced_ratings(
        &self,
        site: SiteId,
        limit: usize,
    ) -> Result<Vec<Rating>, StoreError> {
        self.readers
            .long(move |connection| decision_log::replaced_ratings(connection, site, limit))
            .await
    }
}
