//! Features to hashed tokens: what naive Bayes counts. Every token counts
//! once in a comment; each knows the part of the comment it was seen in.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::comment::Features;

mod parts;

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
        parts::words(features, &mut collector);
        parts::pairs(features, &mut collector);
        parts::runs(features, &mut collector);
        parts::links(features, &mut collector);
        parts::shape(features, &mut collector);
        parts::name(features, &mut collector);
        parts::author_url(features, &mut collector);
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
