//! Phrases that belong to a topic, in many languages, found in one pass.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// What a phrase is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// Praise of the post or blog that fits any post.
    Praise,
    Pharmacy,
    Gambling,
    Adult,
    Loans,
    Crypto,
    Seo,
    Essays,
    Replicas,
    /// Spell casters, lottery winners, healers, hackers for hire.
    Testimony,
    /// "Contact me on WhatsApp / Telegram", phone numbers for business.
    Contact,
    /// Earn money at home.
    Jobs,
    /// Films, streams, cracks, IPTV.
    Downloads,
    /// Trades that buy links: plumbers, movers, locksmiths, lawyers, dentists.
    Trades,
    /// Calls to act: click here, visit my site, buy now.
    CallToAction,
    /// "I", "my", "we", in the main languages: a person who speaks of themselves.
    FirstPerson,
    /// Thanks and answers between people: "worked for me", "thanks for".
    Conversation,
}

impl Topic {
    pub const COUNT: usize = 17;
}

/// Whether a phrase must stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundaries {
    Words,
    Anywhere,
}

/// How often each topic was met, and where first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Phrases {
    counts: [u16; Topic::COUNT],
    first: [Option<(u32, u32)>; Topic::COUNT],
}

static LEXICON: &[(Topic, &[&str])] = &[
    (Topic::Praise, &["great post", "nice blog"]),
    (Topic::Pharmacy, &["viagra", "cialis"]),
];

static AUTOMATON: LazyLock<(AhoCorasick, Vec<Topic>)> = LazyLock::new(|| {
    let (topics, phrases): (Vec<Topic>, Vec<&str>) = LEXICON
        .iter()
        .flat_map(|(topic, phrases)| phrases.iter().map(|phrase| (*topic, *phrase)))
        .unzip();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(phrases)
        .expect("a few thousand short phrases fit an automaton");
    (automaton, topics)
});

impl Phrases {
    /// Counts the phrases of a folded text.
    pub fn of(folded: &str, boundaries: Boundaries) -> Self {
        let mut phrases = Self::default();
        let (automaton, topics) = &*AUTOMATON;
        for found in automaton.find_iter(folded) {
            if boundaries == Boundaries::Words && !stands_alone(folded, found.start(), found.end())
            {
                continue;
            }
            let topic = topics[found.pattern().as_usize()] as usize;
            phrases.counts[topic] = phrases.counts[topic].saturating_add(1);
            phrases.first[topic].get_or_insert((found.start() as u32, found.end() as u32));
        }
        phrases
    }

    pub fn count(&self, topic: Topic) -> usize {
        usize::from(self.counts[topic as usize])
    }

    /// Byte range in the folded text of the topic's first phrase.
    pub fn first(&self, topic: Topic) -> Option<(u32, u32)> {
        self.first[topic as usize]
    }
}

/// Whether no letter touches the range; scripts without spaces always stand alone.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let touches =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !super::words::is_unspaced(c));
    !touches(before) && !touches(after)
}
