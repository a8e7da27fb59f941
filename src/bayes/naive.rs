//! Naive Bayes by linfa-bayes: one multinomial fit for each kind of token, on
//! two rows of counts, one a class.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_bayes::MultinomialNb;
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use crate::domain::Label;
use crate::features::tokens::{Kind, SLOTS};

/// In how many comments each slot was seen, by label; sums of sample weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// Length [`SLOTS`].
    pub ham: Vec<f64>,
    /// Length [`SLOTS`].
    pub spam: Vec<f64>,
    /// Weight of all ham comments.
    pub ham_total: f64,
    /// Weight of all spam comments.
    pub spam_total: f64,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            ham: vec![0.0; SLOTS],
            spam: vec![0.0; SLOTS],
            ham_total: 0.0,
            spam_total: 0.0,
        }
    }
}

impl Counts {
    /// Largest weight of a class: above it half floats would overflow, and more
    /// comments make rates no surer than this many do.
    const HEAVIEST: f64 = 60_000.0;

    /// Both classes alike, scaled down to what a model file can hold.
    pub(super) fn in_range(mut self) -> Self {
        let heaviest = self.ham_total.max(self.spam_total);
        if heaviest > Self::HEAVIEST {
            let factor = Self::HEAVIEST / heaviest;
            for count in self.ham.iter_mut().chain(&mut self.spam) {
                *count *= factor;
            }
            self.ham_total *= factor;
            self.spam_total *= factor;
        }
        self
    }

    /// Counts are sums: adding learns, and what was added can be taken away.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in self.ham.iter_mut().zip(&other.ham) {
            *sum += more;
        }
        for (sum, more) in self.spam.iter_mut().zip(&other.spam) {
            *sum += more;
        }
        self.ham_total += other.ham_total;
        self.spam_total += other.spam_total;
    }
}

/// For each slot the log-ratio of its rate in spam against ham, per comment; 0
/// for a slot never seen. Length [`SLOTS`].
///
/// linfa gives `log P(slot | class)` among the class's tokens. Per comment,
/// the rate is that times the class's tokens over its comments: a shift by one
/// constant for each kind.
pub fn log_ratios(counts: &Counts, alpha: f64) -> Vec<f64> {
    let mut ratios = vec![0.0; SLOTS];
    for kind in Kind::ALL {
        let range = kind.offset()..kind.offset() + kind.slots();
        let (ham, spam) = (&counts.ham[range.clone()], &counts.spam[range.clone()]);
        let [log_ham, log_spam] = fit(ham, spam, alpha);
        let tokens = |class: &[f64]| class.iter().sum::<f64>() + alpha * class.len() as f64;
        let shift = (tokens(spam) / (counts.spam_total + alpha)).ln()
            - (tokens(ham) / (counts.ham_total + alpha)).ln();
        for (place, ratio) in ratios[range].iter_mut().enumerate() {
            if ham[place] > 0.0 || spam[place] > 0.0 {
                *ratio = log_spam[place] - log_ham[place] + shift;
            }
        }
    }
    ratios
}

/// One slot of [`log_ratios`], from its counts in `[ham, spam]` and the weights
/// of all. The smoothing of the whole kind falls out of the difference, so no
/// fit is needed to read a model.
pub fn log_ratio([ham, spam]: [f64; 2], [all_ham, all_spam]: [f64; 2], alpha: f64) -> f64 {
    if ham == 0.0 && spam == 0.0 {
        return 0.0;
    }
    let spam_rate = (spam + alpha) / (all_spam + alpha);
    let ham_rate = (ham + alpha) / (all_ham + alpha);
    (spam_rate / ham_rate).ln()
}

/// `log P(slot | ham)` and `log P(slot | spam)` of one kind.
fn fit(ham: &[f64], spam: &[f64], alpha: f64) -> [Array1<f64>; 2] {
    let mut rows = Array2::zeros((2, ham.len()));
    for (place, (ham, spam)) in ham.iter().zip(spam).enumerate() {
        rows[[0, place]] = *ham;
        rows[[1, place]] = *spam;
    }
    let classes = Array1::from(vec![Label::Ham as usize, Label::Spam as usize]);
    let model = MultinomialNb::params()
        .alpha(alpha)
        .fit(&DatasetBase::new(rows, classes))
        .expect("two classes of finite counts and a positive alpha always fit");
    read(&model)
}

/// linfa keeps the log-probabilities private, but serialises them.
fn read(model: &MultinomialNb<f64, usize>) -> [Array1<f64>; 2] {
    #[derive(Serialize, Deserialize)]
    struct Mirror {
        class_info: std::collections::BTreeMap<usize, Class>,
    }
    #[derive(Serialize, Deserialize)]
    struct Class {
        class_count: usize,
        prior: f64,
        feature_count: Array1<f64>,
        feature_log_prob: Array1<f64>,
    }
    let bytes = postcard::to_allocvec(model).expect("arrays of numbers serialise");
    let mut mirror: Mirror =
        postcard::from_bytes(&bytes).expect("the mirror has the fields of linfa-bayes 0.7.1");
    [Label::Ham, Label::Spam].map(|label| {
        mirror
            .class_info
            .remove(&(label as usize))
            .expect("both classes were fitted")
            .feature_log_prob
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_shares_of_comments() {
        let mut counts = Counts {
            ham_total: 100.0,
            spam_total: 50.0,
            ..Counts::default()
        };
        let slot = Kind::Words.slot(Kind::Words.spell().text("viagra")) as usize;
        counts.ham[slot] = 1.0;
        counts.spam[slot] = 20.0;
        let ratios = log_ratios(&counts, 0.5);
        let expected = (20.5_f64 / 50.5).ln() - (1.5_f64 / 100.5).ln();
        assert!((ratios[slot] - expected).abs() < 1e-9);
        assert_eq!(ratios.iter().filter(|ratio| **ratio != 0.0).count(), 1);
    }

    #[test]
    fn reading_a_model_gives_the_ratios_that_linfa_fits() {
        let mut counts = Counts {
            ham_total: 3_210.5,
            spam_total: 987.25,
            ..Counts::default()
        };
        for slot in (0..SLOTS).step_by(3) {
            counts.ham[slot] = (slot % 17) as f64 / 4.0;
            counts.spam[slot] = (slot % 5) as f64 / 8.0;
        }
        let fitted = log_ratios(&counts, 0.5);
        for (slot, fitted) in fitted.iter().enumerate() {
            let of = [counts.ham[slot], counts.spam[slot]];
            let read = log_ratio(of, [counts.ham_total, counts.spam_total], 0.5);
            assert!((read - fitted).abs() < 1e-9, "{slot}: {read} and {fitted}");
        }
    }
}
