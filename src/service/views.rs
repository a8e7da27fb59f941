//! Comments as moderators see them, in lists and alone.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{Comment, CommentId, Decision, Judgement, Label, LogOdds, Verdict};
use crate::store::{Appeal, CommentFile, StoredComment};

/// A list shows this much of a text; the comment alone shows all of it.
const LISTED_BYTES: usize = 16 * 1024;

/// One page of a list, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CommentPage {
    pub items: Vec<ListedComment>,
    /// Give it as `cursor` for the page of older comments; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// A comment in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ListedComment {
    #[schema(value_type = String, format = "uuid")]
    pub comment_id: CommentId,
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    pub verdict: Verdict,
    pub spam_probability: f64,
    pub log_odds: LogOdds,
    /// What a person called it.
    #[schema(required = true)]
    pub label: Option<Label>,
    /// The decision in force.
    #[schema(required = true)]
    pub decision: Option<Decision>,
    /// What its author says against the verdict; not there if nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appeal: Option<ListedAppeal>,
    /// Whether `comment.content` is only the start of the text.
    pub content_cut: bool,
    pub comment: Comment,
}

/// An author's word that a comment is no spam.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Appeal)]
pub struct ListedAppeal {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The author's words, if there are any.
    #[schema(required = true)]
    pub message: Option<String>,
}

/// A comment with all that was said of it, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CommentDetail {
    #[serde(flatten)]
    pub listed: ListedComment,
    pub judgements: Vec<TimedJudgement>,
    /// Undone ones included.
    pub decisions: Vec<Decision>,
}

/// A judgement and when it was made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TimedJudgement {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    #[serde(flatten)]
    pub judgement: Judgement,
}

impl ListedComment {
    pub(super) fn whole(stored: StoredComment) -> Self {
        Self {
            comment_id: stored.comment_id,
            received_at: stored.received_at,
            verdict: stored.verdict,
            spam_probability: LogOdds(stored.log_odds).probability(),
            log_odds: LogOdds(stored.log_odds),
            label: stored.label,
            decision: stored.decision,
            appeal: stored
                .appeal
                .map(|Appeal { at, message }| ListedAppeal { at, message }),
            content_cut: false,
            comment: stored.comment,
        }
    }

    /// Keeps a page of long comments at a size that a client can take.
    pub(super) fn cut(stored: StoredComment) -> Self {
        let mut listed = Self::whole(stored);
        let content = &mut listed.comment.content;
        if content.len() > LISTED_BYTES {
            content.truncate(content.floor_char_boundary(LISTED_BYTES));
            listed.content_cut = true;
        }
        listed
    }
}

impl From<CommentFile> for CommentDetail {
    fn from(file: CommentFile) -> Self {
        Self {
            listed: ListedComment::whole(file.stored),
            judgements: file
                .judgements
                .into_iter()
                .map(|(at, judgement)| TimedJudgement { at, judgement })
                .collect(),
            decisions: file.decisions,
        }
    }
}
