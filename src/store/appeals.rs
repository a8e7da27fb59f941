//! What every store engine promises about appeals: an author's word that a
//! comment is no spam, which puts it before the eyes of a person.

use async_trait::async_trait;
use jiff::Timestamp;

use super::error::StoreError;
use super::listing::Review;
use crate::domain::{CommentId, Site, SiteId};

/// An author says of a comment that it is no spam.
#[derive(Debug, Clone)]
pub struct NewAppeal {
    pub site: SiteId,
    pub comment_id: CommentId,
    pub message: Option<String>,
    pub at: Timestamp,
}

/// The appeal of a comment's present text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    pub at: Timestamp,
    /// The author's words, if there are any.
    pub message: Option<String>,
}

/// Appeals, and where commenters find out about a site. An appeal is *open* as
/// long as its comment is not accepted and nobody has decided on it.
#[async_trait]
pub trait Appeals: Send + Sync {
    /// Remembers the first appeal of the comment's present text. Returns whether
    /// it was that; a later one changes nothing. `NotFound` if the comment is not
    /// one of the site.
    async fn appeal(&self, new: NewAppeal) -> Result<bool, StoreError>;
    /// Comments with an open appeal, the first first, at most `limit`.
    async fn open_appeals(&self, site: SiteId, limit: usize) -> Result<Vec<Review>, StoreError>;
    /// How many rejected comments have an open appeal: they wait for a person
    /// beside those that were held.
    async fn appealed_rejections(&self, site: SiteId) -> Result<u64, StoreError>;

    /// The site of that number; `NotFound` if there is none.
    async fn site_by_id(&self, id: SiteId) -> Result<Site, StoreError>;
    /// The site whose pages have that public id; `NotFound` if there is none.
    async fn site_by_public_id(&self, public_id: &str) -> Result<Site, StoreError>;
}
