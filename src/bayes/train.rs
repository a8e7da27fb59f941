//! Samples to a model: counts, naive Bayes, multipliers, calibration, card.

use rayon::prelude::*;
use thiserror::Error;

use super::calibration::{OutOfFoldScore, accept_thresholds, calibrate, reject_thresholds};
use super::card::{ModelCard, OutOfFold, ScriptCount, TrainedOn};
use super::file::{FEATURES, ModelFile, content_hash};
use super::logistic::{Fitted, Problem, score};
use super::metrics::{self, Scored};
use super::naive::{Counts, log_ratios};
use super::rows::{Copy, Row, Rows};
use crate::domain::{Label, Sample};
use crate::features::shape::MainScript;
use crate::features::tokens::SLOTS;

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
    pub iterations: u64,
    pub folds: usize,
    /// Sites that share campaigns and must not be split between folds.
    pub together: Vec<Vec<String>>,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            name: "hamgate".into(),
            alpha: 0.5,
            c: 10.0,
            dropout: 0.3,
            set_power: 0.6,
            iterations: 60,
            folds: 5,
            together: Vec::new(),
        }
    }
}

/// What training is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Features,
    /// Passes of the fold with this number, from 1.
    Fold(usize),
    Final,
}

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
    samples: &[Sample],
    base: Option<&ModelFile>,
    options: &TrainOptions,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<ModelFile, TrainError> {
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
    let rows = Rows::of(samples, &|done| {
        progress(Stage::Features, done, samples.len())
    });
    let all: Vec<&Row> = rows.rows.iter().collect();
    let weights = weights(&all, base.is_some(), options);
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
            ham_scripts: ham_scripts(&all, &base.card.ham_scripts),
            ..base.card.clone()
        },
        None => {
            let scores = trainer.out_of_fold(&weights, progress);
            card(options, trained_on, &scores, ham_scripts(&all, &[]))
        }
    };
    let spread = |compact: &[f64], elsewhere: &dyn Fn(usize) -> f64| {
        let mut wide: Vec<f64> = (0..SLOTS).map(elsewhere).collect();
        for (value, slot) in compact.iter().zip(&rows.active) {
            wide[*slot as usize] = ModelFile::rounded(*value);
        }
        wide
    };
    Ok(ModelFile {
        card,
        multipliers: spread(&fitted.multipliers, &|slot| {
            base.map_or(0.0, |b| b.multipliers[slot])
        }),
        precisions: spread(&fitted.precisions, &|slot| {
            base.map_or(1.0, |b| b.precisions[slot])
        }),
        intercept: fitted.intercept,
        counts,
    })
}

struct Trainer<'t> {
    rows: &'t Rows,
    base: Option<&'t ModelFile>,
    options: &'t TrainOptions,
}

impl Trainer<'_> {
    /// Counts and multipliers of some rows, on top of the base.
    fn fit(&self, rows: &[&Row], weights: &[f64], step: &dyn Fn(u64)) -> (Counts, Fitted) {
        let counts = self.counts(rows, weights);
        let ratios = self.compact(&log_ratios(&counts, self.options.alpha));
        let blank = |value| vec![value; self.rows.active.len()];
        let (means, precisions, intercept) = match self.base {
            Some(base) => (
                self.compact(&base.multipliers),
                self.compact(&base.precisions),
                base.intercept,
            ),
            None => (blank(0.0), blank(1.0), 0.0),
        };
        let dropout = self.options.dropout;
        let problem = Problem {
            rows: rows.to_vec(),
            weights: weights
                .iter()
                .map(|w| [w * (1.0 - dropout), w * dropout])
                .collect(),
            ratios: &ratios,
            means: &means,
            precisions: &precisions,
            c: self.options.c,
        };
        let fitted = problem.fit(intercept, self.options.iterations, step);
        (counts, fitted)
    }

    fn compact(&self, wide: &[f64]) -> Vec<f64> {
        self.rows
            .active
            .iter()
            .map(|slot| wide[*slot as usize])
            .collect()
    }

    /// Weighted counts, as the file keeps them.
    fn counts(&self, rows: &[&Row], weights: &[f64]) -> Counts {
        let mut counts = self
            .base
            .map_or_else(Counts::default, |base| base.counts.clone());
        let shares = [1.0 - self.options.dropout, self.options.dropout];
        for (row, weight) in rows.iter().zip(weights) {
            let (table, total) = match row.label {
                Label::Ham => (&mut counts.ham, &mut counts.ham_total),
                Label::Spam => (&mut counts.spam, &mut counts.spam_total),
            };
            *total += weight;
            for (copy, share) in Copy::ALL.into_iter().zip(shares) {
                for segment in copy.segments() {
                    for slot in row.segment(*segment).0 {
                        table[self.rows.active[*slot as usize] as usize] += weight * share;
                    }
                }
            }
        }
        for count in counts.ham.iter_mut().chain(&mut counts.spam) {
            *count = ModelFile::rounded(*count);
        }
        counts
    }

    /// Every row scored by a model that saw nothing of its site.
    fn out_of_fold(
        &self,
        weights: &[f64],
        progress: &(dyn Fn(Stage, usize, usize) + Sync),
    ) -> Vec<OutOfFoldScore> {
        let folds = self.folds();
        let mut scores = Vec::with_capacity(folds.len());
        for fold in 0..self.options.folds {
            let (mut rows, mut row_weights) = (Vec::new(), Vec::new());
            for (at, row) in self
                .rows
                .rows
                .iter()
                .enumerate()
                .filter(|(at, _)| folds[*at] != fold)
            {
                rows.push(row);
                row_weights.push(weights[at]);
            }
            let iterations = self.options.iterations as usize;
            let (counts, fitted) = self.fit(&rows, &row_weights, &|step| {
                progress(Stage::Fold(fold + 1), step as usize, iterations);
            });
            let ratios = self.compact(&log_ratios(&counts, self.options.alpha));
            let held_out: Vec<usize> = (0..folds.len()).filter(|at| folds[*at] == fold).collect();
            scores.par_extend(held_out.into_par_iter().map(|at| OutOfFoldScore {
                raw: score(&self.rows.rows[at], &ratios, &fitted),
                label: self.rows.rows[at].label,
                weight: weights[at],
            }));
        }
        scores
    }

    /// The site of a row, or the first of the sites it must stay with.
    fn group_of(&self, row: &Row) -> &str {
        let site = self.rows.sites[row.site].as_str();
        let holds = |group: &&Vec<String>| group.iter().any(|name| site.contains(name.as_str()));
        let group = self.options.together.iter().find(holds);
        group.map_or(site, |group| group[0].as_str())
    }

    /// The fold of each row: by site, groups kept together, the largest first
    /// into the fold with least; by row where there are too few sites.
    fn folds(&self) -> Vec<usize> {
        let folds = self.options.folds;
        if self.rows.sites.len() < folds {
            return (0..self.rows.rows.len()).map(|at| at % folds).collect();
        }
        let mut sizes: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for row in &self.rows.rows {
            *sizes.entry(self.group_of(row)).or_default() += 1;
        }
        let mut groups: Vec<(usize, &str)> = sizes.into_iter().map(|(name, n)| (n, name)).collect();
        groups.sort_unstable_by(|a, b| b.cmp(a));
        let mut load = vec![0; folds];
        let mut fold_of = std::collections::BTreeMap::new();
        for (size, name) in groups {
            let fold = (0..folds).min_by_key(|fold| load[*fold]).unwrap_or(0);
            load[fold] += size;
            fold_of.insert(name, fold);
        }
        self.rows
            .rows
            .iter()
            .map(|row| fold_of[self.group_of(row)])
            .collect()
    }
}

/// A weight for each row. From nothing: by the size of its (site, label), the
/// classes alike, mean 1. On a base: 1, as a sample of the base weighs on average.
fn weights(rows: &[&Row], on_base: bool, options: &TrainOptions) -> Vec<f64> {
    if on_base {
        return vec![1.0; rows.len()];
    }
    let mut sets: std::collections::BTreeMap<(usize, Label), f64> =
        std::collections::BTreeMap::new();
    for row in rows {
        *sets.entry((row.site, row.label)).or_default() += 1.0;
    }
    let mut weights: Vec<f64> = rows
        .iter()
        .map(|row| sets[&(row.site, row.label)].powf(-options.set_power))
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

fn ham_scripts(rows: &[&Row], base: &[ScriptCount]) -> Vec<ScriptCount> {
    MainScript::ALL
        .into_iter()
        .map(|script| ScriptCount {
            script: script.as_str().to_owned(),
            ham: rows
                .iter()
                .filter(|row| row.label == Label::Ham && row.script == script)
                .count()
                + base
                    .iter()
                    .find(|count| count.script == script.as_str())
                    .map_or(0, |c| c.ham),
        })
        .collect()
}

fn card(
    options: &TrainOptions,
    trained_on: TrainedOn,
    scores: &[OutOfFoldScore],
    ham_scripts: Vec<ScriptCount>,
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
        scored
            .iter()
            .filter(|s| s.label == label)
            .map(|s| s.log_odds)
            .collect::<Vec<f64>>()
    };
    ModelCard {
        name: options.name.clone(),
        features: FEATURES,
        out_of_fold: OutOfFold {
            folds: options.folds,
            ham: trained_on.ham,
            spam: trained_on.spam,
            one_minus_roca_percent: metrics::one_minus_roca(&scored)
                .map_or(0.0, |area| area.percent),
            brier: metrics::brier(&scored),
            ece: metrics::ece(&scored),
        },
        trained_on,
        alpha: options.alpha,
        c: options.c,
        calibration,
        reject: reject_thresholds(of(Label::Ham)),
        accept: accept_thresholds(of(Label::Spam)),
        ham_scripts,
    }
}
