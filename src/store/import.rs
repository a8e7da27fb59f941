//! What is remembered of comments that a blog had before it came here.

use async_trait::async_trait;
use jiff::Timestamp;

use super::contract::Check;
use super::error::StoreError;
use crate::domain::{CommentId, Decision, DecisionKind, Label, SiteId, Verdict};

/// By what a comment is known again, however often it is imported.
#[derive(Debug, Clone)]
pub struct ImportKey {
    /// Made of the comment itself, so that it is the same each time.
    pub id: CommentId,
    /// The blog's own id.
    pub own_id: Option<String>,
    /// As of [`super::ReportMarks`], where the comment may have come through
    /// Akismet's protocol, which has no id for it.
    pub exact_text: Option<[u8; 16]>,
    /// When the blog got the comment.
    pub at: Timestamp,
}

/// How a comment stood here before it was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It was not here.
    New,
    /// It was here, with what was in force of it.
    Known {
        decision: Option<DecisionKind>,
        label: Option<Label>,
    },
    /// It was here and is forgotten; what its label taught is still counted.
    Forgotten,
}

/// A comment to be imported, judged, with what its blog had decided.
#[derive(Debug, Clone)]
pub struct Import {
    pub key: ImportKey,
    /// Its `at` is when the blog got the comment, its `new_id` the key's.
    pub check: Check,
    pub judged_at: Timestamp,
    /// In force from its own time on, unless something is in force already.
    pub decision: Option<Decision>,
}

/// A labelled comment of a site, and how it was judged when it came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelledVerdict {
    pub received_at: Timestamp,
    pub log_odds: f64,
    pub verdict: Verdict,
    pub label: Label,
}

/// The store's part of importing.
#[async_trait]
pub trait Imports {
    /// How the comments stand here, in the order asked.
    async fn import_found(
        &self,
        site: SiteId,
        keys: Vec<ImportKey>,
    ) -> Result<Vec<Found>, StoreError>;
    /// Writes the comments in one transaction, in the order given: a new one
    /// with its judgement and its decision, and the decision alone of a known one
    /// of which nothing is in force. All else stays as it is. Nobody is told: the
    /// blog knows what it decided. Returns how each stood before.
    async fn import(&self, imports: Vec<Import>) -> Result<Vec<Found>, StoreError>;
    /// Every labelled comment of a site that is not forgotten, oldest first, with
    /// the last judgement that it got.
    async fn labelled_verdicts(&self, site: SiteId) -> Result<Vec<LabelledVerdict>, StoreError>;
}
