//! Comments as they are listed, and what is listed of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::finding::{Campaign, CampaignId};
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
    /// How much a label would tell the filter; of what waits only.
    pub lesson: f64,
    pub label: Option<Label>,
    /// The decision in force: the one whose `undone_at` is empty.
    pub decision: Option<Decision>,
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
    /// ignored for ASCII. It has to begin where a word does. Empty finds
    /// everything.
    pub q: Option<String>,
    pub narrow: Narrowing,
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
    /// First those of which a label would tell the filter most. Of the queue
    /// only; anything else is listed as [`Order::Newest`].
    Lesson,
}

/// What else a list is narrowed by; everything that is set has to hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narrowing {
    /// Words of the content, the author's name or addresses, all of which are
    /// found, in any case and with or without accents; those in quotation marks
    /// together. One of four characters or more finds longer words that begin with
    /// it. Without a letter or a digit it finds nothing.
    pub words: Option<String>,
    /// ISO 639-3 code of the text's language; empty finds those of which it could
    /// not be told.
    pub language: Option<String>,
    /// Whether the text has a link.
    pub has_link: Option<bool>,
    /// Whether no comment came from the author's e-mail address before.
    pub new_author: Option<bool>,
    /// One of the reasons that weighed most.
    pub reason: Option<String>,
    /// Log-odds of at least this.
    pub odds_from: Option<f64>,
    /// Log-odds of less than this.
    pub odds_below: Option<f64>,
    /// Came then or later, to the millisecond.
    pub since: Option<Timestamp>,
    /// Came before.
    pub before: Option<Timestamp>,
    pub campaign: Option<CampaignId>,
}

/// A comment's place in any order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub comment_id: CommentId,
    /// Looked at in the order of the odds only.
    pub log_odds: f64,
    /// Looked at in the order of the lesson only.
    pub lesson: f64,
}

impl StoredComment {
    /// Where it stands in a list.
    pub fn place(&self) -> Place {
        Place {
            comment_id: self.comment_id,
            log_odds: self.log_odds,
            lesson: self.lesson,
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
    /// `None` where it is like no other comment.
    pub campaign: Option<Campaign>,
}

/// What became of the other comments on the site with the same e-mail address:
/// by a person's decision, or else by the verdict. Of each at most 1,000 are
/// counted.
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

/// Counts of one site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    pub accepted: u64,
    pub held: u64,
    pub rejected: u64,
    pub decided_accept: u64,
    pub decided_reject: u64,
    /// Held and without a decision.
    pub queue: u64,
    /// When the oldest of the queue arrived.
    pub oldest_in_queue: Option<Timestamp>,
    /// Of the comments that a person called ham or spam, by the verdict they
    /// had got: `[accept, hold, reject]`.
    pub ham_by_verdict: [u64; 3],
    pub spam_by_verdict: [u64; 3],
}
