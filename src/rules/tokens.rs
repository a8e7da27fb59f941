//! Rules as tokens: what the model sees of them.

use super::crosses::CROSSES;
use super::families::all;
use super::rule::{Hit, Weight};
use crate::domain::LogOdds;
use crate::features::Features;

/// A rule or cross that applies at some level.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleToken {
    /// Id of the rule or cross.
    pub id: &'static str,
    pub summary: &'static str,
    /// What the model hashes: the id with its level.
    pub token: String,
    pub hit: Hit,
    /// Set where the weight is argued: the model is not asked.
    pub argued: Option<LogOdds>,
}

/// Every rule that fires on the features, and every cross at its level.
pub fn tokens(features: &Features) -> Vec<RuleToken> {
    let fired = all().filter_map(|rule| {
        let hit = (rule.check)(features)?;
        let argued = match rule.weight {
            Weight::Fitted => None,
            Weight::Argued(weight) => Some(weight * (0.5 + 0.5 * f64::from(hit.level))),
        };
        Some(RuleToken {
            id: rule.id,
            summary: rule.summary,
            token: format!("{}:{}", rule.id, hit.level),
            hit,
            argued,
        })
    });
    let crossed = CROSSES.iter().map(|cross| {
        let (token, seen) = cross.token(features);
        RuleToken {
            id: cross.id,
            summary: cross.summary,
            token,
            hit: Hit::new(seen),
            argued: None,
        }
    });
    fired.chain(crossed).collect()
}
