//! How good scores are: ranking, error rates, calibration, with intervals.

use serde::{Deserialize, Serialize};

use crate::domain::Label;

/// z of a two-sided 95 % interval.
const Z95: f64 = 1.959_963_984_540_054;

/// A score (log-odds) and the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    pub log_odds: f64,
    pub label: Label,
}

/// A share with its 95 % interval (Wilson 1927).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    pub count: usize,
    pub n: usize,
    /// `count / n`; 0 where n is 0.
    pub rate: f64,
    pub low: f64,
    pub high: f64,
}

impl Rate {
    pub fn of(count: usize, n: usize) -> Self {
        let rate = count as f64 / n.max(1) as f64;
        let (low, high) = wilson(rate, n);
        Self {
            count,
            n,
            rate,
            low,
            high,
        }
    }
}

/// 95 % interval of a share of `n` (Wilson 1927). For the mean of other numbers
/// between 0 and 1 it is wide enough, for none vary more than a share's.
pub fn wilson(share: f64, n: usize) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let m = n as f64;
    let z2 = Z95 * Z95;
    let centre = (share + z2 / (2.0 * m)) / (1.0 + z2 / m);
    let half = Z95 * (share * (1.0 - share) / m + z2 / (4.0 * m * m)).sqrt() / (1.0 + z2 / m);
    // At the ends the bounds are exact; rounding would leave 1e-17.
    let low = if share == 0.0 { 0.0 } else { centre - half };
    let high = if share == 1.0 { 1.0 } else { centre + half };
    (low.max(0.0), high.min(1.0))
}

/// Area above the ROC curve in per cent, with a 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OneMinusRoca {
    pub percent: f64,
    pub low: f64,
    pub high: f64,
}

/// Probability that a ham scores above a spam (ties count half), by ranks;
/// interval after Newcombe (2006, method 5), which also bounds an area of
/// which no error was seen. `None` without both classes.
pub fn one_minus_roca(scores: &[Scored]) -> Option<OneMinusRoca> {
    let spam = scores
        .iter()
        .filter(|score| score.label == Label::Spam)
        .count() as f64;
    let ham = scores.len() as f64 - spam;
    if spam == 0.0 || ham == 0.0 {
        return None;
    }
    let mut sorted: Vec<&Scored> = scores.iter().collect();
    sorted.sort_by(|a, b| a.log_odds.total_cmp(&b.log_odds));
    let mut rank_sum = 0.0;
    let mut at = 0;
    while at < sorted.len() {
        let ties = sorted[at..]
            .iter()
            .take_while(|s| s.log_odds == sorted[at].log_odds)
            .count();
        let rank = at as f64 + (ties as f64 + 1.0) / 2.0;
        let spam_here = sorted[at..at + ties]
            .iter()
            .filter(|s| s.label == Label::Spam)
            .count();
        rank_sum += rank * spam_here as f64;
        at += ties;
    }
    let area = (rank_sum - spam * (spam + 1.0) / 2.0) / (spam * ham);
    let (below, above) = (bound(area, 0.0, spam, ham), bound(area, 1.0, spam, ham));
    Some(OneMinusRoca {
        percent: 100.0 * (1.0 - area),
        low: 100.0 * (1.0 - above),
        high: 100.0 * (1.0 - below),
    })
}

/// The area nearest to `end` of which the one seen is a 95 % deviation, by
/// bisection. The variance is Hanley and McNeil's (1982), with both classes of
/// their mean size.
fn bound(seen: f64, end: f64, spam: f64, ham: f64) -> f64 {
    let others = (spam + ham) / 2.0 - 1.0;
    let (mut within, mut beyond) = (seen, end);
    for _ in 0..60 {
        let area = (within + beyond) / 2.0;
        let pairs = 1.0 + others * ((1.0 - area) / (2.0 - area) + area / (1.0 + area));
        let variance = area * (1.0 - area) * pairs / (spam * ham);
        if (seen - area).abs() <= Z95 * variance.sqrt() {
            within = area;
        } else {
            beyond = area;
        }
    }
    within
}

/// Spam caught at a threshold that wrongs at most `rate` of these ham.
pub fn caught_at(scores: &[Scored], rate: f64) -> Rate {
    let mut ham: Vec<f64> = of(scores, Label::Ham);
    ham.sort_by(|a, b| b.total_cmp(a));
    let allowed = (rate * ham.len() as f64).floor() as usize;
    let threshold = ham.get(allowed).copied().unwrap_or(f64::NEG_INFINITY);
    let spam = of(scores, Label::Spam);
    let caught = spam.iter().filter(|score| **score > threshold).count();
    Rate::of(caught, spam.len())
}

fn of(scores: &[Scored], label: Label) -> Vec<f64> {
    scores
        .iter()
        .filter(|score| score.label == label)
        .map(|score| score.log_odds)
        .collect()
}

/// Mean squared error of the probabilities (Brier 1950).
pub fn brier(scores: &[Scored]) -> f64 {
    mean(scores, |score| {
        let truth = f64::from(u8::from(score.label == Label::Spam));
        (probability(score.log_odds) - truth).powi(2)
    })
}

/// Expected calibration error over ten bins of probability (Naeini et al. 2015).
pub fn ece(scores: &[Scored]) -> f64 {
    let mut bins = [(0.0, 0.0); 10];
    for score in scores {
        let p = probability(score.log_odds);
        let bin = &mut bins[((p * 10.0) as usize).min(9)];
        bin.0 += p;
        bin.1 += f64::from(u8::from(score.label == Label::Spam));
    }
    bins.iter()
        .map(|(said, was)| (said - was).abs())
        .sum::<f64>()
        / scores.len().max(1) as f64
}

fn mean(scores: &[Scored], of: impl Fn(&Scored) -> f64) -> f64 {
    scores.iter().map(of).sum::<f64>() / scores.len().max(1) as f64
}

fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// One-sided upper 95 % bound of a rate of which `count` of `n` were seen
/// (Clopper and Pearson 1934), by bisection of the binomial tail.
pub fn upper_bound(count: usize, n: usize) -> f64 {
    if count >= n {
        return 1.0;
    }
    let (mut low, mut high) = (count as f64 / n as f64, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if binomial_tail(count, n, middle) > 0.05 {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Chance of `count` or more of `n` where each has the chance `rate`, which is
/// between 0 and 1.
pub fn at_least(count: usize, n: usize, rate: f64) -> f64 {
    match count {
        0 => 1.0,
        _ => (1.0 - binomial_tail(count - 1, n, rate)).max(0.0),
    }
}

/// `P(X <= count)` for `X ~ Binomial(n, p)`, summed in log space.
fn binomial_tail(count: usize, n: usize, p: f64) -> f64 {
    let (log_p, log_q) = (p.ln(), (-p).ln_1p());
    let mut log_choose = 0.0;
    let mut sum = 0.0;
    for k in 0..=count {
        sum += (log_choose + k as f64 * log_p + (n - k) as f64 * log_q).exp();
        log_choose += ((n - k) as f64).ln() - (k as f64 + 1.0).ln();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(spam: &[f64], ham: &[f64]) -> Vec<Scored> {
        let with = |label| {
            move |log_odds: &f64| Scored {
                log_odds: *log_odds,
                label,
            }
        };
        spam.iter()
            .map(with(Label::Spam))
            .chain(ham.iter().map(with(Label::Ham)))
            .collect()
    }

    #[test]
    fn ranking_counts_pairs_and_halves_ties() {
        let scores = scored(&[2.0, 1.0], &[1.0, 0.0]);
        let area = one_minus_roca(&scores).expect("both classes");
        assert!((area.percent - 12.5).abs() < 1e-9);
        assert!(area.low < 12.5 && area.high > 12.5);
        // No error was seen among few: that is no proof of none.
        let few = one_minus_roca(&scored(&[2.0; 20], &[1.0; 3])).expect("both classes");
        assert!(few.percent == 0.0 && few.low == 0.0 && few.high > 10.0);
        assert!(one_minus_roca(&scored(&[1.0], &[])).is_none());
    }

    #[test]
    fn bounds_agree_with_tables() {
        // The rule of three: 0 of 300 bounds a rate by 1 %.
        assert!((upper_bound(0, 300) - 0.00994).abs() < 1e-4);
        assert!((upper_bound(5, 100) - 0.1023).abs() < 1e-3);
        let rate = Rate::of(8, 10);
        assert!((rate.low - 0.4902).abs() < 1e-3 && (rate.high - 0.9433).abs() < 1e-3);
    }

    #[test]
    fn caught_counts_only_above_the_allowed_ham() {
        let rate = caught_at(&scored(&[3.0, 1.0, -1.0], &[2.0, 0.0, -2.0]), 0.34);
        assert_eq!((rate.count, rate.n), (2, 3));
    }
}
