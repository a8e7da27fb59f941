//! What the store knew before a comment was judged.
//!
//! Traces and fingerprints are keyed hashes: they match, and say nothing.

use serde::{Deserialize, Serialize};

use super::comment::CommentId;

/// What an earlier comment can share with this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Subject {
    AuthorName = 1,
    Email = 2,
    /// /24 of IPv4, /64 of IPv6.
    IpPrefix = 3,
    /// Registered domain of the author's URL.
    AuthorDomain = 4,
    /// Registered domain of a link in the text.
    LinkDomain = 5,
}

impl Subject {
    pub const ALL: [Self; 5] = [
        Self::AuthorName,
        Self::Email,
        Self::IpPrefix,
        Self::AuthorDomain,
        Self::LinkDomain,
    ];

    pub fn from_u8(number: u8) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|subject| *subject as u8 == number)
    }
}

/// A keyed hash by which a later comment is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Trace {
    pub subject: Subject,
    /// First 16 bytes of HMAC-SHA-256 over the subject and the value.
    pub hash: [u8; 16],
}

/// How many bands a [`Fingerprint`] is looked up by.
pub const BANDS: usize = 8;
/// Minhashes in one band: 8 bands of 4 find Jaccard 0.8 with probability 0.985
/// and 0.3 with 0.06 (Leskovec, Rajaraman, Ullman, section 3.4).
pub const ROWS: usize = 4;

/// Minhashes of a text's word shingles (Broder 1997), with links stripped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u32; BANDS * ROWS]);

impl Fingerprint {
    /// Estimated Jaccard similarity of the two texts' shingles, 0 to 1.
    pub fn similarity(&self, other: &Self) -> f64 {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        equal as f64 / self.0.len() as f64
    }

    /// One number a band, by which near-duplicates are found; the band's
    /// place is part of it.
    pub fn bands(&self) -> [i64; BANDS] {
        let mut bands = [0; BANDS];
        for (place, rows) in self.0.chunks_exact(ROWS).enumerate() {
            let mut bytes = [0_u8; ROWS * 4];
            for (to, row) in bytes.chunks_exact_mut(4).zip(rows) {
                to.copy_from_slice(&row.to_le_bytes());
            }
            bands[place] = xxhash_rust::xxh3::xxh3_64_with_seed(&bytes, place as u64) as i64;
        }
        bands
    }
}

/// How many comments were ham and spam by a person's word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub ham_here: u32,
    pub spam_here: u32,
    /// On every other site of the installation.
    pub ham_elsewhere: u32,
    pub spam_elsewhere: u32,
}

impl Tally {
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// What moderators of the site said of an author or a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    Trusted,
    Blocked,
}

impl Trust {
    pub const ALL: [Self; 2] = [Self::Trusted, Self::Blocked];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Blocked => "blocked",
        }
    }
}

/// One thing of the comment that was seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub trace: Trace,
    pub tally: Tally,
}

/// Everything gathered about a comment before judging.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Only traces that some label exists for.
    pub known: Vec<Known>,
    /// Traces that moderators of the site trust or block.
    pub trusts: Vec<(Trace, Trust)>,
    /// Labelled comments with nearly the same text (similarity ≥ 0.7).
    pub near_duplicates: Tally,
    /// An accepted comment of the site by somebody else, of nearly the same
    /// text and without one of this one's links.
    pub copied: Option<CommentId>,
    /// Changes of the site's labels so far; 0 where there never was one.
    pub label_changes: u64,
    /// A person has labelled this very comment, as the blog sent it before.
    pub own_label: bool,
    /// Set where the store could not be asked: the verdict is then at most hold.
    pub missing: bool,
}
