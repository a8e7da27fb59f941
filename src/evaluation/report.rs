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

/// How well labelled comments were judged.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// One model, or one for each fold that was left out.
    pub judged_by: Vec<JudgedBy>,
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
    /// `groups` are the names of the groups that were left out.
    pub fn of(
        lines: &Lines,
        judges: &Judges,
        judged: &[Judged],
        groups: Option<&[String]>,
        worst: usize,
    ) -> Self {
        Self {
            judged_by: JudgedBy::all(judges, judged.len()),
            pooled: Measures::of("all", judged.iter()),
            sections: sections::sections(lines, groups, judged),
            learning: None,
            comparison: None,
            worst: Worst::of(lines, judged, worst),
            curves: Curves::of(judged),
            rules: fired::table(judged),
        }
    }
}
