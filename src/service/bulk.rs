//! Many comments decided at once, and taken back at once.

use jiff::Timestamp;
use uuid::Uuid;

use super::error::ServiceError;
use super::installation::Installation;
use super::moderation::NewDecision;
use crate::domain::{CommentId, Decision, FieldError, Site};
use crate::store::{BULK, BulkState, Seen, fresh_id};

/// One decision for many comments.
#[derive(Debug, Clone)]
pub struct BulkDecision {
    /// `seen` is each comment's own.
    pub new: NewDecision,
    /// Each with what the moderator looked at.
    pub comments: Vec<(CommentId, Seen)>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkDone {
    /// By this the whole is taken back.
    pub bulk: Uuid,
    pub decided: usize,
    /// Were not any more as they were seen, or are gone; nothing was written.
    pub left_alone: u64,
}

impl Installation {
    /// Decides on many comments; with `learn` the filter has learnt from them
    /// when this returns.
    ///
    /// # Errors
    /// None or more than 500 are given, the note is too long, or the store is
    /// unavailable: then some may be decided.
    pub async fn decide_many(
        &self,
        site: &Site,
        decision: BulkDecision,
    ) -> Result<BulkDone, ServiceError> {
        let number = decision.comments.len();
        if number == 0 || number > BULK {
            return Err(FieldError::new(
                "item",
                "are none, or more than 500",
                "choose from 1 to 500 comments",
            )
            .into());
        }
        let mut writes = Vec::with_capacity(number);
        for (id, seen) in decision.comments {
            let new = NewDecision {
                seen: Some(seen),
                ..decision.new.clone()
            };
            writes.push(new.write(site, id)?);
        }
        let bulk = fresh_id();
        let outcome = self.store.decide_many(bulk, writes).await?;
        for decided in &outcome.decided {
            self.count(decided);
        }
        Ok(BulkDone {
            bulk,
            decided: outcome.decided.len(),
            left_alone: outcome.changed + outcome.absent,
        })
    }

    /// Takes a bulk back, as far as its decisions are in force; what it was
    /// before.
    ///
    /// # Errors
    /// The site has no such bulk, or the store is unavailable.
    pub async fn undo_many(&self, site: &Site, bulk: Uuid) -> Result<BulkState, ServiceError> {
        let state = self
            .store
            .undo_many(site.id, bulk, Timestamp::now())
            .await?;
        for _ in 0..state.in_force {
            self.count_decision("undo");
        }
        Ok(state)
    }

    /// A bulk and one of its decisions.
    ///
    /// # Errors
    /// The site has no such bulk, or the store is unavailable.
    pub async fn bulk(
        &self,
        site: &Site,
        bulk: Uuid,
    ) -> Result<(BulkState, Decision), ServiceError> {
        Ok(self.store.bulk(site.id, bulk).await?)
    }
}
