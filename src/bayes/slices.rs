//! What a model was trained on, and how good its design is, part by part.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calibration::OutOfFoldScore;
use super::card::{ModelCard, Threshold};
use super::metrics::{self, Rate, Scored};
use super::rows::{Row, Rows};
use crate::domain::Label;

/// The comments of one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainedSite {
    pub site: String,
    pub ham: usize,
    pub spam: usize,
    /// Of the first and of the last dated comment (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<(i16, i16)>,
    /// See [`super::TrainingSet::other_genre`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other_genre: bool,
}

/// Out-of-fold quality of one part of the comments, at the thresholds of
/// [`Slice::MAX_HAM_REJECTED`] and [`Slice::MAX_SPAM_ACCEPTED`]. Rules with
/// argued weights, history and the site layer have no part in the scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slice {
    pub name: String,
    /// Area above the ROC curve in per cent, with its 95 % interval (Newcombe
    /// 2006); absent where there is only one class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_minus_roca_percent: Option<(f64, f64, f64)>,
    pub ham_rejected: Rate,
    pub ham_held: Rate,
    pub spam_accepted: Rate,
    pub spam_held: Rate,
}

impl Slice {
    /// Budgets at which the errors are counted: the policy's defaults.
    pub const MAX_HAM_REJECTED: f64 = 0.001;
    pub const MAX_SPAM_ACCEPTED: f64 = 0.01;
    /// Comments below which a part has no slice of its own.
    const LEAST: usize = 30;
    const SMALLER: &str = "(smaller ones)";
    const UNNAMED: &str = "(none named)";

    /// A slice for each site, the largest first.
    pub(super) fn by_site(rows: &Rows, scores: &[OutOfFoldScore], card: &ModelCard) -> Vec<Self> {
        Self::by(rows, scores, card, |row| &rows.sites[row.site])
    }

    /// The same by the language that the collector of the comments named.
    pub(super) fn by_language(
        rows: &Rows,
        scores: &[OutOfFoldScore],
        card: &ModelCard,
    ) -> Vec<Self> {
        Self::by(rows, scores, card, |row| {
            row.lang.as_deref().unwrap_or(Self::UNNAMED)
        })
    }

    fn by<'s>(
        rows: &'s Rows,
        scores: &[OutOfFoldScore],
        card: &ModelCard,
        name: impl Fn(&'s Row) -> &'s str,
    ) -> Vec<Self> {
        let mut parts: BTreeMap<&str, Vec<&OutOfFoldScore>> = BTreeMap::new();
        for score in scores {
            let part = name(&rows.rows[score.row]);
            parts.entry(part).or_default().push(score);
        }
        let (mut parts, small): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|(_, part)| part.len() >= Self::LEAST);
        parts.sort_by_key(|(_, part)| std::cmp::Reverse(part.len()));
        let small: Vec<&OutOfFoldScore> = small.into_iter().flat_map(|(_, part)| part).collect();
        if !small.is_empty() {
            parts.push((Self::SMALLER, small));
        }
        let slices = parts.iter().map(|(name, part)| Self::of(name, part, card));
        slices.collect()
    }

    fn of(name: &str, part: &[&OutOfFoldScore], card: &ModelCard) -> Self {
        let log_odds =
            |score: &OutOfFoldScore| card.calibration.slope * score.raw + card.calibration.bias;
        let within = |thresholds: &[Threshold], budget: f64| {
            let within = thresholds.iter().filter(|one| one.budget <= budget);
            within.filter_map(|one| one.log_odds).next_back()
        };
        let accept = within(&card.accept, Self::MAX_SPAM_ACCEPTED);
        let reject = within(&card.reject, Self::MAX_HAM_REJECTED);
        let accepted = |score: &OutOfFoldScore| accept.is_some_and(|at| log_odds(score) <= at);
        let rejected = |score: &OutOfFoldScore| {
            let reached = reject.is_some_and(|at| log_odds(score) >= at);
            reached && score.familiar && !accepted(score)
        };
        let rate = |label, counted: &dyn Fn(&OutOfFoldScore) -> bool| {
            let of_label = || part.iter().filter(|score| score.label == label);
            let hits = of_label().filter(|score| counted(score)).count();
            Rate::of(hits, of_label().count())
        };
        let held = |score: &OutOfFoldScore| !accepted(score) && !rejected(score);
        let scored = part.iter().map(|score| Scored {
            log_odds: log_odds(score),
            label: score.label,
        });
        Self {
            name: name.to_owned(),
            one_minus_roca_percent: metrics::one_minus_roca(&scored.collect::<Vec<_>>())
                .map(|area| (area.percent, area.low, area.high)),
            ham_rejected: rate(Label::Ham, &rejected),
            ham_held: rate(Label::Ham, &held),
            spam_accepted: rate(Label::Spam, &accepted),
            spam_held: rate(Label::Spam, &held),
        }
    }
}
