//! How people called the comments on which a reason spoke: what every store
//! engine keeps of it, and what counts as having spoken.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::domain::{Comment, Judgement, SiteId, Source};
use crate::features::Features;
use crate::rules;

/// What a reason's weight spoke for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaks {
    Spam,
    Ham,
    /// It applied and weighed nothing worth showing, or was switched off.
    Neither,
}

impl Speaks {
    pub const ALL: [Self; 3] = [Self::Spam, Self::Ham, Self::Neither];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Ham => "ham",
            Self::Neither => "neither",
        }
    }

    fn of(log_odds: f64) -> Self {
        match log_odds {
            weight if weight > 0.0 => Self::Spam,
            weight if weight < 0.0 => Self::Ham,
            _ => Self::Neither,
        }
    }
}

/// A reason that spoke on a comment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spoken(pub Source, pub String, pub Speaks);

/// Labelled comments on which a reason spoke, by what people called them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReasonTally {
    pub source: Source,
    /// As in [`crate::domain::Evidence::reason`]; of [`Source::Rules`] a rule's id.
    pub reason: String,
    pub speaks: Speaks,
    pub ham: u32,
    pub spam: u32,
}

/// Kept with each label, and taken back with it: [`super::Store::label`] and
/// [`super::Store::decide`] write both or neither.
#[async_trait]
pub trait ReasonTallies: Send + Sync {
    /// Every reason that ever spoke on a comment that is labelled; some hundred
    /// rows, however many comments there are. A reason has a row for each thing
    /// that it spoke for.
    async fn reason_tallies(&self, site: SiteId) -> Result<Vec<ReasonTally>, StoreError>;
}

/// What spoke on a comment, each reason once: the evidence of its judgement, and
/// every rule that fires on it, whatever the rule weighs. Single words and what
/// was only summed up are not reasons to count.
pub fn spoken(comment: &Comment, judgement: &Judgement) -> Vec<Spoken> {
    let mut spoken: BTreeSet<Spoken> = judgement
        .evidence
        .iter()
        .filter(|piece| !matches!(piece.source, Source::Model | Source::Words | Source::Pairs))
        .filter(|piece| piece.reason != "others")
        .map(|piece| {
            let speaks = Speaks::of(piece.log_odds.0);
            Spoken(piece.source, piece.reason.clone(), speaks)
        })
        .collect();
    let features = Features::of(comment);
    for rule in rules::all().filter(|rule| (rule.check)(&features).is_some()) {
        let known = |one: &Spoken| one.0 == Source::Rules && one.1 == rule.id;
        if !spoken.iter().any(known) {
            let id = rule.id.to_owned();
            spoken.insert(Spoken(Source::Rules, id, Speaks::Neither));
        }
    }
    spoken.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Evidence, LogOdds, Verdict};
    use crate::rules::text;

    #[test]
    fn every_rule_that_fires_has_spoken_and_each_reason_once() {
        let piece = |source, reason: &str, weight| Evidence {
            source,
            reason: reason.into(),
            detail: String::new(),
            log_odds: LogOdds(weight),
            span: None,
        };
        let judgement = Judgement {
            verdict: Verdict::Hold,
            spam_probability: 0.5,
            log_odds: LogOdds(0.0),
            evidence: vec![
                piece(Source::Model, "starting_point", -1.0),
                piece(Source::Words, "word", 2.0),
                piece(Source::Rules, "others", 0.1),
                piece(Source::Rules, "links/only", 1.0),
                piece(Source::Links, "link", 0.5),
                piece(Source::Links, "link", 0.7),
                piece(Source::Links, "link", -0.2),
            ],
            model: String::new(),
            policy: String::new(),
        };
        let spoken = spoken(&text("http://a.example").comment(), &judgement);
        let count = |source, reason: &str| {
            let of = spoken.iter().filter(|one| one.0 == source);
            of.filter(|one| one.1 == reason).count()
        };
        assert_eq!(count(Source::Rules, "links/only"), 1);
        assert_eq!(count(Source::Links, "link"), 2, "for spam and for ham");
        for (source, reason) in [
            (Source::Model, "starting_point"),
            (Source::Words, "word"),
            (Source::Rules, "others"),
        ] {
            assert_eq!(count(source, reason), 0, "{reason}");
        }
        let fired = rules::all().filter(|rule| {
            (rule.check)(&Features::of(&text("http://a.example").comment())).is_some()
        });
        for rule in fired {
            assert_eq!(count(Source::Rules, rule.id), 1, "{}", rule.id);
        }
    }
}
