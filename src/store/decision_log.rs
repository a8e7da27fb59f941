//! What every store engine promises about the decisions of the past: who made
//! them, when, and what the filter had said of the comment then.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::StoreError;
use crate::domain::{CommentId, Decision, DecisionKind, SiteId, Verdict};

/// A decision with its circumstances. It is kept as long as its comment is.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedDecision {
    pub site: SiteId,
    pub comment_id: CommentId,
    pub decision: Decision,
    /// Where `decision.undone_at` is set: why it ended.
    pub ended: Option<Ended>,
    /// What the filter had said of the comment when it was decided.
    pub shown: Option<Shown>,
    /// Name of the author and beginning of the text as they are now.
    pub author: Option<String>,
    pub excerpt: String,
}

/// What the filter had said.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub verdict: Verdict,
    pub log_odds: f64,
    /// Id of the model.
    pub model: String,
    /// The thresholds that applied.
    pub policy: String,
}

/// Why a decision is in force no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It was taken back.
    Undone,
    /// Another one took its place.
    Replaced,
    /// The blog sent the comment with another text.
    Reworded,
}

impl Ended {
    pub const ALL: [Self; 3] = [Self::Undone, Self::Replaced, Self::Reworded];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undone => "undone",
            Self::Replaced => "replaced",
            Self::Reworded => "reworded",
        }
    }
}

/// Which decisions to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    /// Of none, nothing is listed.
    pub sites: Vec<SiteId>,
    /// Who decided; everybody where empty.
    pub by: Option<String>,
    /// Made at or after this.
    pub since: Option<Timestamp>,
    /// Made before this.
    pub until: Option<Timestamp>,
    /// Only those that come after this one in the list.
    pub after: Option<LogPlace>,
    /// At most this many. 1 to 500.
    pub limit: usize,
}

/// A decision's place in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogPlace {
    pub at: Timestamp,
    pub id: Uuid,
}

/// What one person made of a comment. Not what was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub comment_id: CommentId,
    pub by: String,
    pub decision: DecisionKind,
    pub learn: bool,
}

/// The decisions of the past.
#[async_trait]
pub trait DecisionLog: Send + Sync {
    async fn decision_log(&self, filter: LogFilter) -> Result<Vec<LoggedDecision>, StoreError>;
    /// Everybody who decided on one of the sites, by name.
    async fn deciders(&self, sites: &[SiteId]) -> Result<Vec<String>, StoreError>;
    /// Every rating of the `limit` comments of a site on which one decision
    /// last replaced another; oldest rating first. At most 1,000 comments.
    async fn replaced_ratings(&self, site: SiteId, limit: usize)
    -> Result<Vec<Rating>, StoreError>;
}

impl LoggedDecision {
    /// Where it stands in the log.
    pub fn place(&self) -> LogPlace {
        LogPlace {
            at: self.decision.at,
            id: self.decision.id,
        }
    }
}
