//! Rules as tokens: what the model sees of them.

use super::crosses::{CROSSES, Cross};
use super::families::all;
use super::rule::{Hit, Rule, Weight};
use crate::domain::{LogOdds, Span};
use crate::features::Features;
use crate::features::spelling::Spelling;
use crate::features::tokens::Kind;

/// A rule or cross that applies at some level.
#[derive(Debug, Clone)]
pub struct RuleToken {
    /// What the model weighs: the id with its level.
    pub token: Spelling,
    /// Set where the weight is argued: the model is not asked.
    pub argued: Option<LogOdds>,
    applied: Applied,
}

#[derive(Debug, Clone)]
enum Applied {
    Rule(&'static Rule, Hit),
    Cross(&'static Cross),
}

impl RuleToken {
    /// Id of the rule or cross.
    pub fn id(&self) -> &'static str {
        match &self.applied {
            Applied::Rule(rule, _) => rule.id,
            Applied::Cross(cross) => cross.id,
        }
    }

    /// What it is about and what was seen, for a person to read. `features`
    /// are the same comment's.
    pub fn detail(&self, features: &Features) -> String {
        match &self.applied {
            Applied::Rule(rule, hit) => format!("{}: {}", rule.summary, hit.seen),
            Applied::Cross(cross) => format!("{}: {}", cross.summary, cross.seen(features)),
        }
    }

    pub fn span(&self) -> Option<Span> {
        match &self.applied {
            Applied::Rule(_, hit) => hit.span,
            Applied::Cross(_) => None,
        }
    }
}

/// The token of a rule at a level, or of a cross at its levels.
pub(super) fn spell(id: &str, levels: impl IntoIterator<Item = u8>) -> Spelling {
    let id = Kind::Rules.spell().text(id);
    levels
        .into_iter()
        .fold(id, |token, level| token.number(level.into()))
}

/// The token of a rule at a level, as [`tokens`] makes it.
pub fn token_of(id: &str, level: u8) -> Spelling {
    spell(id, [level])
}

/// Every rule that fires on the features, and every cross at its levels. Those
/// with an argued weight come last.
pub fn tokens(features: &Features) -> Vec<RuleToken> {
    let fired = all().filter_map(|rule| {
        let hit = (rule.check)(features)?;
        let argued = match rule.weight {
            Weight::Fitted => None,
            Weight::Argued(weight) => Some(weight * (0.5 + 0.5 * f64::from(hit.level))),
        };
        Some(RuleToken {
            token: spell(rule.id, [hit.level]),
            argued,
            applied: Applied::Rule(rule, hit),
        })
    });
    let crossed = CROSSES.iter().map(|cross| RuleToken {
        token: spell(cross.id, cross.levels(features)),
        argued: None,
        applied: Applied::Cross(cross),
    });
    let mut tokens: Vec<RuleToken> = fired.chain(crossed).collect();
    tokens.sort_by_key(|token| token.argued.is_some());
    tokens
}
