//! How much better or worse a challenger is, comment by comment, with intervals
//! by the paired bootstrap: both models on the same draws.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::bootstrap::{self, Sorted};
use super::super::judged::Judged;
use super::super::measures::Estimate;
use crate::bayes::metrics::Scored;
use crate::domain::{Label, LogOdds, Verdict};

/// Comments below which a part is not looked at by itself.
const LEAST: usize = 30;

/// The challenger's number minus the champion's: below 0 it is better.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Differences {
    /// Mean squared error of the probabilities.
    pub brier: Option<Estimate>,
    /// (1-ROCA), in per cent.
    pub one_minus_roca_percent: Option<Estimate>,
    /// Share of ham that is rejected.
    pub ham_rejected: Option<Estimate>,
    /// Share of spam that is accepted.
    pub spam_accepted: Option<Estimate>,
}

/// The difference on one site, or in one language.
#[derive(Debug, Clone, Serialize)]
pub struct PartDifference {
    pub name: String,
    pub ham: usize,
    pub spam: usize,
    pub brier: Estimate,
    /// Of the ham and of the spam of the part, how many more the challenger
    /// rejects, and accepts; below 0: fewer.
    pub ham_rejected: i64,
    pub spam_accepted: i64,
}

impl Differences {
    pub fn of(champion: &[Judged], challenger: &[Judged]) -> Self {
        Self {
            brier: mean(champion, challenger, |_| true, squared_error),
            one_minus_roca_percent: ranking(champion, challenger),
            ham_rejected: mean(champion, challenger, is(Label::Ham), |one| {
                f64::from(u8::from(one.verdict == Verdict::Reject))
            }),
            spam_accepted: mean(champion, challenger, is(Label::Spam), |one| {
                f64::from(u8::from(one.verdict == Verdict::Accept))
            }),
        }
    }
}

impl PartDifference {
    /// Every part of comments enough, the largest first; `name` gives the part
    /// of the comment in a place.
    pub fn by(
        champion: &[Judged],
        challenger: &[Judged],
        name: impl Fn(usize) -> String,
    ) -> Vec<Self> {
        let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in 0..champion.len() {
            parts.entry(name(at)).or_default().push(at);
        }
        parts.retain(|_, places| places.len() >= LEAST);
        let mut parts: Vec<Self> = parts
            .into_iter()
            .filter_map(|(name, places)| {
                let of = |all: &[Judged]| -> Vec<Judged> {
                    places.iter().map(|at| all[*at].clone()).collect()
                };
                Self::of(name, &of(champion), &of(challenger))
            })
            .collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.ham + part.spam));
        parts
    }

    fn of(name: String, champion: &[Judged], challenger: &[Judged]) -> Option<Self> {
        let count = |all: &[Judged], label, verdict| {
            let hits = all.iter().filter(|one| one.scored.label == label);
            hits.filter(|one| one.verdict == verdict).count() as i64
        };
        let more =
            |label, verdict| count(challenger, label, verdict) - count(champion, label, verdict);
        let ham = champion
            .iter()
            .filter(|one| one.scored.label == Label::Ham)
            .count();
        Some(Self {
            name,
            ham,
            spam: champion.len() - ham,
            brier: mean(champion, challenger, |_| true, squared_error)?,
            ham_rejected: more(Label::Ham, Verdict::Reject),
            spam_accepted: more(Label::Spam, Verdict::Accept),
        })
    }
}

fn is(label: Label) -> impl Fn(&Judged) -> bool {
    move |one| one.scored.label == label
}

fn squared_error(one: &Judged) -> f64 {
    let truth = f64::from(u8::from(one.scored.label == Label::Spam));
    (LogOdds(one.scored.log_odds).probability() - truth).powi(2)
}

/// Mean difference of a loss over the comments that are `counted`.
fn mean(
    champion: &[Judged],
    challenger: &[Judged],
    counted: impl Fn(&Judged) -> bool,
    loss: impl Fn(&Judged) -> f64,
) -> Option<Estimate> {
    let pairs = champion.iter().zip(challenger);
    let (scores, differences): (Vec<Scored>, Vec<f64>) = pairs
        .filter(|(one, _)| counted(one))
        .map(|(one, other)| (one.scored, loss(other) - loss(one)))
        .unzip();
    if scores.is_empty() {
        return None;
    }
    let n = scores.len() as f64;
    let of = |times: &[u32]| {
        let sum = differences.iter().zip(times);
        sum.map(|(difference, times)| difference * f64::from(*times))
            .sum::<f64>()
            / n
    };
    let (low, high) = bootstrap::percentiles(bootstrap::replicates(&scores, of))?;
    Some(Estimate {
        value: of(&vec![1; scores.len()]),
        low,
        high,
        n: scores.len(),
    })
}

/// Difference of (1-ROCA) in per cent; `None` without both classes.
pub(in crate::evaluation) fn ranking(first: &[Judged], other: &[Judged]) -> Option<Estimate> {
    let scores = |judged: &[Judged]| judged.iter().map(|one| one.scored).collect();
    let (first, other): (Vec<Scored>, Vec<Scored>) = (scores(first), scores(other));
    let (first_sorted, other_sorted) = (Sorted::of(&first), Sorted::of(&other));
    let of = |times: &[u32]| {
        let areas = [&other_sorted, &first_sorted].map(|sorted| sorted.statistics(times).above_roc);
        100.0 * (areas[0] - areas[1])
    };
    let (low, high) = bootstrap::percentiles(bootstrap::replicates(&first, of))?;
    Some(Estimate {
        value: of(&vec![1; first.len()]),
        low,
        high,
        n: first.len(),
    })
}
