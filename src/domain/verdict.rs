//! What hamgate answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::evidence::{Evidence, LogOdds};

/// Publish, wait for a moderator, refuse.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Accept,
    Hold,
    Reject,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Accept, Self::Hold, Self::Reject];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Hold => "hold",
            Self::Reject => "reject",
        }
    }
}

/// A verdict with all that led to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Judgement {
    pub verdict: Verdict,
    /// The log-odds as a probability, 0 to 1.
    pub spam_probability: f64,
    /// The sum of the evidence.
    pub log_odds: LogOdds,
    /// Heaviest first, after the model's starting point.
    pub evidence: Vec<Evidence>,
    /// Id of the model: the first 12 hexadecimal digits of its SHA-256.
    pub model: String,
    /// The thresholds that applied, as `accept<=-1.90 reject>=4.20`.
    pub policy: String,
}
