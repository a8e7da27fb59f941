//! Comments as they are listed, and what is listed of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::appeals::Appeal;
use crate::domain::{Comment, CommentId, Decision, Judgement, Label, Verdict};

/// A comment as listed.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredComment {
    pub comment_id: CommentId,
    pub comment: Comment,
    pub received_at: Timestamp,
    /// When the blog last sent it.
    pub updated_at: Timestamp,
    pub verdict: Verdict,
    pub log_odds: f64,
    pub label: Option<Label>,
    /// The decision in force: the one whose `undone_at` is empty.
    pub decision: Option<Decision>,
    /// What its author said against the verdict.
    pub appeal: Option<Appeal>,
}

/// A comment with all that was said of it, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentFile {
    pub stored: StoredComment,
    pub judgements: Vec<(Timestamp, Judgement)>,
    /// Ended ones included: undone, replaced, or of an earlier text.
    pub decisions: Vec<Decision>,
}

/// Which comments to list.
#[derive(Debug, Clone, Default)]
pub struct CommentFilter {
    pub verdict: Option<Verdict>,
    pub decision: Option<DecisionFilter>,
    /// Found as it stands in content, author's name or URL; letters' case is
    /// ignored for ASCII. Empty finds everything.
    pub q: Option<String>,
    pub order: Order,
    /// At most this many. 1 to 500.
    pub limit: usize,
    /// Only what comes after this place of the order.
    pub after: Option<Place>,
}

/// In which order to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    /// Highest log-odds of spam first.
    Riskiest,
}

/// A comment's place in any order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub comment_id: CommentId,
    /// Looked at in the order of the odds only.
    pub log_odds: f64,
}

impl StoredComment {
    /// Where it stands in a list.
    pub fn place(&self) -> Place {
        Place {
            comment_id: self.comment_id,
            log_odds: self.log_odds,
        }
    }
}

/// A comment with what a person needs to decide on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub stored: StoredComment,
    /// The latest.
    pub judgement: Judgement,
    /// `None` where the author gave no e-mail address.
    pub author: Option<AuthorRecord>,
}

/// What became of the other comments on the site with the same e-mail address:
/// by a person's decision, or else by the verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuthorRecord {
    pub accepted: u64,
    pub rejected: u64,
    /// Held and undecided.
    pub waiting: u64,
    /// When the first of them came.
    pub since: Option<Timestamp>,
}

/// Which decisions in force to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecisionFilter {
    Accept,
    Reject,
    None,
    /// Either of the two; not a word of the API.
    #[serde(skip)]
    Any,
}
