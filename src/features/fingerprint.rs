//! Minhash of word shingles, links and signs left out (Broder 1997), so that a
//! copy with another link is still seen to be a copy.

use super::normalize::Text;
use super::words::{Word, WordKind};
use crate::domain::Fingerprint;

/// Words in a shingle.
const SHINGLE: usize = 3;
/// Fewer distinct shingles than this are no fingerprint: "thank you so much"
/// is written by everyone.
const MIN_SHINGLES: usize = 8;

/// The fingerprint of a text, if it is long enough to have one. `links` are
/// spans in the content whose words do not count.
pub fn fingerprint(text: &Text, words: &[Word], links: &[(u32, u32)]) -> Option<Fingerprint> {
    let mut next_link = 0;
    let hashes: Vec<u64> = words
        .iter()
        .filter(|word| word.kind != WordKind::Sign)
        .filter(|word| {
            let (start, _) = word.span(text);
            while next_link < links.len() && links[next_link].1 <= start {
                next_link += 1;
            }
            links.get(next_link).is_none_or(|link| start < link.0)
        })
        .map(|word| word.spelling.value())
        .collect();
    let mut shingles: Vec<u64> = hashes
        .windows(SHINGLE)
        .map(|words| {
            words.iter().fold(0_u64, |hash, word| {
                hash.rotate_left(21) ^ word.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            })
        })
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    if shingles.len() < MIN_SHINGLES {
        return None;
    }
    let mut minima = [u32::MAX; crate::domain::history::BANDS * crate::domain::history::ROWS];
    for shingle in shingles {
        for (place, minimum) in minima.iter_mut().enumerate() {
            *minimum = (*minimum).min(permuted(shingle, place as u64));
        }
    }
    Some(Fingerprint(minima))
}

/// The `place`-th hash function (splitmix64's finaliser over a keyed shingle).
fn permuted(shingle: u64, place: u64) -> u32 {
    let mut z = shingle ^ (place + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) as u32
}
