//! Each comment's judgement, beside what a person said of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use super::fired;
use crate::bayes::metrics::Scored;
use crate::domain::{Comment, Evidence, History, Judgement, Label, Sample, Verdict};
use crate::features::Features;
use crate::filter::Filter;

/// Reasons that are kept of each judgement: the heaviest.
const KEPT: usize = 5;

/// One judged comment.
#[derive(Debug, Clone)]
pub struct Judged {
    pub scored: Scored,
    pub verdict: Verdict,
    /// The heaviest pieces that point to the side the comment was judged to
    /// be on, heaviest first.
    pub evidence: Vec<Evidence>,
    /// Rules that fired, each with its share of the log-odds.
    pub fired: BTreeMap<&'static str, f64>,
}

impl Judged {
    /// What is kept of a judgement by `filter`.
    pub fn of(sample: &Sample, filter: &Filter, features: &Features, given: Judgement) -> Self {
        let sign = given.log_odds.0.signum();
        let mut evidence = given.evidence;
        evidence.retain(|piece| piece.log_odds.0 * sign > 0.0 && piece.reason != "others");
        evidence.sort_by(|a, b| b.log_odds.0.abs().total_cmp(&a.log_odds.0.abs()));
        evidence.truncate(KEPT);
        Self {
            scored: Scored {
                log_odds: given.log_odds.0,
                label: sample.label,
            },
            verdict: given.verdict,
            evidence,
            fired: fired::of(filter, features),
        }
    }

    /// Whether the probability is on the wrong side of 1/2; on 1/2 itself it
    /// is wrong for spam.
    pub fn is_error(&self) -> bool {
        (self.scored.log_odds > 0.0) != (self.scored.label == Label::Spam)
    }
}

/// Which filter judges which comment: one for all, or for each the one whose
/// model did not see it.
#[derive(Debug)]
pub struct Judges {
    filters: Vec<Filter>,
    /// The filter of each comment; empty where one judges all.
    by_comment: Vec<usize>,
}

impl Judges {
    /// One filter for every comment.
    pub fn one(filter: Filter) -> Self {
        Self {
            filters: vec![filter],
            by_comment: Vec::new(),
        }
    }

    /// Several filters; `by_comment` has one's place for each comment.
    pub fn several(filters: Vec<Filter>, by_comment: Vec<usize>) -> Self {
        Self {
            filters,
            by_comment,
        }
    }

    /// The filter that judges the comment in this place.
    pub fn of(&self, comment: usize) -> &Filter {
        &self.filters[self.by_comment.get(comment).copied().unwrap_or(0)]
    }

    /// Each filter with the number of comments that it judges, of so many.
    pub fn shares(&self, comments: usize) -> impl Iterator<Item = (&Filter, usize)> {
        let mut counts = vec![0; self.filters.len()];
        for comment in 0..comments {
            counts[self.by_comment.get(comment).copied().unwrap_or(0)] += 1;
        }
        self.filters.iter().zip(counts)
    }
}

/// A model and the thresholds it judged by.
#[derive(Debug, Clone, Serialize)]
pub struct JudgedBy {
    /// First 12 hexadecimal digits of the model file's SHA-256.
    pub model: String,
    pub policy: String,
    /// Thresholds of the policy, in log-odds; absent where nothing is accepted
    /// or rejected.
    pub accept_below: Option<f64>,
    pub reject_above: Option<f64>,
    /// How many of the comments it judged.
    pub comments: usize,
}

impl JudgedBy {
    /// Every model that judged some of so many comments.
    pub fn all(judges: &Judges, comments: usize) -> Vec<Self> {
        judges
            .shares(comments)
            .map(|(filter, comments)| Self {
                model: filter.model().id().to_owned(),
                policy: filter.policy().to_string(),
                accept_below: Some(filter.policy().accept_below.0).filter(|at| at.is_finite()),
                reject_above: filter.policy().reject_above.map(|at| at.0),
                comments,
            })
            .collect()
    }
}

/// Judges each comment by itself, without history, on all cores; `done` hears
/// how many are.
pub fn judge(samples: &[Sample], judges: &Judges, done: &(dyn Fn(u64) + Sync)) -> Vec<Judged> {
    let count = AtomicU64::new(0);
    let nothing_known = History::default();
    samples
        .par_iter()
        .enumerate()
        .map(|(at, sample)| {
            let filter = judges.of(at);
            let features = Features::of(&sample.comment);
            let judgement = filter.judge(&features, &nothing_known);
            done(count.fetch_add(1, Ordering::Relaxed) + 1);
            Judged::of(sample, filter, &features, judgement)
        })
        .collect()
}

/// The text in one line, cut to `length` code points, without anything that
/// could move a terminal's cursor or turn its line round.
pub(super) fn excerpt(comment: &Comment, length: usize) -> String {
    let plain = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    let text: String = comment
        .content
        .chars()
        .take(4 * length)
        .map(plain)
        .collect();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = line.chars().take(length).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}
