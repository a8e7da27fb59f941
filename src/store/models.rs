//! What the store remembers of models: which one judges, which ones wait, what
//! became of each, and the labelled comments that they are made from.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use crate::bayes::ModelCard;
use crate::domain::{Comment, CommentId, Label, SiteId, Verdict};

/// SHA-256 of a model file, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ModelHash(pub String);

impl ModelHash {
    /// What judgements name a model by: the first 12 digits.
    pub fn id(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

/// A model that was made here.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredModel {
    pub hash: ModelHash,
    pub made_at: Timestamp,
    pub made_by: String,
    pub card: ModelCard,
    /// Comments of a site that came after this were left out of its training.
    pub left_out: BTreeMap<SiteId, Timestamp>,
    /// Changes of labels, over all sites, when it was trained.
    pub changes: u64,
    /// When its file was removed to save room.
    pub removed_at: Option<Timestamp>,
}

/// Which model has which part; a champion of `None` is the one that ships.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    pub champion: Option<ModelHash>,
    pub champion_since: Option<Timestamp>,
    pub challenger: Option<ModelHash>,
    pub shadow: Option<ModelHash>,
    pub shadow_since: Option<Timestamp>,
}

/// What can become of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelEventKind {
    Trained,
    /// The gate did not let it through.
    Kept,
    Promoted,
    RolledBack,
    Shadowed,
    Unshadowed,
}

impl ModelEventKind {
    pub const ALL: [Self; 6] = [
        Self::Trained,
        Self::Kept,
        Self::Promoted,
        Self::RolledBack,
        Self::Shadowed,
        Self::Unshadowed,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trained => "trained",
            Self::Kept => "kept",
            Self::Promoted => "promoted",
            Self::RolledBack => "rolled_back",
            Self::Shadowed => "shadowed",
            Self::Unshadowed => "unshadowed",
        }
    }
}

/// One line of the history of models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelEvent {
    pub at: Timestamp,
    pub kind: ModelEventKind,
    /// `None`: the model that ships.
    pub model: Option<ModelHash>,
    /// The champion before, where this made another one champion.
    pub previous: Option<ModelHash>,
    /// A moderator's name, `cli`, or `hamgate` where nobody asked for it.
    pub by: String,
    pub reason: String,
    /// Holds ids and numbers, and no text of a comment.
    pub report: Option<serde_json::Value>,
}

/// A change of the champion.
#[derive(Debug, Clone)]
pub struct Succession {
    /// What its asker took the champion to be.
    pub expected: Option<ModelHash>,
    /// What becomes of it: [`ModelEventKind::Promoted`] or
    /// [`ModelEventKind::RolledBack`]; its `previous` is `expected`.
    pub event: ModelEvent,
}

/// A labelled comment to train on, or to judge a model by.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingLabel {
    pub comment_id: CommentId,
    pub site: SiteId,
    pub site_name: String,
    pub label: Label,
    pub at: Timestamp,
    /// Whose decision taught it; `None` where the blog said it.
    pub by: Option<String>,
    /// As it was when it was labelled.
    pub comment: Comment,
}

/// How often a shadow gave one verdict where the champion gave another, or the
/// same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShadowCount {
    /// The id of the champion that gave the answer.
    pub champion: String,
    pub was: Verdict,
    pub would_be: Verdict,
    pub comments: u64,
}

/// A comment on which shadow and champion differed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShadowDifference {
    pub site: SiteId,
    pub comment_id: CommentId,
    pub was: Verdict,
    pub would_be: Verdict,
}

/// An honest comment that no model may reject which is to be promoted.
#[derive(Debug, Clone, PartialEq)]
pub struct Pinned {
    pub pin: i64,
    pub at: Timestamp,
    pub by: String,
    /// Where it is a stored comment.
    pub comment_id: Option<CommentId>,
    pub comment: Comment,
}

/// What to pin.
#[derive(Debug, Clone)]
pub enum NewPin {
    /// A stored comment, of whatever site.
    Stored(CommentId),
    /// A comment of the owner's own.
    Own(Box<Comment>),
}

/// Comments that came since some time, by what they got and what a person said
/// of them: `[accept, hold, reject]`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveCounts {
    pub all: [u64; 3],
    pub ham: [u64; 3],
    pub spam: [u64; 3],
}

/// The models' part of the store.
#[async_trait]
pub trait ModelStore: Send + Sync + 'static {
    /// Remembers a model that was made, as the challenger, with its event. The
    /// same model again renews when it was made.
    async fn add_model(&self, model: StoredModel, event: ModelEvent) -> Result<(), StoreError>;
    /// Every model, the newest first.
    async fn models(&self) -> Result<Vec<StoredModel>, StoreError>;
    async fn model_roles(&self) -> Result<Roles, StoreError>;
    /// Makes another model champion, and ends its part as challenger and shadow.
    /// `Changed`, and nothing is written, if the champion is not the expected
    /// one; `NotFound` if there is no such model, or its file was removed.
    async fn succeed(&self, succession: Succession) -> Result<(), StoreError>;
    /// Makes a model the shadow, or ends the one there is, with its event.
    async fn set_shadow(
        &self,
        shadow: Option<ModelHash>,
        event: ModelEvent,
    ) -> Result<(), StoreError>;
    /// Writes an event that changes no part.
    async fn note_model_event(&self, event: ModelEvent) -> Result<(), StoreError>;
    /// The newest events, of one model or of all, the newest first.
    async fn model_events(
        &self,
        of: Option<ModelHash>,
        limit: usize,
    ) -> Result<Vec<ModelEvent>, StoreError>;
    /// Notes that a model's file is gone.
    async fn model_removed(&self, hash: ModelHash, at: Timestamp) -> Result<(), StoreError>;

    /// Adds to what a shadow's verdicts were; of the differences the newest
    /// thousand are kept.
    async fn add_shadow_verdicts(
        &self,
        shadow: ModelHash,
        counts: Vec<ShadowCount>,
        differences: Vec<ShadowDifference>,
    ) -> Result<(), StoreError>;
    async fn shadow_counts(&self, shadow: ModelHash) -> Result<Vec<ShadowCount>, StoreError>;
    /// The newest first.
    async fn shadow_differences(
        &self,
        shadow: ModelHash,
        limit: usize,
    ) -> Result<Vec<ShadowDifference>, StoreError>;

    /// Pins a comment; `false` if it was pinned before. `NotFound` if there is
    /// no such comment.
    async fn pin(&self, pin: NewPin, by: String, at: Timestamp) -> Result<bool, StoreError>;
    /// Ends a pin; `NotFound` if there is none of that number.
    async fn unpin(&self, pin: i64) -> Result<(), StoreError>;
    /// In the order they were pinned.
    async fn pinned(&self) -> Result<Vec<Pinned>, StoreError>;

    /// The labelled comments after one, in the order of comment ids, at most
    /// `limit`; those whose text is forgotten are left out.
    async fn training_labels(
        &self,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Vec<TrainingLabel>, StoreError>;
    /// Changes of labels over all sites; see
    /// [`crate::domain::History::label_changes`].
    async fn label_changes(&self) -> Result<u64, StoreError>;
    /// What became of the comments of all sites that came since `since`.
    async fn live_counts(&self, since: Timestamp) -> Result<LiveCounts, StoreError>;
}
