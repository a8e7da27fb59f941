//! What a reader sees of the links.

use super::first;
use crate::features::lexicon::{Boundaries, Phrases, Topic};
use crate::rules::rule::{Rule, Weight, text};

const SELLING: [Topic; 8] = [
    Topic::Pharmacy,
    Topic::Gambling,
    Topic::Adult,
    Topic::Loans,
    Topic::Seo,
    Topic::Essays,
    Topic::Replicas,
    Topic::Trades,
];

pub(super) const ROWS: &[Rule] = &[Rule {
    id: "links/selling-anchor",
    summary: "A link under words that sell",
    docs: "The anchor text is what a search engine is to read.",
    weight: Weight::Fitted,
    check: |features| {
        first(features, |link| {
            link.anchor.as_deref().is_some_and(|anchor| {
                let phrases = Phrases::of(anchor, Boundaries::Words);
                SELLING.iter().any(|topic| phrases.count(*topic) > 0)
            })
        })
    },
    fires: &[text("nice <a href=\"http://a.com\">online casino</a>")],
    passes: &[text("see <a href=\"http://a.com\">the manual</a>")],
}];
