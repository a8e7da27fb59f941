//! What the store promises to those who make a judgement again.

use async_trait::async_trait;

use super::error::StoreError;
use crate::domain::{CommentId, SiteId};
use crate::filter::Gathered;

/// Judgements with what they were made from.
#[async_trait]
pub trait ReplayStore: Send + Sync + 'static {
    /// What each judgement of a comment was made from, in the order of
    /// [`super::CommentFile::judgements`]; `None` where nobody wrote it down.
    /// It is kept as long as the judgement is.
    async fn gathered(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Vec<Option<Gathered>>, StoreError>;
}
