//! What every store engine promises about the authors and domains that a
//! site's moderators trust or block.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::StoreError;
use crate::domain::{SiteId, Trace, Trust};

/// Somebody or something to be trusted or blocked from now on.
#[derive(Debug, Clone)]
pub struct NewTrust {
    pub site: SiteId,
    pub id: Uuid,
    pub trust: Trust,
    /// By each of these it is recognised.
    pub traces: Vec<Trace>,
    /// For the list that people read.
    pub shown: String,
    pub by: String,
    pub at: Timestamp,
}

/// An entry of a site's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustEntry {
    pub id: Uuid,
    pub trust: Trust,
    /// Whether it is a domain, and not an author.
    pub is_domain: bool,
    pub shown: String,
    pub by: String,
    pub at: Timestamp,
}

/// Whom and what sites trust or block. [`super::Store::history`] tells which of
/// a comment's traces are on the list.
#[async_trait]
pub trait TrustLists: Send + Sync {
    /// Adds an entry; one of the same traces is replaced. `NotFound` if there is
    /// no such site.
    async fn add_trust(&self, new: NewTrust) -> Result<(), StoreError>;
    /// The site's list, newest first.
    async fn trust_list(&self, site: SiteId) -> Result<Vec<TrustEntry>, StoreError>;
    /// Takes an entry off the list. `NotFound` unless it is on the site's.
    async fn remove_trust(&self, site: SiteId, id: Uuid) -> Result<TrustEntry, StoreError>;
}
