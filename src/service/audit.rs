//! The audit: comments that nobody had doubts about, looked at without their
//! verdict. From the answers honest error rates are estimated.

use jiff::Timestamp;

use super::error::ServiceError;
use super::installation::Installation;
use super::moderation::NewDecision;
use crate::domain::{CommentId, Decision, Site, Verdict};
use crate::store::{AuditTally, StoredComment};

/// A page of the audit.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// Oldest first.
    pub comments: Vec<StoredComment>,
    /// Comments that wait for an answer, with those of other pages.
    pub open: u64,
}

impl Installation {
    /// Drawn comments of a site that nobody has answered.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn audit(
        &self,
        site: &Site,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<AuditPage, ServiceError> {
        Ok(AuditPage {
            comments: self.store.audit_queue(site.id, after, limit).await?,
            open: self.store.audit_open(site.id).await?,
        })
    }

    /// Answers for a drawn comment by a decision; with the verdict that the
    /// filter had given.
    ///
    /// # Errors
    /// The comment is not one of the site's audit or not as it was seen, the
    /// note is too long, or the store is unavailable.
    pub async fn answer_audit(
        &self,
        site: &Site,
        id: CommentId,
        new: NewDecision,
    ) -> Result<(Decision, Verdict), ServiceError> {
        let write = new.write(site, id)?;
        let (decision, verdict) = self.store.audit_answer(write).await?;
        self.count(&decision);
        Ok((decision, verdict))
    }

    /// What the audit says of the comments that were drawn in a time: one tally
    /// for accept, one for reject.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn audit_tallies(
        &self,
        site: &Site,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<[AuditTally; 2], ServiceError> {
        Ok(self.store.audit_tallies(site.id, from, until).await?)
    }
}
