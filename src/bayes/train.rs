//! Samples to a model: counts, naive Bayes, multipliers, calibration, card.

use std::collections::BTreeMap;

use thiserror::Error;

use super::calibration::{OutOfFoldScore, accept_thresholds, calibrate, reject_thresholds};
use super::card::{ModelCard, OutOfFold, TrainedOn};
use super::file::{FEATURES, ModelFile, content_hash};
use super::metrics::{self, Scored};
use super::options::{Stage, TrainOptions};
use super::rows::{Row, Rows, ham_tongues};
use super::samples::TrainingSet;
use super::slices::{self, Slice};
use super::trainer::Trainer;
use crate::domain::Label;

/// Why there is no model.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TrainError {
    #[error(
        "training needs at least {MIN_SAMPLES} ham and {MIN_SAMPLES} spam; there are {ham} ham and {spam} spam"
    )]
    TooFew { ham: usize, spam: usize },
}

/// Without a base, fewer samples of a class than this cannot be split.
pub const MIN_SAMPLES: usize = 20;

/// Trains on the samples, in whatever order they come.
///
/// With a `base`, its counts are kept and its multipliers are the prior, and
/// its calibration and thresholds stay: the few new samples move it, and
/// nothing is forgotten. `progress` hears a stage, how much of it is done, and
/// how much there is.
///
/// # Errors
/// Too few samples to train from nothing.
pub fn train(
    set: &TrainingSet,
    base: Option<&ModelFile>,
    options: &TrainOptions,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<ModelFile, TrainError> {
    let samples = set.samples;
    let count = |label| {
        samples
            .iter()
            .filter(|sample| sample.label == label)
            .count()
    };
    let (ham, spam) = (count(Label::Ham), count(Label::Spam));
    if base.is_none() && ham.min(spam) < MIN_SAMPLES || ham + spam == 0 {
        return Err(TrainError::TooFew { ham, spam });
    }
    let rows = Rows::of(set, &|done| progress(Stage::Features, done, samples.len()));
    let all: Vec<&Row> = rows.rows.iter().collect();
    let mut weights = weights(&all, base.is_some(), options);
    for (weight, sample) in weights.iter_mut().zip(&rows.samples) {
        *weight *= set.weights[*sample];
    }
    let trainer = Trainer {
        rows: &rows,
        base,
        options,
    };
    let iterations = options.iterations as usize;
    let (counts, fitted) = trainer.fit(&all, &weights, &|step| {
        progress(Stage::Final, step as usize, iterations)
    });
    let trained_on = TrainedOn {
        ham,
        spam,
        sites: rows.sites.len(),
        base: base.map(|base| content_hash(&base.encode())),
    };
    let card = match base {
        Some(base) => ModelCard {
            trained_on,
            ham_tongues: ham_tongues(&all, &base.card.ham_tongues),
            ..base.card.clone()
        },
        None => {
            let scores = trainer.out_of_fold(set, &weights, progress);
            let card = card(options, trained_on, &scores, &all);
            ModelCard {
                sites: slices::sites(set),
                by_site: Slice::by_site(set, &scores, &card),
                by_language: Slice::by_language(set, &scores, &card),
                ..card
            }
        }
    };
    Ok(trainer.file(card, (counts, fitted)))
}

/// A weight for each row. From nothing: by the size of its (site, label), the
/// classes alike, mean 1. On a base: 1, as a sample of the base weighs on average.
pub(super) fn weights(rows: &[&Row], on_base: bool, options: &TrainOptions) -> Vec<f64> {
    if on_base {
        return vec![1.0; rows.len()];
    }
    let mut sets: BTreeMap<(usize, Label), f64> = BTreeMap::new();
    for row in rows {
        *sets.entry((row.site, row.label)).or_default() += 1.0;
    }
    let mut weights: Vec<f64> = rows
        .iter()
        .map(|row| {
            let genre = if row.other_genre {
                options.other_genre_weight
            } else {
                1.0
            };
            genre * sets[&(row.site, row.label)].powf(-options.set_power)
        })
        .collect();
    for label in [Label::Ham, Label::Spam] {
        let of = |row: &&Row| row.label == label;
        let total: f64 = rows
            .iter()
            .zip(&weights)
            .filter(|(row, _)| of(row))
            .map(|(_, weight)| weight)
            .sum();
        let factor = rows.len() as f64 / (2.0 * total);
        for (_, weight) in rows.iter().zip(&mut weights).filter(|(row, _)| of(row)) {
            *weight *= factor;
        }
    }
    weights
}

/// The card of a model from nothing; `scores` are of rows that it, or one like
/// it, did not see; `rows` are those it saw.
pub(super) fn card(
    options: &TrainOptions,
    trained_on: TrainedOn,
    scores: &[OutOfFoldScore],
    rows: &[&Row],
) -> ModelCard {
    let calibration = calibrate(scores);
    let scored: Vec<Scored> = scores
        .iter()
        .map(|score| Scored {
            log_odds: calibration.slope * score.raw + calibration.bias,
            label: score.label,
        })
        .collect();
    let of = |label| {
        let scored = scored.iter().filter(|one| one.label == label);
        scored.map(|one| one.log_odds).collect::<Vec<f64>>()
    };
    // What is held for its language does not need a threshold to be held.
    let familiar = scored
        .iter()
        .zip(scores)
        .filter(|(_, score)| score.familiar);
    let ham = familiar.filter(|(one, _)| one.label == Label::Ham);
    let ham: Vec<f64> = ham.map(|(one, _)| one.log_odds).collect();
    ModelCard {
        name: options.name.clone(),
        features: FEATURES,
        out_of_fold: OutOfFold {
            folds: options.folds,
            ham: of(Label::Ham).len(),
            spam: of(Label::Spam).len(),
            one_minus_roca_percent: metrics::one_minus_roca(&scored)
                .map_or(0.0, |area| area.percent),
            brier: metrics::brier(&scored),
            ece: metrics::ece(&scored),
        },
        trained_on,
        alpha: options.alpha,
        c: options.c,
        calibration,
        reject: reject_thresholds(ham, options.label_noise.ham),
        accept: accept_thresholds(of(Label::Spam), options.label_noise.spam),
        label_noise: options.label_noise,
        ham_tongues: ham_tongues(rows, &[]),
        sites: Vec::new(),
        by_site: Vec::new(),
        by_language: Vec::new(),
    }
}
