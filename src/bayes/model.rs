//! The model: one weight per token, a bias, and the card they came with.

use super::card::ModelCard;
use super::file::ModelFile;
use super::naive::log_ratios;
use crate::features::Features;
use crate::features::tokens::{Kind, SLOTS, Token, Tokens};
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
    /// Every token with its share of the log-odds.
    pub parts: Vec<(Token, f64)>,
    /// What [`crate::features::tokens::Part::Rule`] points into.
    pub rules: Vec<RuleToken>,
}

/// The tokens of a comment, rules included; argued rules are not tokens.
pub fn tokens_of(features: &Features) -> (Tokens, Vec<RuleToken>) {
    let mut rules = rules::tokens(features);
    // Fitted ones first, so that a token's index is its rule's.
    rules.sort_by_key(|rule| rule.argued.is_some());
    let fitted = rules.iter().filter(|rule| rule.argued.is_none());
    let tokens = Tokens::of(features, fitted.map(|rule| rule.token.as_str()));
    (tokens, rules)
}

impl Model {
    pub fn new(file: &ModelFile, id: String) -> Self {
        let ratios = log_ratios(&file.counts, file.card.alpha);
        let slope = file.card.calibration.slope;
        let weights = ratios
            .iter()
            .zip(&file.multipliers)
            .map(|(ratio, multiplier)| (slope * ratio * multiplier) as f32)
            .collect();
        Self {
            id,
            bias: slope * file.intercept + file.card.calibration.bias,
            card: file.card.clone(),
            weights,
        }
    }

    /// First 12 hexadecimal digits of the file's SHA-256.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn card(&self) -> &ModelCard {
        &self.card
    }

    /// Scores a comment's features.
    pub fn score(&self, features: &Features) -> Scored {
        let (tokens, rules) = tokens_of(features);
        let norms = norms(&tokens);
        let parts = tokens
            .tokens
            .iter()
            .map(|token| {
                let weight = f64::from(self.weights[token.slot as usize]);
                (*token, weight * norms[kind_of(token.slot) as usize])
            })
            .collect();
        Scored {
            bias: self.bias,
            parts,
            rules,
        }
    }
}

/// One over the square root of each kind's number of tokens, so that length
/// does not run away.
pub(super) fn norms(tokens: &Tokens) -> [f64; Kind::COUNT] {
    tokens.counts.map(norm)
}

pub(super) fn norm(count: usize) -> f64 {
    1.0 / (count.max(1) as f64).sqrt()
}

fn kind_of(slot: u32) -> Kind {
    debug_assert!((slot as usize) < SLOTS);
    let at = Kind::ALL.partition_point(|kind| kind.offset() <= slot as usize);
    Kind::ALL[at - 1]
}
