//! What every store engine promises to tell about a comment beside the comment:
//! what it answers, what it was before, and what is like it.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use super::listing::StoredComment;
use crate::domain::{CommentId, SiteId};

/// Earlier texts that are kept of a comment, at most.
pub const EARLIER: usize = 10;
/// Near-duplicates that are looked at, at most.
pub const ALIKE: usize = 500;

/// What stands around a comment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Around {
    /// The comment that it replies to, if that is known here.
    pub parent: Option<StoredComment>,
    /// What it was before the blog sent it with another text; oldest first, the
    /// newest [`EARLIER`] of them.
    pub earlier: Vec<EarlierText>,
    pub alike: Alike,
}

/// What readers saw of an earlier version of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierText {
    /// When the next one came.
    pub until: Timestamp,
    pub content: String,
    pub author_name: Option<String>,
    pub author_url: Option<String>,
}

/// The other comments of the site with nearly the same text: an exact copy is
/// found always, one that shares nine tenths of its shingles nearly always. By
/// a person's word, or else by the verdict. Of more than [`ALIKE`] the newest
/// are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Alike {
    pub accepted: u64,
    pub rejected: u64,
    /// Held and undecided.
    pub waiting: u64,
}

impl Alike {
    /// All of them.
    pub fn total(self) -> u64 {
        self.accepted + self.rejected + self.waiting
    }
}

/// What stands around comments.
#[async_trait]
pub trait Surroundings: Send + Sync {
    /// In the order asked; of a comment that is not on the site, nothing.
    async fn around(&self, site: SiteId, ids: Vec<CommentId>) -> Result<Vec<Around>, StoreError>;
    /// The comment itself and those with nearly the same text that are held and
    /// undecided, newest first, at most [`ALIKE`]. `NotFound` if the site has no
    /// such comment.
    async fn alike_waiting(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Vec<StoredComment>, StoreError>;
    /// Those of some comments that are on the site, in the order asked.
    async fn some_comments(
        &self,
        site: SiteId,
        ids: Vec<CommentId>,
    ) -> Result<Vec<StoredComment>, StoreError>;
}
