//! Temporary stand-in until the store branch is merged; never committed.
use super::contract::*;
use crate::domain::*;
use async_trait::async_trait;
use jiff::Timestamp;
pub struct SqliteStore;
pub struct GroupCommits {
    pub jobs: u64,
    pub commits: u64,
}
impl SqliteStore {
    pub fn open(_p: &std::path::Path) -> Result<Self, StoreError> {
        Ok(Self)
    }
    pub fn group_commit_counts(&self) -> GroupCommits {
        GroupCommits {
            jobs: 0,
            commits: 0,
        }
    }
}
fn no<T>() -> Result<T, StoreError> {
    Err(StoreError::Unavailable("stub".into()))
}
#[async_trait]
impl Store for SqliteStore {
    async fn ready(&self) -> Result<(), StoreError> {
        no()
    }
    async fn add_site(&self, _: NewSite) -> Result<Site, StoreError> {
        no()
    }
    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        no()
    }
    async fn site_by_name(&self, _: &str) -> Result<Site, StoreError> {
        no()
    }
    async fn site_by_api_key(&self, _: &KeyMac) -> Result<Option<Site>, StoreError> {
        no()
    }
    async fn rotate_key(
        &self,
        _: SiteId,
        _: KeyKind,
        _: KeyMac,
        _: Timestamp,
    ) -> Result<(), StoreError> {
        no()
    }
    async fn revoke_keys(&self, _: SiteId) -> Result<u32, StoreError> {
        no()
    }
    async fn history(&self, _: HistoryQuery) -> Result<History, StoreError> {
        no()
    }
    async fn recorded(&self, _: SiteId, _: &Idempotency) -> Result<Option<Recorded>, StoreError> {
        no()
    }
    async fn record(&self, _: Check) -> Result<Recorded, StoreError> {
        no()
    }
    async fn comment(&self, _: SiteId, _: CommentId) -> Result<CommentFile, StoreError> {
        no()
    }
    async fn comment_by_own_id(&self, _: SiteId, _: &str) -> Result<Option<CommentId>, StoreError> {
        no()
    }
    async fn comments(
        &self,
        _: SiteId,
        _: CommentFilter,
    ) -> Result<Vec<StoredComment>, StoreError> {
        no()
    }
    async fn label(&self, _: LabelWrite) -> Result<Option<Label>, StoreError> {
        no()
    }
    async fn decide(&self, _: DecisionWrite) -> Result<Decision, StoreError> {
        no()
    }
    async fn undo_decision(
        &self,
        _: SiteId,
        _: CommentId,
        _: Timestamp,
    ) -> Result<Decision, StoreError> {
        no()
    }
    async fn counts(&self, _: SiteId) -> Result<Counts, StoreError> {
        no()
    }
    async fn samples(&self) -> Result<Vec<Sample>, StoreError> {
        no()
    }
    async fn purge(&self, _: Timestamp) -> Result<u64, StoreError> {
        no()
    }
}
