//! What every store engine promises about the audit: a random sample of
//! accepted and rejected comments, answered without seeing the verdict.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use super::contract::DecisionWrite;
use super::listing::StoredComment;
use crate::domain::{CommentId, Decision, SiteId, Verdict};

/// What the sample says of one verdict.
///
/// An answer counts, wherever a person gave it, once the audit has come as far
/// as its comment: before that, only what somebody complained of is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AuditTally {
    /// Accept or reject.
    pub verdict: Verdict,
    /// Comments that count as ham and as spam.
    pub ham: u64,
    pub spam: u64,
    /// Answered, and neither: off-topic, or abuse.
    pub neither: u64,
    /// The same two, each comment as one over the share by which it was drawn:
    /// estimates for all comments of the time. Where the share never changed,
    /// they are the counts divided by it.
    pub ham_weight: f64,
    pub spam_weight: f64,
    /// Drawn and not answered yet.
    pub open: u64,
}

/// The audit. All methods may be called at once from many tasks; a call that
/// returned `Ok` is on disk.
///
/// [`super::Store::record`] draws comments by their id, with the verdict that
/// they get then. A label or a decision answers for a drawn comment whoever
/// gives it, and its end takes the answer back; a blog that sends another text
/// has it drawn anew. An answer outlives its comment.
#[async_trait]
pub trait Audits: Send + Sync {
    /// Drawn comments that nobody has labelled or decided, oldest first.
    async fn audit_queue(
        &self,
        site: SiteId,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Vec<StoredComment>, StoreError>;
    /// How many there are.
    async fn audit_open(&self, site: SiteId) -> Result<u64, StoreError>;
    /// [`super::Store::decide`] for a drawn comment, said without seeing the
    /// verdict; with the verdict that it had when it was drawn. `NotFound` if
    /// it is not in the queue of the audit.
    async fn audit_answer(
        &self,
        decision: DecisionWrite,
    ) -> Result<(Decision, Verdict), StoreError>;
    /// Of the comments that were drawn from `from` on and before `until`, one
    /// tally for accept, one for reject.
    async fn audit_tallies(
        &self,
        site: SiteId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<[AuditTally; 2], StoreError>;
}
