//! The second pass over the samples: each is taken apart; those that are fitted
//! on are kept, and where that is not all of them, every one is counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::options::{Stage, TrainOptions};
use super::rows::{Row, Rows, row, sorting};
use super::source::{Example, Source};
use super::survey::{Survey, key};
use super::tally::Tallies;
use super::train::TrainError;
use super::trainer::packed;
use crate::domain::Label;

/// Which fold a row belongs to.
pub enum Folds {
    /// By group, the largest first into the fold with least.
    ByGroup(BTreeMap<Arc<str>, usize>),
    /// There are too few groups.
    ByRow(usize),
}

impl Folds {
    pub fn of(groups: &BTreeMap<Arc<str>, usize>, folds: usize) -> Self {
        match groups.len() < folds {
            true => Self::ByRow(folds),
            false => Self::ByGroup(packed(groups, folds)),
        }
    }

    /// `place` is the row's among all, where all are kept.
    pub fn fold(&self, group: &str, key: u128, place: Option<usize>) -> usize {
        match (self, place) {
            (Self::ByGroup(folds), _) => folds[group],
            (Self::ByRow(folds), Some(place)) => place % folds,
            (Self::ByRow(folds), None) => (key % *folds as u128) as usize,
        }
    }
}

/// All that the fits need.
pub struct Gathered {
    pub rows: Rows,
    /// Counts of all samples, where the rows are not all of them.
    pub tallies: Option<Tallies>,
    pub folds: Folds,
}

/// Passes over the samples. `on_base`: each weighs 1, and there are no folds.
pub fn gather(
    source: &dyn Source,
    survey: &Survey,
    on_base: bool,
    options: &TrainOptions,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<Gathered, TrainError> {
    let sites: Vec<String> = survey.sites.keys().cloned().collect();
    let number = |site: &str| sites.partition_point(|name| name.as_str() < site);
    let folds = Folds::of(&survey.groups, options.folds);
    let weights = survey.weights(options);
    let weight = |example: &Example| match on_base {
        true => example.weight,
        false => {
            let genre = match example.other_genre {
                true => options.other_genre_weight,
                false => 1.0,
            };
            let of_site = weights.get(example.sample.site.as_str());
            let class = usize::from(example.sample.label == Label::Spam);
            of_site.map_or(0.0, |of_site| genre * example.weight * of_site[class])
        }
    };
    let tallied = if on_base { 1 } else { options.folds };
    let mut tallies = survey
        .chosen
        .is_some()
        .then(|| Tallies::new(tallied, options.dropout));
    let mut kept: BTreeMap<u128, Row> = BTreeMap::new();
    let mut all: Vec<(u128, Row)> = Vec::new();
    let (mut digest, mut done) = (0_u128, 0);
    let total = survey.ham + survey.spam;
    source.pass(&mut |batch, _| {
        let rows: Vec<(u128, Row, f64)> = batch
            .par_iter()
            .map(|example| {
                let key = key(&example.sample);
                let fitted_on = survey.is_chosen(key);
                let row = row(example, number(&example.sample.site), fitted_on);
                (key, row, weight(example))
            })
            .collect();
        done += rows.len();
        for (key, row, weight) in rows {
            digest = digest.wrapping_add(key);
            let Some(tallies) = &mut tallies else {
                all.push((key, row));
                continue;
            };
            let fold = if on_base {
                0
            } else {
                folds.fold(&row.group, key, None)
            };
            tallies.add(fold, &row, weight);
            if survey.is_chosen(key) {
                keep(&mut kept, key, row);
            }
        }
        progress(Stage::Features, done, total);
        Ok(())
    })?;
    survey.same_as(digest)?;
    all.extend(kept);
    Ok(Gathered {
        rows: Rows::of(all, sites),
        tallies,
        folds,
    })
}

/// Of copies of one text the same one is kept, in whatever order they come.
fn keep(kept: &mut BTreeMap<u128, Row>, key: u128, row: Row) {
    let new = (key, row);
    if let Some(known) = kept.remove(&key) {
        let known = (key, known);
        let first = if sorting(&known) <= sorting(&new) {
            known
        } else {
            new
        };
        kept.insert(key, first.1);
    } else {
        kept.insert(key, new.1);
    }
}
