//! From raw scores to log-odds that mean what they say, and to thresholds that
//! keep a promise.

use super::card::{Calibration, Threshold};
use super::metrics::upper_bound;
use crate::domain::Label;

/// A raw score of a comment whose site the scoring model never saw.
#[derive(Debug, Clone, Copy)]
pub struct OutOfFoldScore {
    /// Which of the rows it is.
    pub row: usize,
    pub raw: f64,
    pub label: Label,
    pub weight: f64,
    /// The scoring model had honest examples enough in what the comment is
    /// written in. Always so of spam.
    pub familiar: bool,
}

/// Slope and bias by weighted logistic regression (Platt 1999), with a few
/// Newton steps; the slope never turns negative.
pub fn calibrate(scores: &[OutOfFoldScore]) -> Calibration {
    let (mut slope, mut bias) = (0.3_f64, 0.0_f64);
    for _ in 0..50 {
        // A weak prior keeps separable scores finite.
        let (mut gs, mut gb) = (0.1 * (slope - 0.3), 1e-3 * bias);
        let (mut hss, mut hsb, mut hbb) = (0.1, 0.0, 1e-3);
        for score in scores {
            let p = 1.0 / (1.0 + (-(slope * score.raw + bias)).exp());
            let error = score.weight * (p - f64::from(u8::from(score.label == Label::Spam)));
            let bend = score.weight * p * (1.0 - p);
            gs += error * score.raw;
            gb += error;
            hss += bend * score.raw * score.raw;
            hsb += bend * score.raw;
            hbb += bend;
        }
        let determinant = hss * hbb - hsb * hsb;
        let step_slope = (hbb * gs - hsb * gb) / determinant;
        let step_bias = (hss * gb - hsb * gs) / determinant;
        slope = (slope - step_slope).clamp(0.01, 10.0);
        bias = (bias - step_bias).clamp(-20.0, 20.0);
        if step_slope.abs() + step_bias.abs() < 1e-10 {
            break;
        }
    }
    Calibration { slope, bias }
}

/// The rates a card makes promises for.
pub const BUDGETS: [f64; 9] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1];

/// For each budget the lowest log-odds that at most that share of ham reaches,
/// with 95 % confidence. `noise` is the share of labels taken to be wrong: so
/// many of the worst-scored are set aside. Without that the spam hidden among
/// imported ham would decide, and nothing could be rejected.
pub fn reject_thresholds(mut ham: Vec<f64>, noise: f64) -> Vec<Threshold> {
    ham.sort_by(|a, b| b.total_cmp(a));
    thresholds(set_aside(&ham, noise), |score| score + STEP)
}

/// For each budget the highest log-odds that at most that share of spam stays
/// under, with 95 % confidence; `noise` as of [`reject_thresholds`].
pub fn accept_thresholds(mut spam: Vec<f64>, noise: f64) -> Vec<Threshold> {
    spam.sort_by(f64::total_cmp);
    thresholds(set_aside(&spam, noise), |score| score - STEP)
}

/// How many labels of a kind it takes to promise that rate at any threshold, if no
/// error is among them but those that noise accounts for.
pub fn labels_needed(budget: f64, noise: f64) -> usize {
    // With no error in n the bound is 1 - 0.05^(1/n) (Clopper and Pearson 1934).
    let clean = (0.05_f64.ln() / (-budget).ln_1p()).ceil();
    let mut needed = (clean / (1.0 - noise)).floor() as usize;
    while ((needed - (noise * needed as f64) as usize) as f64) < clean {
        needed += 1;
    }
    needed
}

/// `scores` without the first that noise accounts for.
fn set_aside(scores: &[f64], noise: f64) -> &[f64] {
    &scores[(noise * scores.len() as f64) as usize..]
}

/// A threshold lies this far beyond the first sample that it must not touch.
const STEP: f64 = 1e-6;

/// `scores` begin with the worst.
fn thresholds(scores: &[f64], beyond: impl Fn(f64) -> f64) -> Vec<Threshold> {
    let n = scores.len();
    BUDGETS
        .into_iter()
        .map(|budget| {
            // The bound rises with the number of errors.
            let allowed = (0..=n)
                .take_while(|errors| upper_bound(*errors, n) <= budget)
                .last();
            let log_odds = allowed
                .and_then(|errors| scores.get(errors))
                .map(|score| beyond(*score));
            let errors = allowed.unwrap_or(0);
            Threshold {
                budget,
                log_odds,
                errors,
                n,
                bound: upper_bound(errors, n),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_samples_promise_nothing_strict() {
        let ham: Vec<f64> = (0..500).map(|i| f64::from(i) / 100.0).collect();
        let thresholds = reject_thresholds(ham, 0.0);
        let at = |budget| {
            thresholds
                .iter()
                .find(|t| t.budget == budget)
                .copied()
                .expect("listed")
        };
        assert_eq!(at(0.001).log_odds, None);
        // 0 of 500 bounds a rate by 0.6 %.
        assert_eq!(at(0.01).errors, 1);
        assert!(at(0.1).log_odds.is_some_and(|t| t < 4.99));
    }

    #[test]
    fn labels_needed_are_those_from_which_a_threshold_is_found() {
        for (at, noise) in [(1, 0.0), (1, 0.001), (4, 0.007)] {
            let needed = labels_needed(BUDGETS[at], noise);
            let found = |n: usize| {
                let ham = (0..n).map(|i| i as f64).collect();
                reject_thresholds(ham, noise)[at].log_odds.is_some()
            };
            assert!(found(needed) && !found(needed - 1), "{needed} with {noise}");
        }
    }

    #[test]
    fn noise_is_set_aside() {
        let mut ham: Vec<f64> = (0..990).map(|i| f64::from(i) / 1_000.0).collect();
        let clean = reject_thresholds(ham.clone(), 0.0);
        ham.extend([9.0; 10]);
        let noisy = reject_thresholds(ham.clone(), 0.0);
        let aside = reject_thresholds(ham, 0.01);
        let of = |thresholds: &[Threshold]| thresholds[4].log_odds.expect("1 % of 990");
        assert!(of(&noisy) > 9.0);
        assert_eq!(of(&aside), of(&clean));
    }
}
