//! Samples to a model: counts, naive Bayes, multipliers, calibration, card.

use std::collections::BTreeMap;

use thiserror::Error;

use super::calibration::{OutOfFoldScore, accept_thresholds, calibrate, reject_thresholds};
use super::card::{HamCount, ModelCard, OutOfFold, TrainedOn};
use super::file::{FEATURES, ModelFile, content_hash};
use super::gather::gather;
use super::metrics::{self, Scored};
use super::options::{Stage, TrainOptions};
use super::rows::{Row, ham_tongues, together};
use super::slices::Slice;
use super::source::Source;
use super::survey::Survey;
use super::trainer::Trainer;
use crate::domain::Label;

/// Why there is no model.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TrainError {
    #[error(
        "training needs at least {MIN_SAMPLES} ham and {MIN_SAMPLES} spam; there are {ham} ham and {spam} spam"
    )]
    TooFew { ham: usize, spam: usize },
    /// They are passed over twice, and were not the same.
    #[error("the samples changed while they were read; train again when nothing writes to them")]
    Changed,
    /// What they come from has failed; the text says how.
    #[error("{0}")]
    Unreadable(String),
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
/// Memory is bounded, however many there are: beyond [`TrainOptions::room`] the
/// multipliers are fitted on a part of the texts, chosen by their hashes, and
/// all others are counted.
///
/// # Errors
/// Too few samples to train from nothing, or they cannot be read.
pub fn train(
    source: &dyn Source,
    base: Option<&ModelFile>,
    options: &TrainOptions,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<ModelFile, TrainError> {
    let survey = Survey::of(source, options, progress)?;
    let (ham, spam) = (survey.ham, survey.spam);
    if base.is_none() && ham.min(spam) < MIN_SAMPLES || ham + spam == 0 {
        return Err(TrainError::TooFew { ham, spam });
    }
    let gathered = gather(source, &survey, base.is_some(), options, progress)?;
    let rows = &gathered.rows;
    let all: Vec<&Row> = rows.rows.iter().collect();
    let weights = weights(&all, base.is_some(), options);
    let trainer = Trainer {
        rows,
        tallies: gathered.tallies.as_ref(),
        base,
        options,
    };
    let iterations = options.iterations as usize;
    let fit = trainer.fit(&all, &weights, None, &|step| {
        progress(Stage::Final, step as usize, iterations)
    });
    let trained_on = TrainedOn {
        ham,
        spam,
        sites: survey.sites.len(),
        base: base.map(|base| content_hash(&base.encode())),
    };
    let card = match base {
        Some(base) => ModelCard {
            name: options.name.clone(),
            trained_on,
            ham_tongues: together(&ham_tongues(&all), &base.card.ham_tongues),
            ..base.card.clone()
        },
        None => {
            let scores = trainer.out_of_fold(&gathered.folds, &weights, progress);
            let card = card(options, trained_on, &scores, ham_tongues(&all));
            ModelCard {
                sites: survey.trained_sites(),
                by_site: Slice::by_site(rows, &scores, &card),
                by_language: Slice::by_language(rows, &scores, &card),
                ..card
            }
        }
    };
    Ok(trainer.file(card, fit))
}

/// A weight for each row. From nothing: by the size of its (site, label), the
/// classes alike, mean 1. On a base: 1, as a sample of the base weighs on average.
pub(super) fn weights(rows: &[&Row], on_base: bool, options: &TrainOptions) -> Vec<f64> {
    if on_base {
        return rows.iter().map(|row| row.weight).collect();
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
            genre * row.weight * sets[&(row.site, row.label)].powf(-options.set_power)
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
/// it, did not see; `tongues` is the ham that it saw.
pub(super) fn card(
    options: &TrainOptions,
    trained_on: TrainedOn,
    scores: &[OutOfFoldScore],
    tongues: Vec<HamCount>,
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
        ham_tongues: tongues,
        sites: Vec::new(),
        by_site: Vec::new(),
        by_language: Vec::new(),
    }
}
