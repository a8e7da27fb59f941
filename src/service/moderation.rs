//! The hold queue: list, look, decide, take back.

use jiff::Timestamp;
use uuid::Uuid;

use super::error::ServiceError;
use super::installation::Installation;
use super::views::{CommentDetail, CommentPage, ListedComment};
use crate::domain::{CommentId, Decision, DecisionKind, FieldError, Site, Why};
use crate::store::{CommentFilter, DecisionWrite, Seen, StoredComment, fresh_id};

/// Longest note to a decision, in bytes.
const MAX_NOTE_BYTES: usize = 4_000;

/// What a moderator decides.
#[derive(Debug, Clone)]
pub struct NewDecision {
    pub decision: DecisionKind,
    /// Not from off-topic or abuse: the filter would learn the wrong thing.
    pub learn: bool,
    /// Why not, of one that is rejected.
    pub why: Option<Why>,
    pub note: Option<String>,
    /// Who decides: `api` for the site's key, a name otherwise.
    pub by: String,
    /// What they looked at; `None` decides whatever the comment is now.
    pub seen: Option<Seen>,
}

impl Installation {
    /// Comments of a site, newest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn comments(
        &self,
        site: &Site,
        filter: CommentFilter,
    ) -> Result<CommentPage, ServiceError> {
        let limit = filter.limit;
        let stored = self.store.comments(site.id, filter.clone()).await?;
        let last = stored.last().map(StoredComment::place);
        let more = match last {
            Some(_) if stored.len() >= limit => {
                let beyond = CommentFilter {
                    after: last,
                    limit: 1,
                    ..filter
                };
                !self.store.comments(site.id, beyond).await?.is_empty()
            }
            _ => false,
        };
        Ok(CommentPage {
            items: stored.into_iter().map(ListedComment::cut).collect(),
            next: last
                .filter(|_| more)
                .map(|last| last.comment_id.to_string()),
        })
    }

    /// One comment with its judgements and decisions.
    ///
    /// # Errors
    /// It is not one of the site, or the store is unavailable.
    pub async fn comment(&self, site: &Site, id: CommentId) -> Result<CommentDetail, ServiceError> {
        Ok(self.store.comment(site.id, id).await?.into())
    }

    /// Writes a decision; with `learn` the filter has learnt from it when this
    /// returns.
    ///
    /// # Errors
    /// The comment is not one of the site or not as it was seen, the note is too
    /// long, or the store is unavailable.
    pub async fn decide(
        &self,
        site: &Site,
        id: CommentId,
        new: NewDecision,
    ) -> Result<Decision, ServiceError> {
        let decision = self.store.decide(new.write(site, id)?).await?;
        self.count(&decision);
        Ok(decision)
    }

    /// Ends the decision in force and takes back its label; with `only`, if it
    /// is that one.
    ///
    /// # Errors
    /// There is none, it is another one, the comment is not one of the site, or the store is
    /// unavailable.
    pub async fn undo_decision(
        &self,
        site: &Site,
        id: CommentId,
        only: Option<Uuid>,
    ) -> Result<Decision, ServiceError> {
        let undone = self
            .store
            .undo_decision(site.id, id, only, Timestamp::now())
            .await?;
        self.count_decision("undo");
        Ok(undone)
    }

    /// Counts a decision that was written.
    pub(super) fn count(&self, decision: &Decision) {
        self.count_decision(decision.decision.as_str());
        if decision.learn {
            let label = decision.decision.label().as_str();
            self.metrics.labels.with_label_values(&[label]).inc();
        }
    }

    pub(super) fn count_decision(&self, decision: &str) {
        self.metrics.decisions.with_label_values(&[decision]).inc();
    }
}

impl NewDecision {
    /// As the store writes it, made now.
    pub(super) fn write(self, site: &Site, id: CommentId) -> Result<DecisionWrite, FieldError> {
        if self
            .note
            .as_ref()
            .is_some_and(|note| note.len() > MAX_NOTE_BYTES)
        {
            return Err(FieldError::new(
                "note",
                "is longer than 4000 bytes",
                "send a shorter note",
            ));
        }
        if self.why.is_some() && (self.learn || self.decision == DecisionKind::Accept) {
            return Err(FieldError::new(
                "why",
                "is only for a rejection that is not learnt from",
                "leave it out, or reject with `\"learn\": false`",
            ));
        }
        Ok(DecisionWrite {
            site: site.id,
            comment_id: id,
            decision: Decision {
                id: fresh_id(),
                decision: self.decision,
                learn: self.learn,
                why: self.why,
                note: self.note.filter(|note| !note.trim().is_empty()),
                by: self.by,
                at: Timestamp::now(),
                undone_at: None,
            },
            seen: self.seen,
        })
    }
}
