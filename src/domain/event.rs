//! What happened to a comment, as those are told who asked to hear of it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::comment::CommentId;
use super::label::{DecisionKind, Label};
use super::verdict::Verdict;

/// Who decided, where the blog's own moderation did: [`super::Decision::by`].
pub const BY_BLOG: &str = "blog";
/// Who decided, where a site's key did.
pub const BY_API: &str = "api";

/// Something that a blog can ask to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventKind {
    /// Somebody decided, or took a decision back.
    #[serde(rename = "comment.decided")]
    CommentDecided,
    /// What to do with the comment changed without a decision.
    #[serde(rename = "comment.verdict_changed")]
    CommentVerdictChanged,
}

impl EventKind {
    pub const ALL: [Self; 2] = [Self::CommentDecided, Self::CommentVerdictChanged];

    /// The `type` of the message.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CommentDecided => "comment.decided",
            Self::CommentVerdictChanged => "comment.verdict_changed",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What brought an event about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    Decision,
    Undo,
    /// The blog sent the comment again under the same id.
    Check,
    /// A label without a decision.
    Feedback,
}

/// Who decided, without a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecidedBy {
    /// The site's own key.
    Api,
    /// The blog, as Akismet's protocol reports it.
    Blog,
    Moderator,
}

impl DecidedBy {
    /// Of a decision's `by`.
    pub fn of(by: &str) -> Self {
        match by {
            BY_API => Self::Api,
            BY_BLOG => Self::Blog,
            _ => Self::Moderator,
        }
    }
}

/// What counts for a comment now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub verdict: Verdict,
    /// What a person called it.
    pub label: Option<Label>,
    /// The decision in force, and whether it was learnt from.
    pub decision: Option<(DecisionKind, bool)>,
}

impl Standing {
    /// What to do with the comment: as was decided, else as a person called it,
    /// else as the filter says.
    pub fn outcome(&self) -> Verdict {
        let decided = self.decision.map(|(kind, _)| kind.label());
        match decided.or(self.label) {
            Some(Label::Ham) => Verdict::Accept,
            Some(Label::Spam) => Verdict::Reject,
            None => self.verdict,
        }
    }
}

/// The `data` of a message. No text, name, address or mail of anybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommentEvent {
    pub comment_id: CommentId,
    /// The blog's own id, if it gave one.
    pub id: Option<String>,
    /// The site's name.
    pub site: String,
    /// What the filter says.
    pub verdict: Verdict,
    /// The decision in force.
    pub decision: Option<DecisionKind>,
    /// Whether the filter learnt from that decision.
    pub learn: Option<bool>,
    /// What to do with the comment now.
    pub outcome: Verdict,
    /// What was to be done with it before.
    pub was: Verdict,
    pub cause: Cause,
    /// Who decided, where somebody did.
    pub by: Option<DecidedBy>,
}

/// A webhook's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WebhookId(pub Uuid);

impl std::fmt::Display for WebhookId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
