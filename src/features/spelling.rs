//! A hash that grows letter by letter, so that "cas", "casi" and "casin" cost
//! three steps beyond "ca", and nothing is copied. The model file depends on
//! its values: they may not change, which a test holds.

/// The hash of what was spelled so far. One step is a folded multiplication,
/// as in wyhash (Wang Yi 2019): all bits of a step reach all bits of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelling(u64);

/// The fraction of the golden ratio; odd, with bits well mixed.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
/// Keeps zero, which multiplies to zero, out of what is spelled.
const OFFSET: u64 = 0xA076_1D64_78BD_642F;

impl Spelling {
    /// Nothing spelled yet; each `kind` of token spells its own words.
    pub const fn of(kind: u8) -> Self {
        Self(OFFSET).number(kind as u64)
    }

    #[inline]
    pub const fn number(self, number: u64) -> Self {
        let product = (self.0 ^ number) as u128 * MULTIPLIER as u128;
        Self((product as u64 ^ (product >> 64) as u64).wrapping_add(OFFSET))
    }

    #[inline]
    pub const fn char(self, character: char) -> Self {
        self.number(character as u64)
    }

    pub fn chars<'c>(self, chars: impl IntoIterator<Item = &'c char>) -> Self {
        chars.into_iter().fold(self, |hash, c| hash.char(*c))
    }

    pub fn text(self, text: &str) -> Self {
        text.chars().fold(self, Self::char)
    }

    pub const fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn values_stay() {
        assert_eq!(
            Spelling::of(0).text("casino").value(),
            0xb962_ce9e_925a_e9ac
        );
        assert_eq!(
            Spelling::of(1).text("казино").value(),
            0x1212_678f_b3a5_76c9
        );
        assert_eq!(
            Spelling::of(0).chars(&['a', 'b']),
            Spelling::of(0).text("ab")
        );
    }

    #[test]
    fn no_bit_leans() {
        let mut ones = [0_u32; 64];
        let mut values = HashSet::new();
        for a in 'a'..='z' {
            for b in 'a'..='z' {
                for c in 'a'..='z' {
                    let value = Spelling::of(2).chars(&[a, b, c]).value();
                    values.insert(value & 0x3_FFFF);
                    for (bit, ones) in ones.iter_mut().enumerate() {
                        *ones += (value >> bit & 1) as u32;
                    }
                }
            }
        }
        let n = 26_u32.pow(3);
        // Eight standard deviations of a fair coin thrown n times.
        assert!(
            ones.iter().all(|ones| ones.abs_diff(n / 2) < 531),
            "{ones:?}"
        );
        // Of 17,576 into 262,144 slots, 17,003 stay apart on average.
        assert!(values.len() > 16_850, "{}", values.len());
    }
}
