//! Intervals by resampling, for what has none in closed form.
//!
//! Comments are drawn with replacement, ham and spam apart, so that each
//! replicate has as many of each. They are taken as independent; where one
//! campaign wrote a hundred of them the intervals are too narrow.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::bayes::metrics::Scored;
use crate::domain::{Label, LogOdds};

/// Replicates of a bootstrap.
const REPLICATES: u64 = 1_000;
/// Bins of the calibration error.
const BINS: usize = 10;
/// Shares of ham that a threshold may wrong.
pub const ALLOWED: [f64; 3] = [0.001, 0.005, 0.01];

/// What is measured in each replicate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistics {
    /// Share of the (ham, spam) pairs in the wrong order; NaN without both.
    pub above_roc: f64,
    /// Share of spam caught at each of [`ALLOWED`].
    pub caught: [f64; 3],
    pub brier: f64,
    pub ece: f64,
}

/// Scores in the order of a threshold that falls.
pub struct Sorted<'s> {
    scores: &'s [Scored],
    /// Places of the scores, the highest first.
    order: Vec<usize>,
    probabilities: Vec<f64>,
}

impl<'s> Sorted<'s> {
    pub fn of(scores: &'s [Scored]) -> Self {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].log_odds.total_cmp(&scores[*a].log_odds));
        let probability = |score: &Scored| LogOdds(score.log_odds).probability();
        Self {
            scores,
            order,
            probabilities: scores.iter().map(probability).collect(),
        }
    }

    /// The statistics where each score counts so many times.
    pub fn statistics(&self, times: &[u32]) -> Statistics {
        let total = |label| {
            let of = self.scores.iter().zip(times);
            of.filter(|(score, _)| score.label == label)
                .map(|(_, times)| f64::from(*times))
                .sum::<f64>()
        };
        let (ham, spam) = (total(Label::Ham), total(Label::Spam));
        let allowed = ALLOWED.map(|rate| (rate * ham).floor());
        let mut caught = [None; ALLOWED.len()];
        let (mut ham_above, mut spam_above, mut wrong) = (0.0, 0.0, 0.0);
        let (mut squares, mut bins) = (0.0, [0.0; BINS]);
        for tied in self
            .order
            .chunk_by(|a, b| self.scores[*a].log_odds == self.scores[*b].log_odds)
        {
            let (mut ham_here, mut spam_here) = (0.0, 0.0);
            for at in tied {
                let count = f64::from(times[*at]);
                let p = self.probabilities[*at];
                let is_spam = self.scores[*at].label == Label::Spam;
                *if is_spam {
                    &mut spam_here
                } else {
                    &mut ham_here
                } += count;
                let error = p - f64::from(u8::from(is_spam));
                squares += count * error * error;
                bins[((p * BINS as f64) as usize).min(BINS - 1)] += count * error;
            }
            ham_above += ham_here;
            for (caught, allowed) in caught.iter_mut().zip(allowed) {
                if ham_above > allowed {
                    caught.get_or_insert(spam_above);
                }
            }
            wrong += ham_here * (spam - spam_above - spam_here) + 0.5 * ham_here * spam_here;
            spam_above += spam_here;
        }
        Statistics {
            above_roc: wrong / (ham * spam),
            caught: caught.map(|caught| caught.unwrap_or(spam) / spam),
            brier: squares / (ham + spam),
            ece: bins.iter().map(|bin: &f64| bin.abs()).sum::<f64>() / (ham + spam),
        }
    }
}

/// `of` what each replicate's counts give. The same scores give the same.
pub fn replicates<T: Send>(scores: &[Scored], of: impl Fn(&[u32]) -> T + Sync) -> Vec<T> {
    let places = |label| {
        let of = (0..scores.len()).filter(|at| scores[*at].label == label);
        of.collect::<Vec<usize>>()
    };
    let classes = [places(Label::Ham), places(Label::Spam)];
    (0..REPLICATES)
        .into_par_iter()
        .map(|replicate| {
            let mut times = vec![0; scores.len()];
            for draw in 0..scores.len() as u64 {
                let class = &classes[usize::from(draw >= classes[0].len() as u64)];
                let random = xxh3_64_with_seed(&draw.to_le_bytes(), replicate);
                times[class[(random % class.len() as u64) as usize]] += 1;
            }
            of(&times)
        })
        .collect()
}

/// The middle 95 % of the replicates; `None` where some are undefined.
pub fn percentiles(mut values: Vec<f64>) -> Option<(f64, f64)> {
    if values.is_empty() || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[(share * (values.len() - 1) as f64).round() as usize];
    Some((at(0.025), at(0.975)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bayes::metrics;

    #[test]
    fn each_score_once_is_the_plain_statistic() {
        let scores: Vec<Scored> = (0..400)
            .map(|at| Scored {
                log_odds: f64::from((at * 37) % 101) / 10.0 - 5.0,
                label: match (at * 37) % 101 > 20 + at % 60 {
                    true => Label::Spam,
                    false => Label::Ham,
                },
            })
            .collect();
        let once = Sorted::of(&scores).statistics(&vec![1; scores.len()]);
        let area = metrics::one_minus_roca(&scores).expect("both classes");
        assert!((100.0 * once.above_roc - area.percent).abs() < 1e-9);
        assert!((once.brier - metrics::brier(&scores)).abs() < 1e-12);
        assert!((once.ece - metrics::ece(&scores)).abs() < 1e-12);
        for (caught, rate) in once.caught.into_iter().zip(ALLOWED) {
            assert!((caught - metrics::caught_at(&scores, rate).rate).abs() < 1e-12);
        }
    }

    #[test]
    fn replicates_are_the_same_each_time_and_keep_the_classes() {
        let scores: Vec<Scored> = (0..30)
            .map(|at| Scored {
                log_odds: f64::from(at),
                label: if at < 10 { Label::Ham } else { Label::Spam },
            })
            .collect();
        let drawn = replicates(&scores, |times| times.to_vec());
        assert!(
            drawn
                .iter()
                .all(|times| times[..10].iter().sum::<u32>() == 10)
        );
        assert_eq!(drawn, replicates(&scores, |times| times.to_vec()));
        assert_ne!(drawn[0], drawn[1]);
    }
}
