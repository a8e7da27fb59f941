//! The SQLite engine for Akismet's protocol: hands each call to the writer or a
//! reader.

use async_trait::async_trait;

use super::akismet;
use super::engine::SqliteStore;
use crate::domain::{CommentId, SiteId};
use crate::store::{AkismetStore, MonthCounts, Report, ReportMarks, StoreError};

#[async_trait]
impl AkismetStore for SqliteStore {
    async fn reported(
        &self,
        site: SiteId,
        marks: &ReportMarks,
    ) -> Result<Option<CommentId>, StoreError> {
        self.readers
            .short(|connection| akismet::find(connection, site, marks))
    }

    async fn report(&self, report: Report) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| akismet::report(connection, report))
            .await
    }

    async fn months(&self, sites: Vec<SiteId>) -> Result<Vec<MonthCounts>, StoreError> {
        self.readers
            .long(move |connection| akismet::months(connection, &sites))
            .await
    }
}
