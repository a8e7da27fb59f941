//! Evidence to verdict (skeleton: the real one arrives by merge).
use crate::domain::{Comment, History, Judgement, LogOdds, Verdict};
use crate::features::Features;

/// Which verdicts the log-odds lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// At most this log-odds is accepted.
    pub accept_below: LogOdds,
    /// At least this log-odds is rejected; `None` switches rejecting off.
    pub reject_above: Option<LogOdds>,
}

pub struct Filter;

impl Filter {
    /// Judges a comment by its features and history. Pure: no I/O, no clock.
    pub fn judge(&self, _comment: &Comment, _features: &Features, _history: &History) -> Judgement {
        Judgement {
            verdict: Verdict::Hold,
            spam_probability: 0.5,
            log_odds: LogOdds(0.0),
            evidence: Vec::new(),
            model: "skeleton".into(),
            policy: String::new(),
        }
    }
    pub fn model_id(&self) -> &str {
        "skeleton"
    }
}
