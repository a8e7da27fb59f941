//! Which comments are drawn for the audit.

use super::comment::CommentId;

/// Whether a comment is of the random share, 0 to 1, that people look at
/// without seeing the verdict. It is so by its id alone: who asks twice gets
/// the same answer, and a larger share holds a smaller one.
pub fn is_drawn(id: CommentId, share: f64) -> bool {
    let hash = xxhash_rust::xxh3::xxh3_64_with_seed(id.0.as_bytes(), SEED);
    // 53 bits are what a float holds exactly.
    let place = (hash >> 11) as f64 / (1_u64 << 53) as f64;
    place < share
}

/// Apart from every other use of the hash.
const SEED: u64 = 0x6175_6469_7473;

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn drawn(share: f64) -> Vec<u128> {
        // As ids are in fact: nearly the same, one after the other.
        let ids = (0..20_000_u128).map(|number| (0x019a_b3a4_7b1c << 80) | (7 << 76) | number);
        ids.filter(|id| is_drawn(CommentId(Uuid::from_u128(*id)), share))
            .collect()
    }

    #[test]
    fn the_share_is_kept_and_none_and_all_are_exact() {
        assert!(drawn(0.0).is_empty());
        assert_eq!(drawn(1.0).len(), 20_000);
        // Four standard deviations of a binomial: 400 ± 80.
        let some = drawn(0.02);
        assert!((320..480).contains(&some.len()), "{}", some.len());
        let more = drawn(0.1);
        assert!(some.iter().all(|id| more.contains(id)));
    }
}
