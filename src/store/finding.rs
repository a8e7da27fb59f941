//! By what comments are found again, and the groups they come in.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::listing::StoredComment;
use crate::domain::{CommentId, History, SiteId};
use crate::features::{Features, language};
use crate::filter::lesson;

/// By what a comment is found, besides its text and its judgement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aspects {
    /// ISO 639-3 code of the text's language, where it can be told.
    pub language: Option<String>,
    /// Whether the text has a link; the author's URL is not one.
    pub has_link: bool,
    /// People's labels on the best-known of its traces, or on its text: of what
    /// is well known a label more tells little.
    pub labels: u32,
}

impl Aspects {
    pub fn of(features: &Features, history: &History) -> Self {
        Self {
            language: language::code(features).map(str::to_owned),
            has_link: !features.links.is_empty(),
            labels: lesson::labels_known(history),
        }
    }
}

/// A campaign's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CampaignId(pub i64);

/// Comments of one site that are near-duplicates of each other: each one's text
/// is nearly that of another one (similarity ≥ 0.7). The numbers are of the
/// comments that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Campaign {
    pub id: CampaignId,
    /// When the first of them came.
    pub first_at: Timestamp,
    /// When the latest of them came.
    pub last_at: Timestamp,
    /// Held and undecided.
    pub waiting: u64,
    /// By a person's word, or else by the verdict.
    pub accepted: u64,
    pub rejected: u64,
}

impl Campaign {
    /// How many comments it has.
    pub fn size(&self) -> u64 {
        self.waiting + self.accepted + self.rejected
    }
}

/// What there is to choose from in a queue, the most frequent first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// ISO 639-3 codes with how many comments wait; empty for those of which the
    /// language could not be told.
    pub languages: Vec<(String, u64)>,
    /// Reasons that weighed much, likewise.
    pub reasons: Vec<(String, u64)>,
}

/// Finding comments.
#[async_trait]
pub trait Finding {
    /// What there is to choose from in the site's queue.
    async fn facets(&self, site: SiteId) -> Result<Facets, StoreError>;
    /// Puts comments that were written since the last call where searches find
    /// them, some at a time; a search does it by itself for the latest. Returns
    /// whether there may be more.
    async fn file(&self) -> Result<bool, StoreError>;
    /// The campaign that the comment is of; `None` where it is like no other one.
    async fn campaign_of(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Option<Campaign>, StoreError>;
    /// `NotFound` if the site has none of this number.
    async fn campaign(&self, site: SiteId, id: CampaignId) -> Result<Campaign, StoreError>;
    /// Campaigns of two comments and more with the newest comment of each: those
    /// that came last first, at most `limit`, after the place of the one before.
    async fn campaigns(
        &self,
        site: SiteId,
        after: Option<(Timestamp, CampaignId)>,
        limit: usize,
    ) -> Result<Vec<(Campaign, StoredComment)>, StoreError>;
}
