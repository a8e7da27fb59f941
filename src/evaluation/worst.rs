//! The comments that are judged most wrongly, and why.

use serde::Serialize;

use super::judged::{Judged, excerpt};
use super::sections::Lines;
use crate::domain::{Evidence, Label, Verdict};

/// Code points of a comment that are shown.
const EXCERPT: usize = 200;

/// A comment as it is shown to a person.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// The line's own id.
    pub id: Option<String>,
    pub site: String,
    pub file: String,
    pub label: Label,
    pub verdict: Verdict,
    pub log_odds: f64,
    /// The start of the text, in one line.
    pub excerpt: String,
    /// What weighed most for the side that it was judged to be on.
    pub evidence: Vec<Evidence>,
}

impl Shown {
    pub(super) fn of(lines: &Lines, judged: &[Judged], at: usize) -> Self {
        let (sample, one) = (&lines.samples[at], &judged[at]);
        Self {
            id: sample.comment.id.clone(),
            site: sample.site.clone(),
            file: lines.file(at).to_owned(),
            label: sample.label,
            verdict: one.verdict,
            log_odds: one.scored.log_odds,
            excerpt: excerpt(&sample.comment, EXCERPT),
            evidence: one.evidence.clone(),
        }
    }
}

/// The worst errors of both kinds, the worst first: comments whose probability
/// is on the wrong side of 1/2.
#[derive(Debug, Clone, Serialize)]
pub struct Worst {
    /// Ham with the highest log-odds.
    pub ham: Vec<Shown>,
    /// Spam with the lowest log-odds.
    pub spam: Vec<Shown>,
}

impl Worst {
    /// At most `count` of each kind.
    pub fn of(lines: &Lines, judged: &[Judged], count: usize) -> Self {
        let worst = |label, sign: f64| {
            let error = |at: &usize| judged[*at].scored.label == label && judged[*at].is_error();
            let mut places: Vec<usize> = (0..judged.len()).filter(error).collect();
            places.sort_by(|a, b| {
                let badness = |at: &usize| sign * judged[*at].scored.log_odds;
                badness(b).total_cmp(&badness(a))
            });
            let worst = places.into_iter().take(count);
            worst.map(|at| Shown::of(lines, judged, at)).collect()
        };
        Self {
            ham: worst(Label::Ham, 1.0),
            spam: worst(Label::Spam, -1.0),
        }
    }
}
