//! The whole report, as it is printed, written as JSON and drawn.

use serde::Serialize;

use super::comparison::Comparison;
use super::curves::Curves;
use super::fired::{self, FiredRule};
use super::judged::{Judged, JudgedBy, Judges};
use super::measures::Measures;
use super::online::Learning;
use super::sections::{self, Lines, Section};
use super::worst::Worst;
use crate::bayes::TrainingSet;

/// How well labelled comments were judged.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// One model, or one for each fold that was left out.
    pub judged_by: Vec<JudgedBy>,
    /// All comments of the judged genre: what was named as another genre is in
    /// the sections alone. So are the curves.
    pub pooled: Measures,
    pub sections: Vec<Section>,
    /// Where labels were learnt as they came.
    pub learning: Option<Learning>,
    /// Where another model was compared.
    pub comparison: Option<Comparison>,
    pub worst: Worst,
    pub curves: Curves,
    /// Every rule, those that fired most often first.
    pub rules: Vec<FiredRule>,
}

impl Report {
    /// Measures the judgements of `lines`, with `worst` errors of each kind.
    /// `left_out` says which groups were left out, and what is of another genre.
    pub fn of(
        lines: &Lines,
        judges: &Judges,
        judged: &[Judged],
        left_out: Option<&TrainingSet>,
        worst: usize,
    ) -> Self {
        let others = left_out.map_or(&[][..], |set| &set.other_genre);
        let is_own = |at: &usize| !others.get(*at).is_some_and(|other| *other);
        let own: Vec<&Judged> = (0..judged.len())
            .filter(is_own)
            .map(|at| &judged[at])
            .collect();
        let pooled = match own.len() == judged.len() {
            true => "all",
            false => "all but other genres",
        };
        Self {
            judged_by: JudgedBy::all(judges, judged.len()),
            pooled: Measures::of(pooled, own.iter().copied()),
            sections: sections::sections(lines, left_out.map(|set| &set.groups[..]), judged),
            learning: None,
            comparison: None,
            worst: Worst::of(lines, judged, worst),
            curves: Curves::of(&own),
            rules: fired::table(judged),
        }
    }
}
