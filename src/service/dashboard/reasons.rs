//! How right the reasons are: of the labelled comments on which a reason was
//! among the heaviest, how many were what it spoke for.

use std::collections::BTreeMap;

use crate::domain::{Evidence, Label, Source};
use crate::service::Rate;
use crate::store::LabelledJudgement;

/// Reasons of a comment that count as its heaviest.
const HEAVIEST: usize = 5;
/// Reasons that are shown, of each kind.
const SHOWN: usize = 8;
/// Labels below which a reason is not shown: it would be one comment's word.
const FEWEST: u64 = 3;

/// A reason, and how right it was.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonPrecision {
    pub source: Source,
    /// As in [`Evidence::reason`].
    pub reason: String,
    /// The word, or the host that was linked to; empty of what is no single
    /// thing.
    pub what: String,
    /// Of the comments on which it was heavy, those that were what it spoke for.
    pub right: Rate,
}

/// The most frequent reasons that spoke for spam, and those that spoke for ham.
pub fn weighed(labelled: &[LabelledJudgement]) -> [Vec<ReasonPrecision>; 2] {
    let mut counts: BTreeMap<(bool, Source, &str, &str), [u64; 2]> = BTreeMap::new();
    for one in labelled {
        let mut pieces: Vec<&Evidence> = one.judgement.evidence.iter().filter(speaks).collect();
        pieces.sort_by(|a, b| b.log_odds.0.abs().total_cmp(&a.log_odds.0.abs()));
        pieces.truncate(HEAVIEST);
        let mut keys: Vec<_> = pieces
            .into_iter()
            .map(|piece| {
                let for_spam = piece.log_odds.0 > 0.0;
                (for_spam, piece.source, piece.reason.as_str(), what(piece))
            })
            .collect();
        // Of two links to one host, the comment is still one.
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let right = key.0 == (one.label == Label::Spam);
            counts.entry(key).or_default()[usize::from(right)] += 1;
        }
    }
    [true, false].map(|for_spam| {
        let mut reasons: Vec<ReasonPrecision> = counts
            .iter()
            .filter(|(key, [wrong, right])| key.0 == for_spam && wrong + right >= FEWEST)
            .map(
                |((_, source, reason, what), [wrong, right])| ReasonPrecision {
                    source: *source,
                    reason: (*reason).to_owned(),
                    what: (*what).to_owned(),
                    right: Rate::wilson(*right, wrong + right),
                },
            )
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.right.n));
        reasons.truncate(SHOWN);
        reasons
    })
}

/// Whether it says something by itself.
fn speaks(piece: &&Evidence) -> bool {
    !matches!(piece.source, Source::Model | Source::Policy)
        && piece.reason != "others"
        && piece.log_odds.0 != 0.0
}

/// What a reason is about, where there is one such thing.
fn what(piece: &Evidence) -> &str {
    match (piece.source, piece.reason.as_str()) {
        (_, "word" | "pair") => &piece.detail,
        (Source::Links, "link") => piece.detail.rsplit(' ').next().unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Judgement, LogOdds, Verdict};
    use jiff::Timestamp;

    fn labelled(label: Label, pieces: &[(Source, &str, &str, f64)]) -> LabelledJudgement {
        LabelledJudgement {
            label,
            at: Timestamp::UNIX_EPOCH,
            judgement: Judgement {
                verdict: Verdict::Hold,
                spam_probability: 0.5,
                log_odds: LogOdds(0.0),
                evidence: pieces
                    .iter()
                    .map(|(source, reason, detail, weight)| Evidence {
                        source: *source,
                        reason: (*reason).into(),
                        detail: (*detail).into(),
                        log_odds: LogOdds(*weight),
                        span: None,
                    })
                    .collect(),
                model: String::new(),
                policy: String::new(),
            },
        }
    }

    #[test]
    fn a_reason_is_right_where_people_agree_with_it() {
        let casino = (Source::Words, "word", "casino", 2.0);
        let link = (Source::Links, "link", "link to a.example", 1.0);
        let honest = (Source::Author, "name", "", -0.5);
        let start = (Source::Model, "starting_point", "", 9.0);
        let mut all = vec![labelled(Label::Ham, &[casino, honest, start])];
        all.extend((0..3).map(|_| labelled(Label::Spam, &[casino, link, link, honest])));
        let [spam, ham] = weighed(&all);
        let found: Vec<_> = spam
            .iter()
            .map(|one| (one.what.as_str(), one.right.errors, one.right.n))
            .collect();
        assert_eq!(found, [("casino", 3, 4), ("a.example", 3, 3)]);
        assert_eq!(ham.len(), 1);
        assert_eq!((ham[0].right.errors, ham[0].right.n), (1, 4));
    }

    #[test]
    fn light_reasons_do_not_count() {
        let pieces = ["a", "b", "c", "d", "e", "f"].map(|word| {
            let weight = f64::from(b'g' - word.as_bytes()[0]);
            (Source::Words, "word", word, weight)
        });
        let all: Vec<_> = (0..3).map(|_| labelled(Label::Spam, &pieces)).collect();
        let [spam, _] = weighed(&all);
        let words: Vec<_> = spam.iter().map(|one| one.what.as_str()).collect();
        assert_eq!(words, ["a", "b", "c", "d", "e"]);
    }
}
