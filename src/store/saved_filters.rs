//! What moderators look for again and again.

use async_trait::async_trait;

use super::error::StoreError;
use crate::domain::ModeratorId;

/// Filters that one moderator keeps.
pub const MOST_SAVED: usize = 50;

/// A filter under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    pub name: String,
    /// The query of its page's address.
    pub query: String,
}

/// Saved filters; each moderator has their own.
#[async_trait]
pub trait SavedFilters {
    /// By name.
    async fn saved_filters(&self, of: ModeratorId) -> Result<Vec<SavedFilter>, StoreError>;
    /// Keeps the filter, instead of one of the same name. Of more than
    /// [`MOST_SAVED`] nothing is kept: `false`.
    async fn save_filter(&self, of: ModeratorId, filter: SavedFilter) -> Result<bool, StoreError>;
    /// Whether there was one.
    async fn remove_filter(&self, of: ModeratorId, name: &str) -> Result<bool, StoreError>;
}
