//! The engine's part of finding comments.

use async_trait::async_trait;
use jiff::Timestamp;

use super::engine::SqliteStore;
use super::{campaigns, facets, filing};
use crate::domain::{CommentId, SiteId};
use crate::store::{
    Campaign, CampaignId, CommentFilter, Facets, Finding, StoreError, StoredComment,
};

/// Steps of filing that a search waits for: of what has been here for seconds
/// nothing is left to file, but after an update or an import.
const FILED_FOR_A_SEARCH: usize = 5;

#[async_trait]
impl Finding for SqliteStore {
    async fn facets(&self, site: SiteId) -> Result<Facets, StoreError> {
        self.readers
            .short(|connection| facets::read(connection, site))
    }

    async fn file(&self) -> Result<bool, StoreError> {
        match self.readers.single(filing::is_due)? {
            true => self.writer.run(filing::step).await,
            false => Ok(false),
        }
    }

    async fn campaign_of(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Option<Campaign>, StoreError> {
        self.readers
            .single(|connection| campaigns::of_comment(connection, site, id))
    }

    async fn campaign(&self, site: SiteId, id: CampaignId) -> Result<Campaign, StoreError> {
        self.readers
            .single(|connection| campaigns::one(connection, site, id))
    }

    async fn campaigns(
        &self,
        site: SiteId,
        after: Option<(Timestamp, CampaignId)>,
        limit: usize,
    ) -> Result<Vec<(Campaign, StoredComment)>, StoreError> {
        self.readers
            .long(move |connection| campaigns::list(connection, site, after, limit))
            .await
    }
}

impl SqliteStore {
    /// Files what came lately, if the filter searches. A store that cannot write
    /// just now still finds what is filed.
    pub(super) async fn file_for(&self, filter: &CommentFilter) {
        if filter.q.is_none() && filter.narrow.words.is_none() {
            return;
        }
        for _ in 0..FILED_FOR_A_SEARCH {
            if !self.file().await.unwrap_or(false) {
                return;
            }
        }
    }
}
