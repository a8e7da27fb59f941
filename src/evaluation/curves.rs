//! Scores over all thresholds: ROC, reliability, histograms, operating points.

use serde::Serialize;

use super::judged::Judged;
use crate::bayes::metrics::{Rate, Scored};
use crate::domain::{Label, LogOdds};

/// What a report draws.
#[derive(Debug, Clone, Serialize)]
pub struct Curves {
    /// From the strictest threshold to the loosest; empty without both classes.
    pub roc: Vec<RocPoint>,
    /// Ten bins of probability, those without a comment left out.
    pub reliability: Vec<Bin>,
    /// Slots of log-odds, from the lowest to the highest.
    pub histogram: Vec<Slot>,
    /// A threshold for each share of this set's ham that it may wrong.
    pub thresholds: Vec<Operating>,
}

/// Shares, 0 to 1, of ham and of spam at or above a threshold.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RocPoint {
    pub false_positives: f64,
    pub caught: f64,
}

/// Comments with a probability in `from..to`.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Bin {
    pub from: f64,
    pub to: f64,
    /// The mean probability that was given.
    pub said: f64,
    /// The share that was spam.
    pub spam: Rate,
}

/// Comments with log-odds in `from..to`; the outermost slots hold the rest.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Slot {
    pub from: f64,
    pub to: f64,
    pub ham: usize,
    pub spam: usize,
}

/// A threshold, and what is above it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Operating {
    /// The share of ham that may be wronged.
    pub allowed: f64,
    /// Comments above these log-odds are caught; absent where all are.
    pub log_odds: Option<f64>,
    pub ham: Rate,
    pub spam: Rate,
}

const ALLOWED: [f64; 10] = [0.0, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];
/// The histogram's range and the width of its slots, in log-odds.
const RANGE: (f64, f64) = (-10.0, 10.0);
const WIDTH: f64 = 0.5;
/// Points of a curve that lie closer than this share of its height are one.
const CLOSE: f64 = 0.002;

impl Curves {
    pub fn of(judged: &[&Judged]) -> Self {
        let mut scores: Vec<Scored> = judged.iter().map(|one| one.scored).collect();
        scores.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds));
        let both = [Label::Ham, Label::Spam].map(|label| count(&scores, label));
        let [ham, spam] = both;
        let (roc, thresholds) = match both.contains(&0) {
            true => (Vec::new(), Vec::new()),
            false => (roc(&scores, ham, spam), thresholds(&scores, ham, spam)),
        };
        Self {
            roc,
            reliability: reliability(&scores),
            histogram: histogram(&scores),
            thresholds,
        }
    }
}

fn count(scores: &[Scored], label: Label) -> usize {
    scores.iter().filter(|score| score.label == label).count()
}

fn roc(scores: &[Scored], ham: usize, spam: usize) -> Vec<RocPoint> {
    let mut points = vec![RocPoint {
        false_positives: 0.0,
        caught: 0.0,
    }];
    let (mut ham_above, mut spam_above) = (0, 0);
    for tied in scores.chunk_by(|a, b| a.log_odds == b.log_odds) {
        ham_above += count(tied, Label::Ham);
        spam_above += count(tied, Label::Spam);
        let point = RocPoint {
            false_positives: ham_above as f64 / ham as f64,
            caught: spam_above as f64 / spam as f64,
        };
        let last = points[points.len() - 1];
        // The eye sees ratios on the logarithmic axis of false positives.
        let wider = point.false_positives > last.false_positives * (1.0 + 5.0 * CLOSE);
        if wider || point.caught > last.caught + CLOSE || ham_above + spam_above == scores.len() {
            points.push(point);
        }
    }
    points
}

fn reliability(scores: &[Scored]) -> Vec<Bin> {
    let probability = |score: &Scored| LogOdds(score.log_odds).probability();
    (0..10)
        .filter_map(|bin| {
            let held = |score: &&Scored| ((probability(score) * 10.0) as usize).min(9) == bin;
            let within: Vec<Scored> = scores.iter().filter(held).copied().collect();
            let n = within.len();
            (n > 0).then(|| Bin {
                from: bin as f64 / 10.0,
                to: (bin + 1) as f64 / 10.0,
                said: within.iter().map(probability).sum::<f64>() / n as f64,
                spam: Rate::of(count(&within, Label::Spam), n),
            })
        })
        .collect()
}

fn histogram(scores: &[Scored]) -> Vec<Slot> {
    let slots = ((RANGE.1 - RANGE.0) / WIDTH) as usize;
    let mut histogram: Vec<Slot> = (0..slots)
        .map(|slot| Slot {
            from: RANGE.0 + WIDTH * slot as f64,
            to: RANGE.0 + WIDTH * (slot + 1) as f64,
            ham: 0,
            spam: 0,
        })
        .collect();
    for score in scores {
        // A cast of what lies below 0 gives 0.
        let slot = (((score.log_odds - RANGE.0) / WIDTH) as usize).min(slots - 1);
        match score.label {
            Label::Ham => histogram[slot].ham += 1,
            Label::Spam => histogram[slot].spam += 1,
        }
    }
    histogram
}

fn thresholds(scores: &[Scored], ham: usize, spam: usize) -> Vec<Operating> {
    let of_ham: Vec<f64> = scores
        .iter()
        .filter(|score| score.label == Label::Ham)
        .map(|score| score.log_odds)
        .collect();
    ALLOWED
        .into_iter()
        .map(|allowed| {
            let limit = of_ham.get((allowed * ham as f64).floor() as usize).copied();
            let above: Vec<Scored> = scores
                .iter()
                .filter(|score| limit.is_none_or(|limit| score.log_odds > limit))
                .copied()
                .collect();
            Operating {
                allowed,
                log_odds: limit,
                ham: Rate::of(count(&above, Label::Ham), ham),
                spam: Rate::of(count(&above, Label::Spam), spam),
            }
        })
        .collect()
}
