//! How to train, and what training tells while it does.

use serde::{Deserialize, Serialize};

/// How to train. The defaults are the shipped model's, found in
/// `classifier-notes` to be on a plateau: nearby values do as well.
#[derive(Debug, Clone)]
pub struct TrainOptions {
    pub name: String,
    /// Smoothing of naive Bayes.
    pub alpha: f64,
    /// Strength of the data against the multipliers' prior.
    pub c: f64,
    /// Share of each sample's weight that its anonymous copy has.
    pub dropout: f64,
    /// A (site, label) of n samples weighs n to the power of one minus this,
    /// lest the largest blog's dialect define spam.
    pub set_power: f64,
    /// A sample of another genre weighs this much of one's own.
    pub other_genre_weight: f64,
    pub iterations: u64,
    pub folds: usize,
    /// Tokens of the samples that the multipliers are fitted on, about; four
    /// bytes of memory each. What is beyond is counted, and not fitted on.
    pub room: u64,
    /// Shares of the ham and of the spam labels that are taken to be wrong when
    /// thresholds are set: imported ham hides old spam, and moderators err.
    pub label_noise: LabelNoise,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            name: "hamgate".into(),
            alpha: 0.5,
            c: 10.0,
            dropout: 0.3,
            set_power: 0.6,
            other_genre_weight: 0.1,
            iterations: 60,
            folds: 5,
            room: 100_000_000,
            label_noise: LabelNoise {
                ham: 0.001,
                spam: 0.007,
            },
        }
    }
}

/// Shares of labels that are wrong, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LabelNoise {
    pub ham: f64,
    pub spam: f64,
}

/// What training is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The first pass: what there is.
    Survey,
    Features,
    /// Passes of the fold with this number, from 1.
    Fold(usize),
    Final,
}
