//! Features to hashed tokens: what naive Bayes counts. Every token counts
//! once in a comment; each knows the part of the comment it was seen in.

use unicode_security::confusable_detection::skeleton;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::comment::Features;
use super::links::Link;
use super::shape::{MainScript, mixes_scripts};
use super::words::WordKind;

/// Kinds of tokens: each has a hash table, a naive Bayes and a norm of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    Words,
    Pairs,
    /// Runs of 3 to 5 characters.
    Runs,
    Links,
    Shape,
    Name,
    /// The author's URL.
    Url,
    Rules,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Words,
        Self::Pairs,
        Self::Runs,
        Self::Links,
        Self::Shape,
        Self::Name,
        Self::Url,
        Self::Rules,
    ];
    pub const COUNT: usize = Self::ALL.len();

    /// Two to this power is the size of the kind's table. Rules have room
    /// enough that no two of them collide, which a test holds.
    const BITS: [u32; Self::COUNT] = [17, 18, 18, 15, 13, 15, 15, 16];

    pub const fn slots(self) -> usize {
        1 << Self::BITS[self as usize]
    }

    /// Where the kind's table begins among all slots.
    pub const fn offset(self) -> usize {
        let mut offset = 0;
        let mut kind = 0;
        while kind < self as usize {
            offset += 1 << Self::BITS[kind];
            kind += 1;
        }
        offset
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Pairs => "pairs",
            Self::Runs => "runs",
            Self::Links => "links",
            Self::Shape => "shape",
            Self::Name => "name",
            Self::Url => "url",
            Self::Rules => "rules",
        }
    }

    /// The slot of a token among all slots.
    pub fn slot(self, token: &[u8]) -> u32 {
        let hash = xxh3_64_with_seed(token, self as u64) as usize;
        (self.offset() + (hash & (self.slots() - 1))) as u32
    }
}

/// Slots of all kinds together.
pub const SLOTS: usize = Kind::Rules.offset() + Kind::Rules.slots();

/// The part of the comment that a token was seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Index into [`Features::words`].
    Word(u32),
    /// The word and the one before it.
    Pair(u32),
    /// Index into [`Features::links`].
    Link(u32),
    NoLinks,
    Name,
    Url,
    Shape,
    /// Index into the rule tokens.
    Rule(u32),
}

/// A token: its slot among all slots, and where it was seen first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub slot: u32,
    pub part: Part,
}

/// The tokens of one comment, kind by kind, no slot twice.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    /// How many tokens each kind has, in [`Kind::ALL`]'s order.
    pub counts: [usize; Kind::COUNT],
}

impl Tokens {
    /// The tokens of all kinds but rules, which are given as `rules`.
    pub fn of<'t>(features: &Features, rules: impl Iterator<Item = &'t str>) -> Self {
        let mut collector = Collector {
            out: Self::default(),
            seen: vec![0; SLOTS.div_ceil(64)],
        };
        words(features, &mut collector);
        pairs(features, &mut collector);
        runs(features, &mut collector);
        links(features, &mut collector);
        shape(features, &mut collector);
        name(features, &mut collector);
        author_url(features, &mut collector);
        for (index, rule) in rules.enumerate() {
            collector.add(Kind::Rules, rule.as_bytes(), Part::Rule(index as u32));
        }
        collector.out
    }
}

struct Collector {
    out: Tokens,
    /// One bit a slot.
    seen: Vec<u64>,
}

impl Collector {
    fn add(&mut self, kind: Kind, token: &[u8], part: Part) {
        let slot = kind.slot(token);
        let (word, bit) = (slot as usize / 64, 1_u64 << (slot % 64));
        if self.seen[word] & bit == 0 {
            self.seen[word] |= bit;
            self.out.counts[kind as usize] += 1;
            self.out.tokens.push(Token { slot, part });
        }
    }
}

fn words(features: &Features, out: &mut Collector) {
    let mut letters = String::new();
    for (index, word) in features.words.iter().enumerate() {
        let chars = &features.text.folded[word.range()];
        letters.clear();
        letters.extend(chars);
        let part = Part::Word(index as u32);
        out.add(Kind::Words, letters.as_bytes(), part);
        // What the eye reads, beside what is written; never instead of it.
        if word.kind == WordKind::Letters && mixes_scripts(chars) {
            let seen: String = skeleton(&letters).collect();
            out.add(Kind::Words, seen.as_bytes(), part);
        }
    }
}

fn pairs(features: &Features, out: &mut Collector) {
    let mut pair = String::new();
    let mut previous: &[char] = &['\u{2}'];
    for (index, word) in features.words.iter().enumerate() {
        let chars = &features.text.folded[word.range()];
        pair.clear();
        pair.extend(previous);
        pair.push(' ');
        pair.extend(chars);
        out.add(Kind::Pairs, pair.as_bytes(), Part::Pair(index as u32));
        previous = chars;
    }
    if !features.words.is_empty() {
        pair.clear();
        pair.extend(previous);
        pair.push_str(" \u{3}");
        let last = features.words.len() - 1;
        out.add(Kind::Pairs, pair.as_bytes(), Part::Pair(last as u32));
    }
}

/// Character runs are taken from this many characters.
const RUN_CHARS: usize = 2_000;

fn runs(features: &Features, out: &mut Collector) {
    let folded = &features.text.folded;
    let chars = &folded[..folded.len().min(RUN_CHARS)];
    let mut text = String::with_capacity(chars.len() * 2);
    let mut at = Vec::with_capacity(chars.len() + 1);
    for &character in chars {
        at.push(text.len());
        text.push(character);
    }
    at.push(text.len());
    let mut word = 0;
    let last = features.words.len().saturating_sub(1);
    for start in 0..chars.len() {
        while word < last && features.words[word].end as usize <= start {
            word += 1;
        }
        for length in 3..=5 {
            let Some(&end) = at.get(start + length) else {
                break;
            };
            let run = &text.as_bytes()[at[start]..end];
            out.add(Kind::Runs, run, Part::Word(word as u32));
        }
    }
}

fn links(features: &Features, out: &mut Collector) {
    if features.links.is_empty() {
        out.add(Kind::Links, b"none", Part::NoLinks);
    }
    for (index, link) in features.links.iter().enumerate() {
        let part = Part::Link(index as u32);
        link_tokens(link, &mut |token| {
            out.add(Kind::Links, token.as_bytes(), part)
        });
        if let Some(anchor) = &link.anchor {
            for word in anchor
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
            {
                out.add(Kind::Links, format!("anchor {word}").as_bytes(), part);
            }
        }
    }
}

fn author_url(features: &Features, out: &mut Collector) {
    match &features.author.url {
        None => out.add(Kind::Url, b"none", Part::Url),
        Some(url) => {
            link_tokens(url, &mut |token| {
                out.add(Kind::Url, token.as_bytes(), Part::Url)
            });
        }
    }
}

/// Reserved for documentation (RFC 2606): nobody's host, so it says nothing.
const RESERVED: [&str; 4] = ["example", "test", "invalid", "localhost"];

fn link_tokens(link: &Link, add: &mut impl FnMut(&str)) {
    let reserved = RESERVED.contains(&link.tld.as_str());
    if !reserved {
        add(&format!("host {}", link.host));
        add(&format!("domain {}", link.domain));
        add(&format!("tld {}", link.tld));
    }
    for word in link
        .path
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 3)
    {
        add(&format!("path {word}"));
    }
    let label = link.domain.split('.').next().unwrap_or_default();
    let label: Vec<char> = format!("^{label}$").chars().collect();
    for run in label.windows(4) {
        let run: String = run.iter().collect();
        add(&format!("label {run}"));
    }
}

fn name(features: &Features, out: &mut Collector) {
    let author = &features.author;
    for word in &author.name_words {
        out.add(Kind::Name, format!("word {word}").as_bytes(), Part::Name);
    }
    let count = author.name_words.len().min(5);
    out.add(Kind::Name, format!("words {count}").as_bytes(), Part::Name);
    let marked: Vec<char> = format!("^{}$", author.name).chars().take(60).collect();
    for run in marked.windows(3) {
        let run: String = run.iter().collect();
        out.add(Kind::Name, format!("run {run}").as_bytes(), Part::Name);
    }
    let shape = shape_of(author.name_written.chars(), 12);
    out.add(Kind::Name, format!("shape {shape}").as_bytes(), Part::Name);
}

fn shape(features: &Features, out: &mut Collector) {
    let visible = &features.text.visible;
    for word in &features.words {
        let shape = shape_of(visible[word.range()].iter().copied(), 8);
        out.add(Kind::Shape, format!("word {shape}").as_bytes(), Part::Shape);
    }
    let length = visible.len().max(1).ilog2();
    out.add(
        Kind::Shape,
        format!("length {length}").as_bytes(),
        Part::Shape,
    );
    let first = shape_of(visible.iter().take(12).copied(), 12);
    out.add(
        Kind::Shape,
        format!("first {first}").as_bytes(),
        Part::Shape,
    );
    let last = shape_of(
        visible[visible.len().saturating_sub(8)..].iter().copied(),
        8,
    );
    out.add(Kind::Shape, format!("last {last}").as_bytes(), Part::Shape);
}

/// Letters as their case or script, digits as `d`, repeats folded.
fn shape_of(chars: impl Iterator<Item = char>, longest: usize) -> String {
    let mut shape = String::new();
    let mut previous = None;
    for character in chars {
        let class = if character.is_numeric() {
            'd'
        } else if character.is_alphabetic() {
            match MainScript::of(character) {
                MainScript::Latin if character.is_uppercase() => 'A',
                MainScript::Latin => 'a',
                MainScript::Cyrillic => 'r',
                _ => 'z',
            }
        } else {
            character
        };
        if previous != Some(class) {
            if shape.chars().count() == longest {
                break;
            }
            shape.push(class);
            previous = Some(class);
        }
    }
    shape
}
