//! Counts of a site, and how often the filter errs as far as labels tell.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::ServiceError;
use super::installation::Installation;
use crate::bayes::metrics;
use crate::domain::Site;
use crate::store::Counts;

const NOT_RANDOM: &str = "People label what they look at, so labelled comments are not a random \
     sample: the rates say how the filter did on those, not on all comments.";

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Stats {
    pub comments: CommentCounts,
    /// Decisions in force.
    pub decisions: DecisionCounts,
    pub queue: Queue,
    pub error_rates: ErrorRates,
}

/// Comments by the verdict they last got.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CommentCounts {
    pub total: u64,
    pub accept: u64,
    pub hold: u64,
    pub reject: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DecisionCounts {
    pub accept: u64,
    pub reject: u64,
}

/// Held comments that wait for a decision.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Queue {
    pub depth: u64,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub oldest_at: Option<Timestamp>,
    /// Age of the oldest one.
    #[schema(required = true)]
    pub oldest_seconds: Option<u64>,
}

/// Estimated from labelled comments and the verdicts they had got.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ErrorRates {
    /// Share of labelled ham that was rejected.
    pub ham_rejected: Rate,
    /// Share of labelled ham that was held.
    pub ham_held: Rate,
    /// Share of labelled spam that was accepted.
    pub spam_accepted: Rate,
    /// How far the estimates can be trusted.
    pub caution: &'static str,
}

/// A share with its 95 % interval (Wilson 1927).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Rate {
    /// How many erred.
    pub errors: u64,
    /// Of how many.
    pub n: u64,
    /// `null` where nothing is known.
    #[schema(required = true)]
    pub estimate: Option<f64>,
    pub low: f64,
    pub high: f64,
}

impl Rate {
    /// The share `errors / n` and what it may truly be.
    pub fn wilson(errors: u64, n: u64) -> Self {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let rate = metrics::Rate::of(count(errors), count(n));
        Self {
            errors,
            n,
            estimate: (n > 0).then_some(rate.rate),
            low: rate.low,
            high: rate.high,
        }
    }
}

impl Installation {
    /// What is known of a site's comments.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn stats(&self, site: &Site) -> Result<Stats, ServiceError> {
        let counts = self.store.counts(site.id).await?;
        Ok(Stats::of(&counts, Timestamp::now()))
    }
}

impl Stats {
    fn of(counts: &Counts, now: Timestamp) -> Self {
        let ham: u64 = counts.ham_by_verdict.iter().sum();
        let spam: u64 = counts.spam_by_verdict.iter().sum();
        let age = counts
            .oldest_in_queue
            .map(|oldest| u64::try_from(now.duration_since(oldest).as_secs()).unwrap_or(0));
        Self {
            comments: CommentCounts {
                total: counts.accepted + counts.held + counts.rejected,
                accept: counts.accepted,
                hold: counts.held,
                reject: counts.rejected,
            },
            decisions: DecisionCounts {
                accept: counts.decided_accept,
                reject: counts.decided_reject,
            },
            queue: Queue {
                depth: counts.queue,
                oldest_at: counts.oldest_in_queue,
                oldest_seconds: age,
            },
            error_rates: ErrorRates {
                ham_rejected: Rate::wilson(counts.ham_by_verdict[2], ham),
                ham_held: Rate::wilson(counts.ham_by_verdict[1], ham),
                spam_accepted: Rate::wilson(counts.spam_by_verdict[0], spam),
                caution: NOT_RANDOM,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_the_share_and_narrows_with_n() {
        let few = Rate::wilson(0, 10);
        let many = Rate::wilson(0, 1_000);
        assert_eq!(few.estimate, Some(0.0));
        // Published values: 0 of 10 gives 0 to 0.2775.
        assert!((few.high - 0.2775).abs() < 1e-4, "{few:?}");
        assert!(many.high < few.high);
        let half = Rate::wilson(5, 10);
        assert!((half.low - 0.2366).abs() < 1e-4 && (half.high - 0.7634).abs() < 1e-4);
        assert_eq!(Rate::wilson(0, 0).estimate, None);
    }
}
