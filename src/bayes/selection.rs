//! Of more samples than memory has room for, those that the multipliers are
//! fitted on: of each site and label alike many, chosen by a hash of what they
//! say. The choice depends on the set of samples alone, and takes bounded memory.

use std::collections::BTreeMap;

/// A site's number and whether it is spam.
pub type Stratum = (usize, bool);

/// Texts that are still in the running, each by its key with its cost.
#[derive(Debug, Default)]
struct Candidates {
    texts: BTreeMap<u128, u64>,
    cost: u64,
    /// Keys above it were dropped before, and so would be those to come.
    limit: Option<u128>,
}

/// Chooses while the samples pass by.
#[derive(Debug)]
pub struct Selection {
    room: u64,
    strata: BTreeMap<Stratum, Candidates>,
    /// Of all samples, copies of one text among them.
    cost: u64,
    kept: u64,
}

impl Selection {
    /// `room` is what the samples that are kept may cost together.
    pub fn with(room: u64) -> Self {
        Self {
            room,
            strata: BTreeMap::new(),
            cost: 0,
            kept: 0,
        }
    }

    /// Hears of a sample; `key` tells one text from another.
    pub fn add(&mut self, stratum: Stratum, key: u128, cost: u64) {
        self.cost += cost;
        let candidates = self.strata.entry(stratum).or_default();
        if candidates.limit.is_some_and(|limit| key > limit) {
            return;
        }
        if candidates.texts.insert(key, cost).is_none() {
            candidates.cost += cost;
            self.kept += cost;
        }
        if self.kept > self.room.saturating_mul(2) {
            self.prune();
        }
    }

    /// Keys of the texts to keep, sorted; `None` where there is room for every
    /// sample.
    pub fn chosen(mut self) -> Option<Vec<u128>> {
        if self.cost <= self.room {
            return None;
        }
        self.prune();
        let strata = self.strata.into_values();
        let mut keys: Vec<u128> = strata.flat_map(|one| one.texts.into_keys()).collect();
        keys.sort_unstable();
        Some(keys)
    }

    /// Cuts every stratum to the level at which together they fit. The level
    /// only falls while samples come, so what is cut now would be cut at the end.
    fn prune(&mut self) {
        let level = self.level();
        self.kept = 0;
        for candidates in self.strata.values_mut() {
            if candidates.cost > level {
                let mut cost = 0;
                let mut last = None;
                for (key, one) in &candidates.texts {
                    if cost >= level {
                        break;
                    }
                    cost += one;
                    last = Some(*key);
                }
                candidates.limit = Some(last.unwrap_or(0));
                candidates
                    .texts
                    .retain(|key, _| last.is_some_and(|last| *key <= last));
                candidates.cost = cost;
            }
            self.kept += candidates.cost;
        }
    }

    /// The cost that no stratum may go beyond, so that all fit.
    fn level(&self) -> u64 {
        let mut costs: Vec<u64> = self.strata.values().map(|one| one.cost).collect();
        costs.sort_unstable();
        let mut left = self.room;
        for (place, cost) in costs.iter().enumerate() {
            let share = left / (costs.len() - place) as u64;
            if *cost > share {
                return share;
            }
            left -= cost;
        }
        u64::MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xxhash_rust::xxh3::xxh3_128;

    fn key(number: u64) -> u128 {
        xxh3_128(&number.to_le_bytes())
    }

    #[test]
    fn small_strata_are_kept_whole_and_large_ones_share_what_is_left() {
        let mut selection = Selection::with(1_000);
        for number in 0..10_000 {
            let stratum = match number {
                0..50 => (0, false),
                50..5_000 => (1, false),
                _ => (1, true),
            };
            selection.add(stratum, key(number), 1);
        }
        let chosen = selection.chosen().expect("more than fits");
        let of = |range: std::ops::Range<u64>| {
            range
                .filter(|number| chosen.binary_search(&key(*number)).is_ok())
                .count()
        };
        assert_eq!(of(0..50), 50);
        assert_eq!((of(50..5_000), of(5_000..10_000)), (475, 475));
    }

    #[test]
    fn the_choice_does_not_depend_on_the_order_or_on_copies() {
        let costs = |number: u64| 3 + number % 7;
        let choose = |numbers: Vec<u64>| {
            let mut selection = Selection::with(2_000);
            for number in numbers {
                let stratum = ((number % 5 * number % 3) as usize, number.is_multiple_of(2));
                selection.add(stratum, key(number), costs(number));
            }
            selection.chosen().expect("more than fits")
        };
        let forwards = choose((0..20_000).collect());
        assert_eq!(forwards, choose((0..20_000).rev().collect()));
        let mut shuffled: Vec<u64> = (0..20_000).collect();
        shuffled.sort_by_key(|number| xxh3_128(&number.to_be_bytes()));
        shuffled.extend(0..5_000);
        assert_eq!(forwards, choose(shuffled));
    }

    #[test]
    fn where_all_fit_nothing_is_chosen() {
        let mut selection = Selection::with(10);
        for number in 0..10 {
            selection.add((0, true), key(number), 1);
        }
        assert_eq!(selection.chosen(), None);
    }
}
