//! Counts of samples as they pass by, one sum for each fold. The sums are exact,
//! so they do not depend on the order.

use super::naive::Counts;
use super::rows::{Copy, Row, SEGMENTS};
use crate::domain::Label;

/// Weights are multiples of this, which is also the smallest number that a model
/// file can hold. Sums of them are exact below 2^29.
const QUANTUM: f64 = 1.0 / 16_777_216.0;

/// One sum of counts for each fold.
pub struct Tallies {
    folds: Vec<Counts>,
    /// Weight of the anonymous copy.
    dropout: f64,
}

impl Tallies {
    pub fn new(folds: usize, dropout: f64) -> Self {
        Self {
            folds: vec![Counts::default(); folds.max(1)],
            dropout,
        }
    }

    /// Counts a row whose slots are not compact yet.
    pub fn add(&mut self, fold: usize, row: &Row, weight: f64) {
        let exact = |weight: f64| (weight / QUANTUM).round() * QUANTUM;
        let shares = [
            exact(weight * (1.0 - self.dropout)),
            exact(weight * self.dropout),
        ];
        let mut of_segment = [0.0; SEGMENTS];
        for (copy, share) in Copy::ALL.into_iter().zip(shares) {
            for segment in copy.segments() {
                of_segment[*segment] += share;
            }
        }
        let counts = &mut self.folds[fold];
        let (table, total) = match row.label {
            Label::Ham => (&mut counts.ham, &mut counts.ham_total),
            Label::Spam => (&mut counts.spam, &mut counts.spam_total),
        };
        *total += shares[0] + shares[1];
        for (segment, share) in of_segment.into_iter().enumerate() {
            for slot in row.segment(segment).0 {
                table[*slot as usize] += share;
            }
        }
    }

    /// The sum over all folds but one, or over all.
    pub fn without(&self, fold: Option<usize>) -> Counts {
        let mut sum = Counts::default();
        for (number, counts) in self.folds.iter().enumerate() {
            if Some(number) != fold {
                sum.add(counts);
            }
        }
        sum
    }
}
