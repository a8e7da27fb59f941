//! How far single labels move the model.

use rayon::prelude::*;

use super::file::ModelFile;
use super::model::{norm, tokens_of};
use super::naive::log_ratios;
use super::options::TrainOptions;
use crate::domain::{Label, Sample};
use crate::features::Features;

/// For each sample how many log-odds it alone moves a comment just like it;
/// above 0 towards spam. Its residual times its leverage: one Newton step of
/// the multipliers from `file` with the diagonal of their precision (Cook and
/// Weisberg 1982). `weights` has one entry for each sample.
pub fn influence(
    file: &ModelFile,
    samples: &[Sample],
    weights: &[f64],
    options: &TrainOptions,
) -> Vec<f64> {
    let ratios = log_ratios(&file.counts, options.alpha);
    let slope = file.card.calibration.slope;
    samples
        .par_iter()
        .zip(weights)
        .map(|(sample, weight)| {
            let (tokens, _) = tokens_of(&Features::of(&sample.comment));
            let mut raw = file.intercept;
            let mut leverage = 0.0;
            for (_, of_kind) in tokens.by_kind() {
                let norm = norm(of_kind.len());
                for token in of_kind {
                    let slot = token.slot as usize;
                    let value = ratios[slot] * norm;
                    raw += value * file.multipliers[slot];
                    leverage += value * value / file.precisions[slot];
                }
            }
            let spam = 1.0 / (1.0 + (-raw).exp());
            let residual = f64::from(u8::from(sample.label == Label::Spam)) - spam;
            slope * options.c * weight * residual * leverage
        })
        .collect()
}
