//! The error budget, and the thresholds that keep it.

use std::fmt;

use crate::bayes::{ModelCard, Threshold};
use crate::domain::{LogOdds, SiteSettings, Verdict};

/// What is thrown away unseen has to clear the reject threshold by this much
/// more: twenty thousand to one beyond what is rejected.
const DISCARD_MARGIN: f64 = 10.0;

/// What mistakes an owner accepts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// At most this share of ham is rejected.
    pub max_ham_rejected: f64,
    /// At most this share of spam is accepted.
    pub max_spam_accepted: f64,
    /// `false`: nothing is ever rejected, only held.
    pub reject: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            max_ham_rejected: 0.001,
            max_spam_accepted: 0.01,
            reject: true,
        }
    }
}

impl Budget {
    /// The budget of a site: its own, as far as it has one.
    pub fn of_site(self, site: &SiteSettings) -> Self {
        Self {
            max_ham_rejected: site.max_ham_rejected.unwrap_or(self.max_ham_rejected),
            max_spam_accepted: site.max_spam_accepted.unwrap_or(self.max_spam_accepted),
            reject: site.reject.unwrap_or(self.reject),
        }
    }
}

/// Which verdicts the log-odds lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// At most this is accepted.
    pub accept_below: LogOdds,
    /// At least this is rejected; `None` rejects nothing.
    pub reject_above: Option<LogOdds>,
}

impl Policy {
    /// The loosest thresholds of the card that keep the budget. A budget that
    /// the card cannot promise rejects, or accepts, nothing.
    pub fn of(card: &ModelCard, budget: Budget) -> Self {
        let within = |thresholds: &[Threshold], limit: f64| {
            thresholds
                .iter()
                .filter(|threshold| threshold.budget <= limit)
                .filter_map(|threshold| threshold.log_odds)
                .next_back()
        };
        let accept = within(&card.accept, budget.max_spam_accepted);
        let reject = within(&card.reject, budget.max_ham_rejected).filter(|_| budget.reject);
        let accept_below = accept.unwrap_or(f64::NEG_INFINITY);
        Self {
            accept_below: LogOdds(accept_below),
            // A good model's thresholds can cross: then nothing need be held,
            // but what is accepted is never rejected.
            reject_above: reject.map(|reject| LogOdds(reject.max(accept_below))),
        }
    }

    pub fn verdict(&self, log_odds: LogOdds) -> Verdict {
        if log_odds <= self.accept_below {
            Verdict::Accept
        } else if self.reject_above.is_some_and(|limit| log_odds >= limit) {
            Verdict::Reject
        } else {
            Verdict::Hold
        }
    }

    /// Whether a rejected comment may be thrown away unseen.
    pub fn is_beyond_doubt(&self, log_odds: LogOdds) -> bool {
        let reject = self.reject_above;
        reject.is_some_and(|limit| log_odds >= limit + LogOdds(DISCARD_MARGIN))
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "accept<={:.4}", self.accept_below.0)?;
        match self.reject_above {
            Some(limit) => write!(f, " reject>={:.4}", limit.0),
            None => write!(f, " reject=off"),
        }
    }
}
