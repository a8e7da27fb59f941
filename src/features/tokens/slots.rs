//! Which slots a comment has already. A set made for this: the one of the
//! standard library costs several times the sum of the weights it guards.

/// A set of slots: open addressing, linear probing, at most three quarters full.
pub(super) struct Seen {
    /// A slot plus one; 0 is free. The length is a power of two.
    table: Vec<u32>,
    len: usize,
}

impl Seen {
    pub fn with_room_for(slots: usize) -> Self {
        Self {
            table: vec![0; (slots * 4 / 3 + 1).next_power_of_two()],
            len: 0,
        }
    }

    /// Whether the slot is new.
    #[inline]
    pub fn insert(&mut self, slot: u32) -> bool {
        if 4 * self.len >= 3 * self.table.len() {
            self.grow();
        }
        let new = place(&mut self.table, slot + 1);
        self.len += usize::from(new);
        new
    }

    #[cold]
    fn grow(&mut self) {
        let mut larger = vec![0; 2 * self.table.len()];
        for slot in self.table.iter().filter(|slot| **slot != 0) {
            place(&mut larger, *slot);
        }
        self.table = larger;
    }
}

/// Slots are hashes, but neighbours in a kind's table; the multiplication
/// spreads them again.
#[inline]
fn place(table: &mut [u32], slot: u32) -> bool {
    let mask = table.len() - 1;
    let mut at = slot.wrapping_mul(0x9E37_79B1) as usize >> 7;
    loop {
        let found = &mut table[at & mask];
        if *found == slot {
            return false;
        }
        if *found == 0 {
            *found = slot;
            return true;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_is_new_once_and_the_set_grows() {
        let mut seen = Seen::with_room_for(1);
        let slots = (0..5_000_u32).map(|n| n.wrapping_mul(2_654_435_761) % 827_392);
        let distinct: std::collections::BTreeSet<u32> = slots.clone().collect();
        let new = slots.clone().filter(|slot| seen.insert(*slot)).count();
        assert_eq!(new, distinct.len());
        assert_eq!(slots.filter(|slot| seen.insert(*slot)).count(), 0);
    }
}
