//! Samples as rows of slots: what training passes over again and again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::card::HamCount;
use super::model::{fitted, norm, tokens_of};
use super::samples::TrainingSet;
use crate::domain::{Label, Sample};
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
    /// See [`TrainingSet::other_genre`].
    pub other_genre: bool,
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
    /// Which of the samples each row is.
    pub samples: Vec<usize>,
    /// Names, sorted.
    pub sites: Vec<String>,
    /// The slots that occur, sorted: a compact slot is an index into this.
    pub active: Vec<u32>,
}

impl Rows {
    /// Takes the samples apart, in parallel; `done` hears how many are.
    pub fn of(set: &TrainingSet, done: &(dyn Fn(usize) + Sync)) -> Self {
        let samples = set.samples;
        let mut order: Vec<(u128, usize)> = samples
            .iter()
            .enumerate()
            .map(|(at, sample)| (key(sample), at))
            .collect();
        order.sort_unstable();
        let names: BTreeMap<&str, ()> = samples
            .iter()
            .map(|sample| (sample.site.as_str(), ()))
            .collect();
        let sites: Vec<String> = names.into_keys().map(str::to_owned).collect();
        let counter = AtomicUsize::new(0);
        let mut rows: Vec<Row> = order
            .par_iter()
            .map(|(_, at)| {
                let sample = &samples[*at];
                let site = sites.partition_point(|site| *site < sample.site);
                let row = row(sample, site, set.other_genre[*at]);
                let count = counter.fetch_add(1, Ordering::Relaxed) + 1;
                if count.is_multiple_of(256) {
                    done(count);
                }
                row
            })
            .collect();
        let active = compact(&mut rows);
        Self {
            rows,
            samples: order.into_iter().map(|(_, at)| at).collect(),
            sites,
            active,
        }
    }
}

fn row(sample: &Sample, site: usize, other_genre: bool) -> Row {
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
        other_genre,
        tongues: match sample.label {
            Label::Ham => language::tongues(&features),
            Label::Spam => Vec::new(),
        },
        slots,
        ends,
        norms,
    }
}

/// Ham in each script and language, on top of what the base had.
pub(super) fn ham_tongues(rows: &[&Row], base: &[HamCount]) -> Vec<HamCount> {
    let mut counts: BTreeMap<String, usize> = base
        .iter()
        .map(|count| (count.name.clone(), count.ham))
        .collect();
    for tongue in rows.iter().flat_map(|row| &row.tongues) {
        *counts.entry((*tongue).to_owned()).or_default() += 1;
    }
    let named = |(name, ham)| HamCount { name, ham };
    counts.into_iter().map(named).collect()
}

/// The same samples in any order train the same model.
fn key(sample: &Sample) -> u128 {
    let comment = serde_json::to_string(&sample.comment).expect("a comment is plain JSON");
    let text = format!("{}\0{}\0{comment}", sample.site, sample.label.as_str());
    xxh3_128(text.as_bytes())
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
