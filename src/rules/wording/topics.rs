//! What the words are about: one row per topic of the lexicon.

use crate::features::Features;
use crate::features::lexicon::Topic;
use crate::rules::place::phrase;
use crate::rules::rule::{Hit, Rule, Weight, text};

/// A rule that counts a topic's phrases: 1, 2, and 4 or more.
macro_rules! topic {
    ($id:literal, $topic:ident, $summary:literal, $docs:literal, $fires:literal, $passes:literal) => {
        Rule {
            id: $id,
            summary: $summary,
            docs: $docs,
            weight: Weight::Fitted,
            check: |features| phrases(features, Topic::$topic),
            fires: &[text($fires)],
            passes: &[text($passes)],
        }
    };
}

pub(super) const ROWS: &[Rule] = &[
    topic!(
        "wording/pharmacy",
        Pharmacy,
        "Words of pharmacies",
        "Medicines that spam sells. A pharmacist or a patient writes them too, so it never stands alone.",
        "Buy cialis and viagra cheap",
        "The pharmacy on our street closed"
    ),
    topic!(
        "wording/gambling",
        Gambling,
        "Words of gambling",
        "Casinos and betting pay for links. An architect of casinos is honest.",
        "Best online casino bonus",
        "We gambled on the weather and lost"
    ),
    topic!(
        "wording/adult",
        Adult,
        "Words of escort and sex sites",
        "Explicit services pay for links.",
        "sex dating in your town",
        "My girlfriend liked the article"
    ),
    topic!(
        "wording/loans",
        Loans,
        "Words of lenders",
        "Loans are offered in comments that look like testimonies. People in debt write of them too.",
        "Get a payday loan today",
        "I lent him my book"
    ),
    topic!(
        "wording/crypto",
        Crypto,
        "Words of crypto trading",
        "Trading platforms and recovery frauds. Sceptics use the same words.",
        "I doubled my bitcoin with this broker",
        "We trade recipes every week"
    ),
    topic!(
        "wording/seo",
        Seo,
        "Words of search engine optimisers",
        "Links and ranks are the trade of those who spam. Webmasters talk shop as well.",
        "Buy backlinks for your website",
        "The page loads slowly on my phone"
    ),
    topic!(
        "wording/essays",
        Essays,
        "Words of essay writers",
        "Essay mills buy links on blogs of students and teachers.",
        "Our essay writing service helps",
        "I wrote about it at school"
    ),
    topic!(
        "wording/replicas",
        Replicas,
        "Words of replica shops",
        "Copies of brands are sold through comments.",
        "cheap replica watches",
        "I watched the film twice"
    ),
    topic!(
        "wording/testimony",
        Testimony,
        "Words of healers and spell casters",
        "Testimonies of wonders carry a mail address or a phone number.",
        "a spell caster brought him back",
        "He casts a long shadow"
    ),
    topic!(
        "wording/contact",
        Contact,
        "An invitation to messengers",
        "Frauds lead people away from the page. Friends exchange numbers too.",
        "write me on whatsapp",
        "write me a letter"
    ),
    topic!(
        "wording/jobs",
        Jobs,
        "Promises of easy work",
        "Work from home is a lure. Remote workers speak of it honestly.",
        "earn money online",
        "I worked on it all night"
    ),
    topic!(
        "wording/downloads",
        Downloads,
        "Downloads and streams",
        "Films, cracks and streams for nothing are bait.",
        "watch online for nothing",
        "I watched it in the cinema"
    ),
    topic!(
        "wording/trades",
        Trades,
        "Local trades",
        "Plumbers and movers have links bought for them. Real ones answer questions.",
        "the best plumber in Leeds",
        "we read it together"
    ),
    topic!(
        "wording/call-to-action",
        CallToAction,
        "A call to click or to visit",
        "Readers are told what to do. Honest people point to their pages as well.",
        "click here",
        "I clicked on the second tab"
    ),
    topic!(
        "wording/praise",
        Praise,
        "Praise that fits any post",
        "Flattery buys the moderator's mercy. Happy readers praise as well, so its company counts.",
        "Great post",
        "The second chart is wrong"
    ),
    topic!(
        "wording/conversation",
        Conversation,
        "Words between people",
        "Answers, thanks and disagreement belong to a conversation.",
        "Same problem here",
        "Cheap shoes for sale"
    ),
];

fn phrases(features: &Features, topic: Topic) -> Option<Hit> {
    let count = features.phrases.count(topic);
    let level = match count {
        0 => return None,
        1 => 1,
        2..=3 => 2,
        _ => 3,
    };
    let (seen, span) = phrase(features, topic)?;
    let seen = if count == 1 {
        format!("“{seen}”")
    } else {
        format!("“{seen}” and {} more", count - 1)
    };
    Some(Hit::new(seen).level(level).at(span))
}
