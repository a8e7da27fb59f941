//! Two models on the same comments: what changes, and whether for the better.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gate::ranking;
use super::judged::{Judged, JudgedBy, Judges, excerpt};
use super::measures::{Estimate, Measures};
use super::sections::Lines;
use crate::domain::{Label, Verdict};

/// Code points of a comment that are shown.
const EXCERPT: usize = 120;

/// The first model against another.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// The other model.
    pub with: Vec<JudgedBy>,
    /// Its measures on the same comments.
    pub measures: Measures,
    /// Its (1-ROCA) % minus the first model's: below 0 the other ranks better.
    /// Interval by the paired bootstrap: both models on the same draws.
    pub one_minus_roca_difference: Option<Estimate>,
    /// How many verdicts change, by label and direction.
    pub flips: Vec<Flips>,
    /// Verdicts that the other model changes away from the label, those whose
    /// log-odds move furthest first.
    pub worse: Vec<Flip>,
    /// Verdicts that it changes towards the label.
    pub better: Vec<Flip>,
}

/// How many verdicts change in one way.
#[derive(Debug, Clone, Serialize)]
pub struct Flips {
    pub label: Label,
    pub from: Verdict,
    pub to: Verdict,
    pub count: usize,
}

/// One comment whose verdict changes.
#[derive(Debug, Clone, Serialize)]
pub struct Flip {
    /// The line's own id.
    pub id: Option<String>,
    pub site: String,
    pub label: Label,
    pub from: Verdict,
    pub to: Verdict,
    pub log_odds_from: f64,
    pub log_odds_to: f64,
    /// The start of the text, in one line.
    pub excerpt: String,
}

impl Comparison {
    /// Compares two judgements of the same comments; at most `listed` flips of
    /// each direction are listed.
    pub fn of(
        lines: &Lines,
        first: &[Judged],
        other: &[Judged],
        judges: &Judges,
        listed: usize,
    ) -> Self {
        let mut flipped: Vec<usize> = (0..first.len())
            .filter(|at| first[*at].verdict != other[*at].verdict)
            .collect();
        let moved = |at: &usize| other[*at].scored.log_odds - first[*at].scored.log_odds;
        flipped.sort_by(|a, b| moved(b).abs().total_cmp(&moved(a).abs()));
        let mut counts: BTreeMap<(Label, Verdict, Verdict), usize> = BTreeMap::new();
        for at in &flipped {
            let key = (
                first[*at].scored.label,
                first[*at].verdict,
                other[*at].verdict,
            );
            *counts.entry(key).or_default() += 1;
        }
        let list = |worse: bool| {
            let of = flipped.iter().filter(|at| {
                let towards_spam = other[**at].verdict > first[**at].verdict;
                (towards_spam == (first[**at].scored.label == Label::Ham)) == worse
            });
            of.take(listed)
                .map(|at| flip(lines, &first[*at], &other[*at], *at))
                .collect()
        };
        Self {
            with: JudgedBy::all(judges, lines.samples.len()),
            measures: Measures::of("all", other.iter()),
            one_minus_roca_difference: ranking(first, other),
            flips: counts
                .into_iter()
                .map(|((label, from, to), count)| Flips {
                    label,
                    from,
                    to,
                    count,
                })
                .collect(),
            worse: list(true),
            better: list(false),
        }
    }
}

fn flip(lines: &Lines, first: &Judged, other: &Judged, at: usize) -> Flip {
    let sample = &lines.samples[at];
    Flip {
        id: sample.comment.id.clone(),
        site: sample.site.clone(),
        label: sample.label,
        from: first.verdict,
        to: other.verdict,
        log_odds_from: first.scored.log_odds,
        log_odds_to: other.scored.log_odds,
        excerpt: excerpt(&sample.comment, EXCERPT),
    }
}
