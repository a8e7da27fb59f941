//! One fit after another over the same rows: the final one, and one without
//! each fold, whose rows then check it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::calibration::OutOfFoldScore;
use super::card::ModelCard;
use super::file::ModelFile;
use super::gather::Folds;
use super::logistic::{Fitted, Problem, score};
use super::naive::{Counts, log_ratios};
use super::options::{Stage, TrainOptions};
use super::rows::{Copy, Row, Rows, ham_tongues};
use super::tally::Tallies;
use crate::domain::Label;
use crate::features::tokens::SLOTS;

pub(super) struct Trainer<'t> {
    pub rows: &'t Rows,
    /// Counts of all samples, where the rows are not all of them.
    pub tallies: Option<&'t Tallies>,
    pub base: Option<&'t ModelFile>,
    pub options: &'t TrainOptions,
}

impl Trainer<'_> {
    /// Counts and multipliers of some rows, on top of the base. `without` is the
    /// fold that they are not of.
    pub fn fit(
        &self,
        rows: &[&Row],
        weights: &[f64],
        without: Option<usize>,
        step: &dyn Fn(u64),
    ) -> (Counts, Fitted) {
        let counts = self.counts(rows, weights, without);
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
    fn counts(&self, rows: &[&Row], weights: &[f64], without: Option<usize>) -> Counts {
        let mut counts = self
            .base
            .map_or_else(Counts::default, |base| base.counts.clone());
        match self.tallies {
            Some(tallies) => counts.add(&tallies.without(without)),
            None => self.add_rows(&mut counts, rows, weights),
        }
        let mut counts = counts.in_range();
        for count in counts.ham.iter_mut().chain(&mut counts.spam) {
            *count = ModelFile::rounded(*count);
        }
        counts
    }

    fn add_rows(&self, counts: &mut Counts, rows: &[&Row], weights: &[f64]) {
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
    }

    /// The file of a fit, with the card that belongs to it.
    pub fn file(&self, card: ModelCard, (counts, fitted): (Counts, Fitted)) -> ModelFile {
        let spread = |compact: &[f64], base: Option<&Vec<f64>>, unmet: f64| {
            let mut wide = base.map_or_else(|| vec![unmet; SLOTS], Vec::clone);
            for (value, slot) in compact.iter().zip(&self.rows.active) {
                wide[*slot as usize] = ModelFile::rounded(*value);
            }
            wide
        };
        let (means, precisions) = self
            .base
            .map(|base| (&base.multipliers, &base.precisions))
            .unzip();
        ModelFile {
            card,
            multipliers: spread(&fitted.multipliers, means, 0.0),
            precisions: spread(&fitted.precisions, precisions, 1.0),
            intercept: fitted.intercept,
            counts,
        }
    }

    /// A fit on all rows but those of `fold`; `folds` and `weights` have one
    /// entry for each row.
    pub fn fit_without(
        &self,
        fold: usize,
        folds: &[usize],
        weights: &[f64],
        step: &dyn Fn(u64),
    ) -> (Counts, Fitted) {
        let others = (0..folds.len()).filter(|at| folds[*at] != fold);
        let (rows, weights): (Vec<&Row>, Vec<f64>) =
            others.map(|at| (&self.rows.rows[at], weights[at])).unzip();
        self.fit(&rows, &weights, Some(fold), step)
    }

    /// The number of each row of `fold`, its raw score, and whether the other
    /// folds had ham enough in what it is written in.
    pub fn scores_of(
        &self,
        fold: usize,
        folds: &[usize],
        (counts, fitted): &(Counts, Fitted),
    ) -> Vec<(usize, f64, bool)> {
        let others = (0..folds.len()).filter(|at| folds[*at] != fold);
        let others: Vec<&Row> = others.map(|at| &self.rows.rows[at]).collect();
        let known = ham_tongues(&others);
        let is_known = |tongue: &&str| {
            let mut known = known.iter();
            known.any(|count| count.name == *tongue && count.ham >= ModelCard::ENOUGH_HAM)
        };
        let ratios = self.compact(&log_ratios(counts, self.options.alpha));
        let held_out = (0..folds.len()).into_par_iter();
        held_out
            .filter(|at| folds[*at] == fold)
            .map(|at| {
                let row = &self.rows.rows[at];
                let familiar = row.tongues.iter().all(is_known);
                (at, score(row, &ratios, fitted), familiar)
            })
            .collect()
    }

    /// Every row of the judged genre scored by a model that saw nothing of its
    /// group.
    pub fn out_of_fold(
        &self,
        folds: &Folds,
        weights: &[f64],
        progress: &(dyn Fn(Stage, usize, usize) + Sync),
    ) -> Vec<OutOfFoldScore> {
        let keyed = self.rows.rows.iter().zip(&self.rows.keys).enumerate();
        let folds: Vec<usize> = keyed
            .map(|(at, (row, key))| {
                let place = self.tallies.is_none().then_some(at);
                folds.fold(&row.group, *key, place)
            })
            .collect();
        let iterations = self.options.iterations as usize;
        let mut scores = Vec::with_capacity(folds.len());
        for fold in 0..self.options.folds {
            let fit = self.fit_without(fold, &folds, weights, &|step| {
                progress(Stage::Fold(fold + 1), step as usize, iterations);
            });
            for (at, raw, familiar) in self.scores_of(fold, &folds, &fit) {
                let row = &self.rows.rows[at];
                if !row.other_genre {
                    scores.push(OutOfFoldScore {
                        row: at,
                        raw,
                        label: row.label,
                        weight: weights[at],
                        familiar,
                    });
                }
            }
        }
        scores
    }
}

/// The fold of each group of so many rows: the largest first, each into the
/// fold that has least.
pub fn packed<N: Ord + Clone>(sizes: &BTreeMap<N, usize>, folds: usize) -> BTreeMap<N, usize> {
    let mut groups: Vec<(usize, N)> = sizes
        .iter()
        .map(|(name, size)| (*size, name.clone()))
        .collect();
    groups.sort_unstable_by(|a, b| b.cmp(a));
    let mut load = vec![0; folds];
    let mut fold_of = BTreeMap::new();
    for (size, name) in groups {
        let fold = (0..folds).min_by_key(|fold| load[*fold]).unwrap_or(0);
        load[fold] += size;
        fold_of.insert(name, fold);
    }
    fold_of
}
