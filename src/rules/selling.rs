//! The topics that sell, for rules that look for them elsewhere than in the text
//! as written.

use crate::features::lexicon::{Boundaries, Phrases, Topic};

const TOPICS: [Topic; 8] = [
    Topic::Pharmacy,
    Topic::Gambling,
    Topic::Adult,
    Topic::Loans,
    Topic::Seo,
    Topic::Essays,
    Topic::Replicas,
    Topic::Trades,
];

/// How many phrases of a folded text sell.
pub fn count(folded: &str, boundaries: Boundaries) -> usize {
    let phrases = Phrases::of(folded, boundaries);
    TOPICS.iter().map(|topic| phrases.count(*topic)).sum()
}
