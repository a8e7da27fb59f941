//! Models as they are listed and shown.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::bayes::ModelCard;
use crate::domain::SiteId;
use crate::store::{ModelEvent, ModelHash, ShadowCount, ShadowDifference};

/// How a model is called by those who ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelName {
    /// The one that ships with the program.
    Shipped,
    Champion,
    Challenger,
    Shadow,
    /// The first digits of its hash.
    Id(String),
}

impl From<&str> for ModelName {
    fn from(typed: &str) -> Self {
        match typed.trim() {
            "shipped" => Self::Shipped,
            "champion" => Self::Champion,
            "challenger" => Self::Challenger,
            "shadow" => Self::Shadow,
            id => Self::Id(id.to_ascii_lowercase()),
        }
    }
}

/// A model, and what is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct ModelView {
    /// What judgements name it by.
    pub id: String,
    /// SHA-256 of its file, in hexadecimal.
    pub hash: ModelHash,
    pub shipped: bool,
    /// It judges.
    pub champion: bool,
    /// It is the newest that was made, and waits.
    pub challenger: bool,
    /// It judges beside the champion, and only its verdicts are counted.
    pub shadow: bool,
    /// Absent for the one that ships.
    pub made_at: Option<Timestamp>,
    pub made_by: Option<String>,
    /// Its file was removed to save room.
    pub removed_at: Option<Timestamp>,
    /// Since when it is champion, or shadow.
    pub since: Option<Timestamp>,
    pub card: ModelCard,
    /// Comments of a site that came after this were left out of its training.
    #[serde(skip)]
    pub left_out: BTreeMap<SiteId, Timestamp>,
}

impl ModelView {
    /// How the store names it: the one that ships has no name there.
    pub fn stored(&self) -> Option<ModelHash> {
        (!self.shipped).then(|| self.hash.clone())
    }
}

/// What a shadow said beside the champion.
#[derive(Debug, Clone, Serialize)]
pub struct ShadowView {
    pub counts: Vec<ShadowCount>,
    /// The newest first.
    pub differences: Vec<ShadowDifference>,
    /// What became of the model, the newest first.
    pub events: Vec<ModelEvent>,
}
