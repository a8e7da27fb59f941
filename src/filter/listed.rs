//! Block lists to evidence: what the owner's lists say of the comment.

use super::note;
use crate::domain::{Evidence, ListSays, Listed, ListedKind, LogOdds, Source};

/// Evidence of the lists. They copy from each other, so the heaviest counts, and
/// the others are named.
pub fn evidence(says: &[ListSays]) -> Vec<Evidence> {
    let weights = says.iter().filter_map(|says| match says {
        ListSays::Listed { weight, .. } => Some(weight.0),
        ListSays::Missing(_) => None,
    });
    let heaviest = weights.fold(0.0, f64::max);
    let mut is_counted = false;
    let piece = |says: &ListSays| match says {
        ListSays::Listed {
            list,
            weight,
            listed,
        } => {
            let counts = !is_counted && weight.0 >= heaviest;
            is_counted |= counts;
            Evidence {
                source: Source::Lists,
                reason: reason(listed.kind).to_owned(),
                detail: detail(list, listed),
                log_odds: if counts { *weight } else { LogOdds(0.0) },
                span: listed.span,
            }
        }
        ListSays::Missing(list) => note("list_missing", format!("the list “{list}” is not there")),
    };
    says.iter().map(piece).collect()
}

fn reason(kind: ListedKind) -> &'static str {
    match kind {
        ListedKind::Host => "listed_host",
        ListedKind::Network => "listed_network",
        ListedKind::Email => "listed_email",
        ListedKind::Phrase => "listed_phrase",
    }
}

fn detail(list: &str, listed: &Listed) -> String {
    match listed.what.as_str() {
        "" => format!("on the list “{list}”"),
        what => format!("on the list “{list}”: {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(list: &str, weight: f64) -> ListSays {
        ListSays::Listed {
            list: list.into(),
            weight: LogOdds(weight),
            listed: Listed {
                kind: ListedKind::Host,
                what: "spam.com".into(),
                span: None,
            },
        }
    }

    #[test]
    fn of_several_lists_the_heaviest_counts_once() {
        let pieces = evidence(&[
            says("a", 2.0),
            says("b", 3.0),
            ListSays::Missing("c".into()),
            says("d", 3.0),
        ]);
        let weights: Vec<f64> = pieces.iter().map(|piece| piece.log_odds.0).collect();
        assert_eq!(weights, [0.0, 3.0, 0.0, 0.0]);
        assert_eq!(pieces[0].detail, "on the list “a”: spam.com");
        assert_eq!(pieces[2].source, Source::Policy);
        assert_eq!(evidence(&[]), []);
    }
}
