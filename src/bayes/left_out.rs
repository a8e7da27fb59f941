//! Cross-validation by groups: each is judged by a model that saw nothing of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::calibration::OutOfFoldScore;
use super::card::{ModelCard, TrainedOn};
use super::file::content_hash;
use super::model::Model;
use super::options::{Stage, TrainOptions};
use super::rows::{Row, Rows, ham_tongues, row, sorting};
use super::samples::TrainingSet;
use super::source::Source;
use super::survey::key;
use super::train::{MIN_SAMPLES, TrainError, card, weights};
use super::trainer::{Trainer, packed};
use crate::domain::Label;

/// Folds that share the groups without spam, at most.
const HAM_FOLDS: usize = 5;

/// A model, and the samples that it saw nothing of.
#[derive(Debug)]
pub struct LeftOut {
    pub model: Model,
    /// Places in the samples.
    pub samples: Vec<usize>,
}

/// For each group of samples a model from nothing, trained on all others.
///
/// A group with spam is left out alone
/// and whole. Groups without spam are left out together, in five folds, so that
/// many blogs of ham do not cost a fit each.
///
/// Calibration and thresholds are cross-fitted: they come from raw scores of all
/// *other* groups, each by the model that left it out. No label of a group plays
/// a part in its own weights, calibration or thresholds, save that the models
/// which scored the others had seen it.
///
/// # Errors
/// Without some group there are too few samples to train on.
pub fn leave_out(
    set: &TrainingSet,
    options: &TrainOptions,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<Vec<LeftOut>, TrainError> {
    let (rows, samples) = taken_apart(set, progress)?;
    let trainer = Trainer {
        rows: &rows,
        tallies: None,
        base: None,
        options,
    };
    let fold_of = folds(set);
    let folds: Vec<usize> = samples.iter().map(|at| fold_of[*at]).collect();
    let count = folds.iter().max().map_or(0, |last| last + 1);
    let iterations = options.iterations as usize;

    let mut fits = Vec::with_capacity(count);
    let mut scores = vec![None; folds.len()];
    for fold in 0..count {
        let others = Others::of(&rows, &folds, fold, options)?;
        let mut weights = vec![0.0; folds.len()];
        for (at, weight) in others.places.iter().zip(&others.weights) {
            weights[*at] = *weight;
        }
        let fit = trainer.fit_without(fold, &folds, &weights, &|step| {
            progress(Stage::Fold(fold + 1), step as usize, iterations);
        });
        for (at, raw, familiar) in trainer.scores_of(fold, &folds, &fit) {
            scores[at] = Some((raw, familiar));
        }
        fits.push(fit);
    }

    fits.into_iter()
        .enumerate()
        .map(|(fold, fit)| {
            let others = Others::of(&rows, &folds, fold, options)?;
            let file = trainer.file(others.card(&scores, options), fit);
            let id = content_hash(&file.encode())[..12].to_owned();
            let held_out = (0..folds.len()).filter(|at| folds[*at] == fold);
            Ok(LeftOut {
                model: Model::new(&file, id),
                samples: held_out.map(|at| samples[at]).collect(),
            })
        })
        .collect()
}

/// The rows of all samples, and which sample each row is.
fn taken_apart(
    set: &TrainingSet,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<(Rows, Vec<usize>), TrainError> {
    let mut sites: Vec<String> = set
        .samples
        .iter()
        .map(|sample| sample.site.clone())
        .collect();
    sites.sort_unstable();
    sites.dedup();
    let mut keyed: Vec<(u128, Row)> = Vec::with_capacity(set.samples.len());
    set.pass(&mut |batch, done| {
        keyed.par_extend(batch.par_iter().map(|example| {
            let site = sites.partition_point(|site| *site < example.sample.site);
            (key(&example.sample), row(example, site, true))
        }));
        progress(Stage::Features, done as usize, set.samples.len());
        Ok(())
    })?;
    let mut samples: Vec<usize> = (0..keyed.len()).collect();
    samples.sort_by(|a, b| sorting(&keyed[*a]).cmp(&sorting(&keyed[*b])));
    Ok((Rows::of(keyed, sites), samples))
}

/// The fold of each sample.
fn folds(set: &TrainingSet) -> Vec<usize> {
    let (mut ham, mut spam) = (BTreeMap::new(), BTreeMap::new());
    for (sample, group) in set.samples.iter().zip(&set.groups) {
        let sizes = match sample.label {
            Label::Ham => &mut ham,
            Label::Spam => &mut spam,
        };
        *sizes.entry(group.as_str()).or_insert(0) += 1;
    }
    let mut fold_of: BTreeMap<&str, usize> = spam.keys().copied().zip(0..).collect();
    ham.retain(|group, _| !spam.contains_key(group));
    let shared = packed(&ham, HAM_FOLDS.min(ham.len()));
    fold_of.extend(
        shared
            .iter()
            .map(|(group, fold)| (*group, spam.len() + fold)),
    );
    set.groups
        .iter()
        .map(|group| fold_of[group.as_str()])
        .collect()
}

/// The rows that a fold's model may see.
struct Others<'r> {
    places: Vec<usize>,
    rows: Vec<&'r Row>,
    weights: Vec<f64>,
    trained_on: TrainedOn,
}

impl<'r> Others<'r> {
    fn of(
        rows: &'r Rows,
        folds: &[usize],
        fold: usize,
        options: &TrainOptions,
    ) -> Result<Self, TrainError> {
        let places: Vec<usize> = (0..folds.len()).filter(|at| folds[*at] != fold).collect();
        let others: Vec<&Row> = places.iter().map(|at| &rows.rows[*at]).collect();
        let spam = others.iter().filter(|row| row.label == Label::Spam).count();
        let ham = others.len() - spam;
        if ham.min(spam) < MIN_SAMPLES {
            return Err(TrainError::TooFew { ham, spam });
        }
        let sites: std::collections::BTreeSet<usize> = others.iter().map(|row| row.site).collect();
        Ok(Self {
            weights: weights(&others, false, options),
            trained_on: TrainedOn {
                ham,
                spam,
                sites: sites.len(),
                base: None,
            },
            places,
            rows: others,
        })
    }

    /// The card of the model that saw these, from the scores that the models
    /// which left each of them out gave.
    fn card(&self, scores: &[Option<(f64, bool)>], options: &TrainOptions) -> ModelCard {
        let scored = self.places.iter().zip(&self.rows).zip(&self.weights);
        let scores: Vec<OutOfFoldScore> = scored
            .filter(|((_, row), _)| !row.other_genre)
            .filter_map(|((at, row), weight)| {
                let (raw, familiar) = scores[*at]?;
                Some(OutOfFoldScore {
                    row: *at,
                    raw,
                    label: row.label,
                    weight: *weight,
                    familiar,
                })
            })
            .collect();
        let tongues = ham_tongues(&self.rows);
        card(options, self.trained_on.clone(), &scores, tongues)
    }
}
