//! The model file: counts, multipliers and how sure each is. It holds hashed
//! statistics and no text. Others train on from it, so it keeps what a
//! retraining needs and not only what judging needs.
//!
//! Layout, little-endian: `HAMGATE` and a format byte; the card's length (u32)
//! and the card as JSON; intercept, ham total, spam total (f64 each); then for
//! every slot ham count, spam count, multiplier mean and multiplier precision
//! as half floats (IEEE 754 binary16), one array after the other.

use half::f16;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::card::ModelCard;
use super::naive::Counts;
use crate::features::tokens::SLOTS;

const MAGIC: &[u8; 7] = b"HAMGATE";
const FORMAT: u8 = 1;
/// Raised whenever tokens or their hashing change: weights of another version
/// mean nothing.
pub const FEATURES: u32 = 2;

/// A model file, decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelFile {
    pub card: ModelCard,
    pub counts: Counts,
    /// Means of the multipliers. Length [`SLOTS`].
    pub multipliers: Vec<f64>,
    /// Precisions (one over the variance) of the multipliers, at least 1 for
    /// a slot that training met and exactly 1 for any other. Length [`SLOTS`].
    pub precisions: Vec<f64>,
    pub intercept: f64,
}

/// Why bytes are no model for this program.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    #[error("this is not a hamgate model file")]
    NotAModel,
    #[error("the model file has format {0}; this version reads {FORMAT}")]
    Format(u8),
    #[error("the model belongs to features {0}; this version has {FEATURES}: train it again")]
    Features(u32),
    #[error("the model file is cut short or damaged: {0}")]
    Damaged(String),
}

/// A file's parts as they lie in its bytes: checked, and not unpacked.
pub(super) struct Packed<'b> {
    pub card: ModelCard,
    pub intercept: f64,
    pub ham_total: f64,
    pub spam_total: f64,
    pub ham: Table<'b>,
    pub spam: Table<'b>,
    pub multipliers: Table<'b>,
    precisions: Table<'b>,
}

/// Half floats, one for each slot; all are finite.
#[derive(Clone, Copy)]
pub(super) struct Table<'b>(&'b [[u8; 2]]);

impl<'b> Packed<'b> {
    /// # Errors
    /// The bytes are no model, of another version, or damaged.
    pub fn of(bytes: &'b [u8]) -> Result<Self, ModelError> {
        let damaged = |what: &str| ModelError::Damaged(what.to_owned());
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
        let (format, rest) = rest.split_first().ok_or_else(|| damaged("no format"))?;
        if *format != FORMAT {
            return Err(ModelError::Format(*format));
        }
        let (length, rest) = rest.split_first_chunk().ok_or_else(|| damaged("no card"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let (card, mut rest) = rest
            .split_at_checked(length)
            .ok_or_else(|| damaged("card"))?;
        let card: ModelCard =
            serde_json::from_slice(card).map_err(|error| ModelError::Damaged(error.to_string()))?;
        if card.features != FEATURES {
            return Err(ModelError::Features(card.features));
        }
        let mut number = || {
            let (bytes, after) = rest.split_first_chunk()?;
            rest = after;
            Some(f64::from_le_bytes(*bytes)).filter(|number| number.is_finite())
        };
        let [intercept, ham_total, spam_total] = [number(), number(), number()];
        if rest.len() != SLOTS * 4 * 2 {
            return Err(damaged("tables of another size"));
        }
        let mut tables = rest.chunks_exact(SLOTS * 2).map(Table::of);
        let mut table = |name: &str| tables.next().flatten().ok_or_else(|| damaged(name));
        Ok(Self {
            ham: table("ham counts")?,
            spam: table("spam counts")?,
            multipliers: table("multipliers")?,
            precisions: table("precisions")?,
            intercept: intercept.ok_or_else(|| damaged("intercept"))?,
            ham_total: ham_total.ok_or_else(|| damaged("ham total"))?,
            spam_total: spam_total.ok_or_else(|| damaged("spam total"))?,
            card,
        })
    }
}

impl<'b> Table<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let (halves, _) = bytes.as_chunks::<2>();
        // All exponent bits set is no number.
        let finite = |half: &[u8; 2]| half[1] & 0x7C != 0x7C;
        halves.iter().all(finite).then_some(Self(halves))
    }

    pub fn at(self, slot: usize) -> f64 {
        f16::from_le_bytes(self.0[slot]).to_f64()
    }

    fn unpacked(self) -> Vec<f64> {
        let numbers = self.0.par_iter();
        numbers
            .map(|half| f16::from_le_bytes(*half).to_f64())
            .collect()
    }
}

impl ModelFile {
    /// Reads a file's bytes.
    ///
    /// # Errors
    /// The bytes are no model, of another version, or damaged.
    pub fn decode(bytes: &[u8]) -> Result<Self, ModelError> {
        let packed = Packed::of(bytes)?;
        Ok(Self {
            counts: Counts {
                ham: packed.ham.unpacked(),
                spam: packed.spam.unpacked(),
                ham_total: packed.ham_total,
                spam_total: packed.spam_total,
            },
            multipliers: packed.multipliers.unpacked(),
            precisions: packed.precisions.unpacked(),
            intercept: packed.intercept,
            card: packed.card,
        })
    }

    /// The file's bytes; the same model always gives the same.
    pub fn encode(&self) -> Vec<u8> {
        let card = serde_json::to_vec(&self.card).expect("a card is plain JSON");
        let mut bytes = Vec::with_capacity(SLOTS * 8 + card.len() + 64);
        bytes.extend_from_slice(MAGIC);
        bytes.push(FORMAT);
        bytes.extend_from_slice(&(card.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&card);
        for number in [
            self.intercept,
            self.counts.ham_total,
            self.counts.spam_total,
        ] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        for table in [
            &self.counts.ham,
            &self.counts.spam,
            &self.multipliers,
            &self.precisions,
        ] {
            for number in table {
                bytes.extend_from_slice(&f16::from_f64(*number).to_le_bytes());
            }
        }
        bytes
    }

    /// The numbers as the file will keep them, so that what is trained on is
    /// what is shipped.
    pub(super) fn rounded(number: f64) -> f64 {
        f16::from_f64(number.min(f16::MAX.to_f64())).to_f64()
    }
}

/// Content hash of a model file, in hexadecimal.
pub fn content_hash(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
