//! Everything that is measured of one set of judged comments.

use serde::Serialize;

use super::bootstrap::{self, ALLOWED, Sorted};
use super::judged::Judged;
use crate::bayes::metrics::{self, OneMinusRoca, Rate, Scored};
use crate::domain::{Label, Verdict};

/// Comments below which a bootstrap is too sure of itself.
const ENOUGH: usize = 30;

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Comments that it is of.
    pub n: usize,
}

/// Measures of a set, each with its number of comments and 95 % interval.
/// What needs both classes is absent where there is only one.
#[derive(Debug, Clone, Serialize)]
pub struct Measures {
    pub set: String,
    pub ham: usize,
    pub spam: usize,
    /// Interval after Newcombe (2006).
    pub one_minus_roca_percent: Option<OneMinusRoca>,
    /// The same as an area, 0 to 1.
    pub roc_auc: Option<Estimate>,
    /// At a threshold that wrongs at most so many of this set's ham, rounded
    /// down: of fewer than 1,000 ham, 0.1 % is none. Interval: Wilson's, widened by what the bootstrap shows of an unsure threshold.
    pub spam_caught_at_0_1_percent: Option<Rate>,
    pub spam_caught_at_0_5_percent: Option<Rate>,
    pub spam_caught_at_1_percent: Option<Rate>,
    /// Verdicts at the policy's thresholds; intervals after Wilson (1927).
    pub ham_rejected: Rate,
    pub ham_held: Rate,
    pub spam_accepted: Rate,
    pub spam_held: Rate,
    /// Interval by the basic bootstrap (Davison and Hinkley 1997); of fewer than
    /// 30 comments, where it sees too little, as if it were a share (Wilson).
    pub brier: Estimate,
    /// The same; it takes off the bias that the error has on few comments.
    pub ece: Estimate,
}

impl Measures {
    /// Measures the comments of a set.
    pub fn of<'j>(set: &str, judged: impl Iterator<Item = &'j Judged> + Clone) -> Self {
        let scores: Vec<Scored> = judged.clone().map(|one| one.scored).collect();
        let count = |label| scores.iter().filter(|score| score.label == label).count();
        let (ham, spam) = (count(Label::Ham), count(Label::Spam));
        let share = |label, verdict| {
            let hits = judged
                .clone()
                .filter(|one| one.scored.label == label && one.verdict == verdict);
            Rate::of(hits.count(), count(label))
        };
        let area = metrics::one_minus_roca(&scores);
        let sorted = Sorted::of(&scores);
        let drawn = bootstrap::replicates(&scores, |times| sorted.statistics(times));
        let interval = |of: &dyn Fn(&bootstrap::Statistics) -> f64| {
            bootstrap::percentiles(drawn.iter().map(of).collect())
        };
        let bounded = |value: f64, interval: Option<(f64, f64)>| {
            let (low, high) = match interval {
                Some((low, high)) if scores.len() >= ENOUGH => {
                    let mirrored = |bound: f64| (2.0 * value - bound).clamp(0.0, 1.0);
                    (mirrored(high), mirrored(low))
                }
                _ => metrics::wilson(value, scores.len()),
            };
            Estimate {
                value,
                low: low.min(value),
                high: high.max(value),
                n: scores.len(),
            }
        };
        let caught = |at: usize| {
            area?;
            let rate = metrics::caught_at(&scores, ALLOWED[at]);
            let (low, high) = interval(&|drawn| drawn.caught[at])?;
            Some(Rate {
                low: rate.low.min(low),
                high: rate.high.max(high),
                ..rate
            })
        };
        Self {
            set: set.to_owned(),
            ham,
            spam,
            one_minus_roca_percent: area,
            roc_auc: area.map(|area| Estimate {
                value: 1.0 - area.percent / 100.0,
                low: 1.0 - area.high / 100.0,
                high: 1.0 - area.low / 100.0,
                n: scores.len(),
            }),
            spam_caught_at_0_1_percent: caught(0),
            spam_caught_at_0_5_percent: caught(1),
            spam_caught_at_1_percent: caught(2),
            ham_rejected: share(Label::Ham, Verdict::Reject),
            ham_held: share(Label::Ham, Verdict::Hold),
            spam_accepted: share(Label::Spam, Verdict::Accept),
            spam_held: share(Label::Spam, Verdict::Hold),
            brier: bounded(metrics::brier(&scores), interval(&|drawn| drawn.brier)),
            ece: bounded(metrics::ece(&scores), interval(&|drawn| drawn.ece)),
        }
    }
}
