//! Samples as rows of slots: what training passes over again and again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::card::HamCount;
use super::model::{fitted, norm, tokens_of};
use super::source::Example;
use crate::domain::Label;
use crate::features::Features;
use crate::features::language;
use crate::features::tokens::{Kind, SLOTS, Tokens};
use crate::rules;

/// Segments of a row: one for each kind, and the rules once more as they are
/// for the same comment by an author who gave nothing.
pub const SEGMENTS: usize = Kind::COUNT + 1;
const NAME: usize = Kind::Name as usize;
const URL: usize = Kind::Url as usize;
const RULES: usize = Kind::Rules as usize;
const ANONYMOUS_RULES: usize = Kind::COUNT;

/// A sample counts twice (field dropout): as it is, and as if its author had
/// given neither name nor URL, for blogs differ most in what they ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    Full,
    Anonymous,
}

impl Copy {
    pub const ALL: [Self; 2] = [Self::Full, Self::Anonymous];

    /// The segments that the copy has.
    pub fn segments(self) -> &'static [usize] {
        const TEXT: [usize; 5] = [0, 1, 2, 3, 4];
        const FULL: [usize; 8] = [0, 1, 2, 3, 4, NAME, URL, RULES];
        const ANONYMOUS: [usize; 6] =
            [TEXT[0], TEXT[1], TEXT[2], TEXT[3], TEXT[4], ANONYMOUS_RULES];
        match self {
            Self::Full => &FULL,
            Self::Anonymous => &ANONYMOUS,
        }
    }
}

/// One sample's slots.
#[derive(Debug, Clone)]
pub struct Row {
    pub label: Label,
    /// Number of the site in [`Rows::sites`].
    pub site: usize,
    /// See [`super::TrainingSet::groups`].
    pub group: Arc<str>,
    /// See [`super::TrainingSet::other_genre`].
    pub other_genre: bool,
    /// See [`Example::weight`].
    pub weight: f64,
    /// As the samples' collector wrote it.
    pub lang: Option<String>,
    /// Scripts and language of ham; a spam's do not matter.
    pub tongues: Vec<&'static str>,
    /// Compact slots, segment after segment.
    slots: Vec<u32>,
    ends: [u32; SEGMENTS],
    norms: [f32; SEGMENTS],
}

impl Row {
    /// The segment's compact slots and its norm.
    pub fn segment(&self, segment: usize) -> (&[u32], f64) {
        let start = if segment == 0 {
            0
        } else {
            self.ends[segment - 1]
        };
        let slots = &self.slots[start as usize..self.ends[segment] as usize];
        (slots, f64::from(self.norms[segment]))
    }
}

/// Rows in an order that depends on the samples alone.
#[derive(Debug)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// What each row says, by which they are sorted.
    pub keys: Vec<u128>,
    /// Names, sorted.
    pub sites: Vec<String>,
    /// The slots that occur, sorted: a compact slot is an index into this.
    pub active: Vec<u32>,
}

impl Rows {
    /// Sorts the rows, each with its key, and makes their slots compact.
    pub fn of(mut keyed: Vec<(u128, Row)>, sites: Vec<String>) -> Self {
        keyed.sort_by(|a, b| sorting(a).cmp(&sorting(b)));
        let (keys, mut rows): (Vec<u128>, Vec<Row>) = keyed.into_iter().unzip();
        let active = compact(&mut rows);
        Self {
            rows,
            keys,
            sites,
            active,
        }
    }
}

/// By what rows are sorted: by what they say, and copies of one text by what is
/// known of where they are from.
pub fn sorting((key, row): &(u128, Row)) -> (u128, Option<&str>, &str, bool) {
    (*key, row.lang.as_deref(), &row.group, row.other_genre)
}

/// Takes a sample apart; its slots are not compact yet. `site` is its site's
/// number. To tell the language takes as long as all else, and is left out of a
/// row that is not `fitted_on`: what the multipliers never met is not known.
pub fn row(example: &Example, site: usize, fitted_on: bool) -> Row {
    let sample = &example.sample;
    let features = Features::of(&sample.comment);
    let (tokens, _) = tokens_of(&features);
    let anonymous = rules::tokens(&features.without_author());
    let anonymous = Tokens::of_rules(fitted(&anonymous));
    let mut slots: Vec<u32> = Vec::with_capacity(tokens.tokens.len() + anonymous.tokens.len());
    let mut ends = [0; SEGMENTS];
    let mut norms = [0.0; SEGMENTS];
    let anonymous = (ANONYMOUS_RULES, anonymous.tokens.as_slice());
    let by_kind = tokens
        .by_kind()
        .map(|(kind, of_kind)| (kind as usize, of_kind));
    for (segment, tokens) in by_kind.chain([anonymous]) {
        slots.extend(tokens.iter().map(|token| token.slot));
        ends[segment] = slots.len() as u32;
        norms[segment] = norm(tokens.len()) as f32;
    }
    Row {
        label: sample.label,
        site,
        group: Arc::clone(&example.group),
        other_genre: example.other_genre,
        weight: example.weight,
        lang: sample.lang.clone(),
        tongues: match sample.label {
            Label::Ham if fitted_on => language::tongues(&features),
            _ => Vec::new(),
        },
        slots,
        ends,
        norms,
    }
}

/// Ham of some rows in each script and language.
pub(super) fn ham_tongues(rows: &[&Row]) -> Vec<HamCount> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tongue in rows.iter().flat_map(|row| &row.tongues) {
        *counts.entry(tongue).or_default() += 1;
    }
    let counts = counts.into_iter();
    let counts = counts.map(|(name, ham)| HamCount {
        name: name.to_owned(),
        ham,
    });
    counts.collect()
}

/// Ham in each script and language, on top of what the base had.
pub(super) fn together(counts: &[HamCount], base: &[HamCount]) -> Vec<HamCount> {
    let mut sums: BTreeMap<String, usize> = BTreeMap::new();
    for count in counts.iter().chain(base) {
        *sums.entry(count.name.clone()).or_default() += count.ham;
    }
    let named = |(name, ham)| HamCount { name, ham };
    sums.into_iter().map(named).collect()
}

/// Numbers the slots that occur, and renames them in the rows.
fn compact(rows: &mut [Row]) -> Vec<u32> {
    let mut number = vec![u32::MAX; SLOTS];
    for row in rows.iter() {
        for slot in &row.slots {
            number[*slot as usize] = 0;
        }
    }
    let mut active = Vec::new();
    for (slot, number) in number
        .iter_mut()
        .enumerate()
        .filter(|(_, number)| **number == 0)
    {
        *number = active.len() as u32;
        active.push(slot as u32);
    }
    for row in rows {
        for slot in &mut row.slots {
            *slot = number[*slot as usize];
        }
    }
    active
}
