//! Features to hashed tokens: what naive Bayes counts. Every token counts
//! once in a comment; each knows the part of the comment it was seen in.

use serde::{Deserialize, Serialize};

use super::comment::Features;
use super::spelling::Spelling;

mod parts;
mod slots;

use slots::Seen;

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

    /// Two to this power is the size of the kind's table. No two rules share a
    /// slot, which a test holds.
    const BITS: [u32; Self::COUNT] = [17, 18, 18, 15, 13, 15, 15, 16];

    /// Seeds of the kinds' hashes; that of rules was searched until no two
    /// collided.
    const SEEDS: [u8; Self::COUNT] = [0, 1, 2, 3, 4, 5, 6, 21];

    pub const fn slots(self) -> usize {
        1 << Self::BITS[self as usize]
    }

    /// Where the kind's table begins among all slots.
    pub const fn offset(self) -> usize {
        Self::OFFSETS[self as usize]
    }

    const OFFSETS: [usize; Self::COUNT] = {
        let mut offsets = [0; Self::COUNT];
        let mut kind = 1;
        while kind < Self::COUNT {
            offsets[kind] = offsets[kind - 1] + (1 << Self::BITS[kind - 1]);
            kind += 1;
        }
        offsets
    };

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

    /// Where a token of this kind begins to be spelled.
    pub const fn spell(self) -> Spelling {
        Spelling::of(Self::SEEDS[self as usize])
    }

    /// The slot of a token among all slots.
    #[inline]
    pub const fn slot(self, token: Spelling) -> u32 {
        let place = token.value() >> (64 - Self::BITS[self as usize]);
        (self.offset() + place as usize) as u32
    }
}

/// Slots of all kinds together.
pub const SLOTS: usize = Kind::Rules.offset() + Kind::Rules.slots();

/// The part of the comment that a token was seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// The tokens of all kinds; those of rules are spelled by `rules`.
    pub fn of(features: &Features, rules: impl Iterator<Item = Spelling>) -> Self {
        // What prose of this length gives, so that little has to grow.
        let expected =
            3 * features.text.folded.len().min(parts::RUN_CHARS) + 3 * features.words.len() + 200;
        let mut collector = Collector {
            out: Self {
                tokens: Vec::with_capacity(expected),
                ..Self::default()
            },
            seen: Seen::with_room_for(expected),
        };
        parts::words(features, &mut collector);
        parts::pairs(features, &mut collector);
        parts::runs(features, &mut collector);
        parts::links(features, &mut collector);
        parts::shape(features, &mut collector);
        parts::name(features, &mut collector);
        parts::author_url(features, &mut collector);
        collector.rules(rules);
        collector.out
    }

    /// The tokens of rules alone.
    pub fn of_rules(rules: impl Iterator<Item = Spelling>) -> Self {
        let mut collector = Collector {
            out: Self::default(),
            seen: Seen::with_room_for(100),
        };
        collector.rules(rules);
        collector.out
    }

    /// The tokens of each kind.
    pub fn by_kind(&self) -> impl Iterator<Item = (Kind, &[Token])> {
        let mut rest = self.tokens.as_slice();
        Kind::ALL.into_iter().map(move |kind| {
            let (of_kind, after) = rest.split_at(self.counts[kind as usize]);
            rest = after;
            (kind, of_kind)
        })
    }
}

struct Collector {
    out: Tokens,
    seen: Seen,
}

impl Collector {
    #[inline]
    fn add(&mut self, kind: Kind, token: Spelling, part: Part) {
        let slot = kind.slot(token);
        if self.seen.insert(slot) {
            self.out.counts[kind as usize] += 1;
            self.out.tokens.push(Token { slot, part });
        }
    }

    fn rules(&mut self, rules: impl Iterator<Item = Spelling>) {
        for (index, rule) in rules.enumerate() {
            self.add(Kind::Rules, rule, Part::Rule(index as u32));
        }
    }
}
