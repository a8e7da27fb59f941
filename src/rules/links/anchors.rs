//! What a reader sees of the links.

use std::collections::BTreeSet;

use super::first;
use crate::features::Features;
use crate::features::lexicon::Boundaries;
use crate::rules::place;
use crate::rules::rule::{Hit, Rule, Weight, text};
use crate::rules::selling;

pub(super) const ROWS: &[Rule] = &[
    Rule {
        id: "links/selling-anchor",
        summary: "A link under words that sell",
        docs: "The anchor text is what a search engine is to read.",
        weight: Weight::Fitted,
        check: |features| {
            first(features, |link| {
                link.anchor
                    .as_deref()
                    .is_some_and(|anchor| selling::count(anchor, Boundaries::Words) > 0)
            })
        },
        fires: &[text("nice <a href=\"http://a.com\">online casino</a>")],
        passes: &[text("see <a href=\"http://a.com\">the manual</a>")],
    },
    Rule {
        id: "links/same-anchor",
        summary: "The same words under several links",
        docs: "A key phrase is linked again and again, often once for each dialect of markup. Lists of sources name each differently.",
        weight: Weight::Fitted,
        check: same_anchor,
        fires: &[text(
            "<a href=\"http://a.com\">red shoes</a> and <a href=\"http://a.com/b\">red shoes</a>",
        )],
        passes: &[text(
            "<a href=\"http://a.com\">red shoes</a> and <a href=\"http://a.com/b\">blue shoes</a>",
        )],
    },
    Rule {
        id: "links/bare-anchor",
        summary: "A link under a mark",
        docs: "A point or a dash carries the link: a search engine is to see it, and the reader is not. Footnotes put links under marks as well.",
        weight: Weight::Fitted,
        check: |features| {
            first(features, |link| {
                link.anchor
                    .as_deref()
                    .is_some_and(|anchor| !anchor.chars().any(char::is_alphanumeric))
            })
        },
        fires: &[text("nice <a href=\"http://a.com\">.</a>")],
        passes: &[text("see <a href=\"http://a.com\">[1]</a>")],
    },
];

fn same_anchor(features: &Features) -> Option<Hit> {
    let mut seen = BTreeSet::new();
    let again = features.links.iter().find(|link| {
        link.anchor
            .as_deref()
            .is_some_and(|anchor| !seen.insert(anchor))
    })?;
    let anchor = again.anchor.clone().unwrap_or_default();
    Some(Hit::new(format!("“{anchor}” again")).at(place::link(again.span)))
}
