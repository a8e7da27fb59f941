//! What the store promises about forgetting by request: what is found, that all
//! of it goes, and which models learnt from it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::StoreError;
use super::listing::CommentFile;
use super::models::ModelHash;
use crate::domain::{Comment, CommentEvent, CommentId, Label, SiteId, Trace, Trust};

/// What is to be forgotten. All of its conditions hold at once; of the traces,
/// one is enough.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    pub comment: Option<CommentId>,
    /// Of a name, an e-mail address or a network.
    pub traces: Vec<Trace>,
    /// The store does not look at it: a keyed hash of the one address of the
    /// network that is meant.
    pub address: Option<[u8; 16]>,
    pub site: Option<SiteId>,
    /// Only what came earlier. Of a label whose comment is forgotten, only its
    /// own time is known.
    pub before: Option<Timestamp>,
}

/// A comment, or what is left of one, that a selection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selected {
    pub site: SiteId,
    pub comment_id: CommentId,
    /// Selected by its network alone, which others share.
    pub by_network_only: bool,
}

/// Rows by what they are of.
pub type Removed = BTreeMap<String, u64>;

/// A request to forget.
#[derive(Debug, Clone, PartialEq)]
pub struct Erasure {
    pub id: Uuid,
    pub begun_at: Timestamp,
    pub by: String,
    /// The kinds of what was asked by; names nobody.
    pub asked: serde_json::Value,
    /// `None` once all of it is gone.
    pub selection: Option<Selection>,
    pub removed: Removed,
    pub finished_at: Option<Timestamp>,
    pub certificate: Option<serde_json::Value>,
}

/// All that is kept about a comment. Where only a label is left, there is no file.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub file: Option<CommentFile>,
    pub label: Option<KeptLabel>,
    /// Events that webhooks are told of.
    pub messages: Vec<KeptMessage>,
    /// Idempotency keys by which the blog asked.
    pub requests: Vec<String>,
    /// Where the blog wants to hear of decisions by Akismet's protocol.
    pub callback: Option<String>,
    /// Models that learnt from it.
    pub models: Vec<ModelHash>,
}

/// A label with what was learnt from.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptLabel {
    pub label: Label,
    pub at: Timestamp,
    /// The comment as it was; `None` once it is forgotten.
    pub text: Option<Comment>,
}

/// A message of the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptMessage {
    pub at: Timestamp,
    pub state: String,
    pub event: CommentEvent,
}

/// An entry of a site's list of whom moderators trust or block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub site: SiteId,
    pub trust: Trust,
    pub shown: String,
    pub at: Timestamp,
}

/// A model that learnt from what was forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaintedModel {
    pub hash: ModelHash,
    /// Samples that it learnt from elsewhere; `None` if that is not known.
    pub others: Option<u64>,
}

/// What was done to the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewritten {
    /// The database was written anew, without free space.
    pub whole: bool,
    /// The log of writes beside it was emptied.
    pub log: bool,
}

/// Forgetting by request.
#[async_trait]
pub trait ErasureStore: Send + Sync + 'static {
    /// What a selection is about, in the order of comment ids. A label counts
    /// even if its comment is forgotten, or is another person's by now.
    async fn find_to_erase(&self, selection: Selection) -> Result<Vec<Selected>, StoreError>;
    /// What [`ErasureStore::erase`] would remove.
    async fn weigh_erasure(&self, found: Vec<Selected>) -> Result<Removed, StoreError>;
    /// Entries of lists of moderators about the selected person.
    async fn listed(&self, selection: Selection) -> Result<Vec<Listed>, StoreError>;
    /// All that is kept about a comment; `NotFound` if there is nothing.
    async fn kept(&self, site: SiteId, id: CommentId) -> Result<Kept, StoreError>;

    /// Writes down a request. It is unfinished until
    /// [`ErasureStore::finish_erasure`].
    async fn begin_erasure(&self, erasure: Erasure) -> Result<(), StoreError>;
    /// Forgets the comments in one transaction, with all that was said of them
    /// and learnt from them: no tally, fingerprint, message or key is left that
    /// they alone had. Models that learnt from them are tainted from then on.
    /// Adds what was removed to the request.
    async fn erase(&self, erasure: Uuid, found: Vec<Selected>) -> Result<(), StoreError>;
    /// Takes the selected person off the lists of moderators, and ends the pins of
    /// these numbers.
    async fn erase_mentions(
        &self,
        erasure: Uuid,
        selection: Selection,
        pins: Vec<i64>,
    ) -> Result<(), StoreError>;
    /// All that was selected is gone, and what says whose it was goes now, with
    /// the ids that reports on models have of it.
    async fn selection_done(&self, erasure: Uuid) -> Result<(), StoreError>;
    /// Forgets what is counted of a site month by month.
    async fn erase_months(&self, erasure: Uuid, site: SiteId) -> Result<(), StoreError>;
    /// Ends a request.
    async fn finish_erasure(
        &self,
        erasure: Uuid,
        at: Timestamp,
        certificate: serde_json::Value,
    ) -> Result<(), StoreError>;
    /// `NotFound` if there is none of that id.
    async fn erasure(&self, id: Uuid) -> Result<Erasure, StoreError>;
    /// Those that are not finished, the oldest first.
    async fn unfinished_erasures(&self) -> Result<Vec<Erasure>, StoreError>;

    /// Writes down from which comments a model learnt, and from how many
    /// samples elsewhere.
    async fn note_samples(
        &self,
        model: ModelHash,
        comments: Vec<CommentId>,
        others: u64,
    ) -> Result<(), StoreError>;
    /// Models that learnt from one of the comments. Of a model of which nobody
    /// wrote down what it learnt from, all that came before it counts.
    async fn learnt_from(&self, found: Vec<Selected>) -> Result<Vec<ModelHash>, StoreError>;
    async fn tainted_models(&self) -> Result<Vec<TaintedModel>, StoreError>;
    /// A tainted model's file is gone: it has no part any more, and what it
    /// learnt from is forgotten.
    async fn model_forgotten(&self, model: ModelHash, at: Timestamp) -> Result<(), StoreError>;

    /// Lets nothing that was removed linger in the files: empties the log, and
    /// with `whole` writes the database anew, while which writes wait.
    async fn rewrite(&self, whole: bool) -> Result<Rewritten, StoreError>;
}
