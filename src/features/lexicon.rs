//! Phrases that belong to a topic, in many languages, found in one pass.

use std::cmp::Reverse;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::characters::{Class, MainScript};

mod people;
mod praise;
mod selling;

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
    /// Words that hold another topic's by chance: "specialist", "Essex".
    Chance,
}

impl Topic {
    pub const COUNT: usize = 18;
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

static AUTOMATON: LazyLock<(AhoCorasick, Vec<Topic>)> = LazyLock::new(|| {
    let (topics, phrases): (Vec<Topic>, Vec<&str>) = lexicon().unzip();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(phrases)
        .expect("a few thousand short phrases fit an automaton");
    (automaton, topics)
});

/// Every phrase of every list with its topic.
fn lexicon() -> impl Iterator<Item = (Topic, &'static str)> {
    [praise::PHRASES, selling::PHRASES, people::PHRASES]
        .into_iter()
        .flatten()
        .flat_map(|(topic, phrases)| phrases.iter().map(|phrase| (*topic, *phrase)))
}

impl Phrases {
    /// Counts the phrases of a folded text. Of phrases that overlap the first
    /// one counts, of those that start together the longest.
    pub fn of(folded: &str, boundaries: Boundaries) -> Self {
        let mut phrases = Self::default();
        let (automaton, topics) = &*AUTOMATON;
        // All overlapping matches, so that "casino bonuses" is still a "casino"
        // although "casino bonus" does not stand alone in it.
        let mut found: Vec<_> = automaton
            .find_overlapping_iter(folded)
            .filter(|found| {
                boundaries == Boundaries::Anywhere
                    || stands_alone(folded, found.start(), found.end())
            })
            .collect();
        found.sort_unstable_by_key(|found| (found.start(), Reverse(found.end())));
        let mut free = 0;
        for found in found {
            if found.start() < free {
                continue;
            }
            free = found.end();
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

/// Whether no letter touches the range. Scripts without spaces always stand
/// alone, and Korean words bear particles: `대출을` is the word `대출`.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let touches = |c: char| {
        let class = Class::of(c);
        (class.is_letter() || class.is_digit()) && !class.is_unspaced()
    };
    let is_hangul = |c: char| Class::of(c).script() == MainScript::Hangul;
    let after = text[end..].chars().next();
    let is_particle = after.is_some_and(is_hangul) && text[..end].ends_with(is_hangul);
    !text[..start].ends_with(touches) && (is_particle || !after.is_some_and(touches))
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::features::normalize::folded;

    fn words(text: &str) -> Phrases {
        Phrases::of(text, Boundaries::Words)
    }

    #[test]
    fn phrases_are_folded() {
        let unfolded: Vec<_> = lexicon().filter(|(_, p)| folded(p) != **p).collect();
        assert!(unfolded.is_empty(), "{unfolded:?}");
    }

    #[test]
    fn phrases_are_unique() {
        let mut seen = HashSet::new();
        let twice: Vec<_> = lexicon().filter(|(_, p)| !seen.insert(*p)).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn each_phrase_is_found_whole_under_its_topic() {
        for (topic, phrase) in lexicon() {
            let whole = Some((0, phrase.len() as u32));
            assert_eq!(words(phrase).first(topic), whole, "{phrase}");
        }
    }

    #[test]
    fn every_topic_has_phrases() {
        let mut sizes: HashMap<Topic, usize> = HashMap::new();
        for (topic, _) in lexicon() {
            *sizes.entry(topic).or_default() += 1;
        }
        assert_eq!(sizes.len(), Topic::COUNT);
        assert!(sizes.values().all(|size| *size >= 25), "{sizes:?}");
    }

    #[test]
    fn word_boundaries_hold() {
        assert_eq!(words("ask a specialist").count(Topic::Pharmacy), 0);
        assert_eq!(words("buy cialis now").count(Topic::Pharmacy), 1);
        assert_eq!(
            words("buy cialis now").first(Topic::Pharmacy),
            Some((4, 10))
        );
        let anywhere = |host| Phrases::of(host, Boundaries::Anywhere).count(Topic::Pharmacy);
        assert_eq!(anywhere("bestcialisonline.com"), 1);
        assert_eq!(anywhere("specialist.com"), 0);
    }

    #[test]
    fn a_shorter_phrase_stands_where_the_longer_one_does_not() {
        assert_eq!(words("casino bonus").count(Topic::Gambling), 1);
        assert_eq!(words("casino bonuses").first(Topic::Gambling), Some((0, 6)));
    }

    #[test]
    fn korean_words_bear_particles() {
        assert_eq!(words("무직자 대출을 원하시면").count(Topic::Loans), 1);
    }

    #[test]
    fn chinese_needs_no_spaces() {
        let text = "这里可以办理小额贷款的公司";
        let start = text.find("小额贷款").unwrap() as u32;
        assert_eq!(words(text).first(Topic::Loans), Some((start, start + 12)));
    }
}
