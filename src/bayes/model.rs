//! The model: one weight per token, a bias, and the card they came with.

use rayon::prelude::*;

use super::card::ModelCard;
use super::file::{ModelError, ModelFile, Packed, content_hash};
use super::naive::log_ratio;
use crate::features::Features;
use crate::features::spelling::Spelling;
use crate::features::tokens::{Kind, Part, SLOTS, Tokens};
use crate::rules::{self, RuleToken};

/// Fitted weights, ready to judge. Loading computes them from the file.
#[derive(Debug, Clone)]
pub struct Model {
    id: String,
    card: ModelCard,
    /// Calibrated weight of each slot before its kind's norm. Length [`SLOTS`].
    weights: Vec<f32>,
    /// Calibrated log-odds of a comment without any token.
    bias: f64,
}

/// What a model says of one comment: its log-odds is the bias plus the sum of
/// the parts plus the argued weights of the rules.
#[derive(Debug, Clone)]
pub struct Scored {
    pub bias: f64,
    pub tokens: Tokens,
    pub parts: Parts,
    /// What [`Parts::rules`] belong to, and then those with argued weights.
    pub rules: Vec<RuleToken>,
}

/// What the tokens of each part of a comment weigh together, in log-odds.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// As [`Features::words`]; a word's character runs are weighed with it.
    pub words: Vec<f64>,
    /// Each word with the one before it.
    pub pairs: Vec<f64>,
    /// As [`Features::links`].
    pub links: Vec<f64>,
    pub rules: Vec<f64>,
    pub no_links: f64,
    pub name: f64,
    pub url: f64,
    pub shape: f64,
}

impl Parts {
    fn add(&mut self, part: Part, weight: f64) {
        let place = match part {
            // A text of nothing but spaces has runs and no words.
            Part::Word(index) => self
                .words
                .get_mut(index as usize)
                .unwrap_or(&mut self.shape),
            Part::Pair(index) => &mut self.pairs[index as usize],
            Part::Link(index) => &mut self.links[index as usize],
            Part::Rule(index) => &mut self.rules[index as usize],
            Part::NoLinks => &mut self.no_links,
            Part::Name => &mut self.name,
            Part::Url => &mut self.url,
            Part::Shape => &mut self.shape,
        };
        *place += weight;
    }
}

/// The tokens of a comment, rules included; argued rules are not tokens.
pub fn tokens_of(features: &Features) -> (Tokens, Vec<RuleToken>) {
    let rules = rules::tokens(features);
    let tokens = Tokens::of(features, fitted(&rules));
    (tokens, rules)
}

/// What the model weighs of the rules.
pub(super) fn fitted(rules: &[RuleToken]) -> impl Iterator<Item = Spelling> {
    let fitted = rules.iter().filter(|rule| rule.argued.is_none());
    fitted.map(|rule| rule.token)
}

impl Model {
    pub fn new(file: &ModelFile, id: String) -> Self {
        let counts = &file.counts;
        let totals = [counts.ham_total, counts.spam_total];
        Self::weighed(file.card.clone(), file.intercept, id, totals, |slot| {
            let of = [counts.ham[slot], counts.spam[slot]];
            (of, file.multipliers[slot])
        })
    }

    /// The model in a file's bytes, without unpacking what only training needs.
    ///
    /// # Errors
    /// As [`ModelFile::decode`].
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        // Hashing takes as long as all else, and every start waits for both.
        let (packed, hash) = rayon::join(|| Packed::of(bytes), || content_hash(bytes));
        let packed = packed?;
        let totals = [packed.ham_total, packed.spam_total];
        let (ham, spam, multipliers) = (packed.ham, packed.spam, packed.multipliers);
        let id = hash[..12].to_owned();
        let slots = |slot| ([ham.at(slot), spam.at(slot)], multipliers.at(slot));
        Ok(Self::weighed(
            packed.card,
            packed.intercept,
            id,
            totals,
            slots,
        ))
    }

    /// `slots` gives a slot's counts in ham and spam, and its multiplier.
    fn weighed(
        card: ModelCard,
        intercept: f64,
        id: String,
        totals: [f64; 2],
        slots: impl Fn(usize) -> ([f64; 2], f64) + Sync,
    ) -> Self {
        let slope = card.calibration.slope;
        let weight = |slot| {
            let (counts, multiplier) = slots(slot);
            (slope * log_ratio(counts, totals, card.alpha) * multiplier) as f32
        };
        Self {
            id,
            weights: (0..SLOTS).into_par_iter().map(weight).collect(),
            bias: slope * intercept + card.calibration.bias,
            card,
        }
    }

    /// First 12 hexadecimal digits of the file's SHA-256.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn card(&self) -> &ModelCard {
        &self.card
    }

    /// What a rule weighs at each level, 1 to 3, where no other rule fires
    /// beside it: each further one makes all of them lighter.
    pub fn rule_weights(&self, id: &str) -> [f64; 3] {
        let norm = norm(rules::CROSSES.len() + 1);
        [1, 2, 3].map(|level| {
            let slot = Kind::Rules.slot(rules::token_of(id, level));
            f64::from(self.weights[slot as usize]) * norm
        })
    }

    /// Scores a comment's features.
    pub fn score(&self, features: &Features) -> Scored {
        let (tokens, rules) = tokens_of(features);
        let mut parts = Parts {
            words: vec![0.0; features.words.len()],
            pairs: vec![0.0; features.words.len()],
            links: vec![0.0; features.links.len()],
            rules: vec![0.0; rules.len()],
            ..Parts::default()
        };
        for (_, tokens) in tokens.by_kind() {
            let norm = norm(tokens.len());
            for token in tokens {
                let weight = f64::from(self.weights[token.slot as usize]);
                parts.add(token.part, weight * norm);
            }
        }
        Scored {
            bias: self.bias,
            tokens,
            parts,
            rules,
        }
    }
}

/// One over the square root of a kind's number of tokens, so that length does
/// not run away.
pub(super) fn norm(count: usize) -> f64 {
    1.0 / (count.max(1) as f64).sqrt()
}
