//! The engine's part of finding comments.

use async_trait::async_trait;
use jiff::Timestamp;

use super::engine::SqliteStore;
use super::{campaigns, facets, filing};
use crate::domain::{CommentId, SiteId};
use crate::store::{
    Campaign, CampaignId, CommentFilter, Facets, Finding, StoreError, StoredComment,
};

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
        if filter.q.is_some() || filter.narrow.words.is_some() {
            let _ = self.file().await;
        }
    }
}
