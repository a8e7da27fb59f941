//! Rules by how often they fire on ham and on spam, and what they weigh.

use std::collections::BTreeMap;

use serde::Serialize;

use super::judged::Judged;
use crate::bayes::metrics::Rate;
use crate::domain::Label;
use crate::features::Features;
use crate::filter::Filter;
use crate::rules;

/// A rule on a set of comments.
#[derive(Debug, Clone, Serialize)]
pub struct FiredRule {
    pub id: &'static str,
    pub summary: &'static str,
    /// The ham it fired on.
    pub ham: Rate,
    /// The spam it fired on.
    pub spam: Rate,
    /// Log-odds that it added where it fired, on average; absent where it
    /// never fired.
    pub mean_log_odds: Option<f64>,
}

/// Rules that fire on a comment, each with its share of the log-odds. Levels
/// of one rule are one; crosses are left out, for one of each always applies.
pub(super) fn of(filter: &Filter, features: &Features) -> BTreeMap<&'static str, f64> {
    let scored = filter.model().score(features);
    let mut fired: BTreeMap<&'static str, f64> = scored
        .rules
        .iter()
        .zip(&scored.parts.rules)
        .map(|(rule, fitted)| (rule.id(), rule.argued.map_or(*fitted, |argued| argued.0)))
        .collect();
    for cross in rules::CROSSES {
        fired.remove(cross.id);
    }
    fired
}

/// Every rule, those that fired most often first.
pub(super) fn table(judged: &[Judged]) -> Vec<FiredRule> {
    let of = |label| judged.iter().filter(move |one| one.scored.label == label);
    let total = |label| of(label).count();
    let (ham, spam) = (total(Label::Ham), total(Label::Spam));
    let mut table: Vec<FiredRule> = rules::all()
        .map(|rule| {
            let hits = |label| {
                of(label)
                    .filter(|one| one.fired.contains_key(rule.id))
                    .count()
            };
            let weights: Vec<f64> = judged
                .iter()
                .filter_map(|one| one.fired.get(rule.id).copied())
                .collect();
            FiredRule {
                id: rule.id,
                summary: rule.summary,
                ham: Rate::of(hits(Label::Ham), ham),
                spam: Rate::of(hits(Label::Spam), spam),
                mean_log_odds: (!weights.is_empty())
                    .then(|| weights.iter().sum::<f64>() / weights.len() as f64),
            }
        })
        .collect();
    table.sort_by_key(|rule| std::cmp::Reverse(rule.ham.count + rule.spam.count));
    table
}
