//! What every store engine promises about decisions that are made, and taken
//! back, together.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::StoreError;
use super::contract::DecisionWrite;
use crate::domain::{Decision, SiteId};

/// Comments that are decided together, at most.
pub const BULK: usize = 500;

/// What became of a bulk.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BulkOutcome {
    pub decided: Vec<Decision>,
    /// Were not as they were seen; nothing was written.
    pub changed: u64,
    /// Are not on the site.
    pub absent: u64,
}

/// What a bulk is now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkState {
    /// Decisions of it that are in force.
    pub in_force: u64,
    /// That have ended.
    pub ended: u64,
}

/// Many decisions at once. All methods may be called at once from many tasks; a
/// call that returned `Ok` is on disk.
#[async_trait]
pub trait Bulk: Send + Sync {
    /// Makes each decision as [`super::Store::decide`] does, in the order given,
    /// and remembers them as one bulk. Those that were not as seen are counted
    /// and left alone. If the store fails half-way, the first of them may stand.
    async fn decide_many(
        &self,
        bulk: Uuid,
        decisions: Vec<DecisionWrite>,
    ) -> Result<BulkOutcome, StoreError>;
    /// Ends each of the bulk's decisions on the site that is in force, as
    /// [`super::Store::undo_decision`] does. `NotFound` if the site has no such
    /// bulk. Returns what the bulk was before.
    async fn undo_many(
        &self,
        site: SiteId,
        bulk: Uuid,
        at: Timestamp,
    ) -> Result<BulkState, StoreError>;
    /// `NotFound` if the site has no such bulk. With its decisions in force, or
    /// else one of the last that were.
    async fn bulk(&self, site: SiteId, bulk: Uuid) -> Result<(BulkState, Decision), StoreError>;
}
