//! What people say about comments.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::comment::{Comment, CommentId};

/// A person's word on a comment.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    Ham,
    Spam,
}

impl Label {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ham => "ham",
            Self::Spam => "spam",
        }
    }
}

/// What a moderator did with a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DecisionKind {
    Accept,
    Reject,
}

impl DecisionKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }

    /// The label that the decision teaches, if it is to teach.
    pub fn label(self) -> Label {
        match self {
            Self::Accept => Label::Ham,
            Self::Reject => Label::Spam,
        }
    }
}

/// Why a comment is rejected though it is not spam. The filter does not learn
/// from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    OffTopic,
    Abuse,
}

impl Why {
    pub const ALL: [Self; 2] = [Self::OffTopic, Self::Abuse];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::OffTopic => "off-topic",
            Self::Abuse => "abuse",
        }
    }
}

/// A moderator's decision as it is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Decision {
    #[schema(value_type = String)]
    pub id: Uuid,
    pub decision: DecisionKind,
    /// Whether the filter learns from it (not from off-topic or abuse).
    pub learn: bool,
    /// Why it was rejected without learning, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who decided: `api` for the site's key, a name from the command line.
    pub by: String,
    #[schema(value_type = String)]
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub undone_at: Option<Timestamp>,
}

/// A label in force, with its comment as it was when it was labelled.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenLabel {
    pub comment_id: CommentId,
    pub at: Timestamp,
    /// Who decided, by name; `None` where it was feedback of the blog, or the
    /// decision is forgotten.
    pub by: Option<String>,
    pub sample: Sample,
}

/// A labelled comment to train on or to evaluate with.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub comment: Comment,
    pub label: Label,
    /// Which blog it is from; sets are weighed and split by it, and it is
    /// never a feature.
    pub site: String,
    /// The comment's language as its collector wrote it; never a feature.
    pub lang: Option<String>,
}
