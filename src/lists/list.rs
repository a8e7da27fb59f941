//! A block list, made ready to be asked: hashes for hosts, addresses and e-mail
//! addresses, one automaton for phrases.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashSet};
use std::hash::BuildHasher;
use std::net::IpAddr;

use aho_corasick::AhoCorasick;
use ipnet::IpNet;

use super::entry::Entry;

/// What is kept of a list; further lines are left out.
pub const MAX_ENTRIES: usize = 2_000_000;
/// Phrases cost memory by their letters.
const MAX_PHRASES: usize = 50_000;

/// How many of what a list names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub hosts: usize,
    pub networks: usize,
    pub emails: usize,
    pub phrases: usize,
    /// Lines that were not understood, or were too many.
    pub left_out: usize,
}

impl Count {
    /// Everything that can be hit.
    pub fn entries(&self) -> usize {
        self.hosts + self.networks + self.emails + self.phrases
    }
}

/// A list, ready to be asked.
#[derive(Debug)]
pub struct BlockList {
    /// Seeds the hashes, so that nobody can make names that meet.
    seed: RandomState,
    /// 64 bits of each host and e-mail address: of two million, one in
    /// 10^13 others is taken for one of them.
    pub(super) names: HashSet<u64>,
    pub(super) networks: HashSet<IpNet>,
    /// Lengths of prefixes that there are, of IPv4 and IPv6.
    pub(super) lengths: [BTreeSet<u8>; 2],
    pub(super) phrases: Option<AhoCorasick>,
    pub(super) words: Vec<String>,
    count: Count,
}

impl BlockList {
    /// Reads a list, line by line.
    pub fn read(text: &str) -> Self {
        let mut list = Self {
            seed: RandomState::new(),
            names: HashSet::new(),
            networks: HashSet::new(),
            lengths: Default::default(),
            phrases: None,
            words: Vec::new(),
            count: Count::default(),
        };
        for line in text.lines() {
            match Entry::read(line) {
                Some(entries) => entries.into_iter().for_each(|entry| list.add(entry)),
                None => list.count.left_out += 1,
            }
        }
        if !list.words.is_empty() {
            list.phrases = AhoCorasick::new(&list.words).ok();
        }
        list
    }

    /// How many of what it names.
    pub fn count(&self) -> Count {
        self.count
    }

    fn add(&mut self, entry: Entry) {
        if self.count.entries() >= MAX_ENTRIES {
            self.count.left_out += 1;
            return;
        }
        match entry {
            Entry::Host(host) => {
                let hash = self.hash(&host);
                self.count.hosts += usize::from(self.names.insert(hash));
            }
            Entry::Email(email) => {
                let hash = self.hash(&email);
                self.count.emails += usize::from(self.names.insert(hash));
            }
            Entry::Network(network) => {
                self.lengths[version(network.addr())].insert(network.prefix_len());
                self.count.networks += usize::from(self.networks.insert(network));
            }
            Entry::Phrase(_) if self.words.len() >= MAX_PHRASES => self.count.left_out += 1,
            Entry::Phrase(phrase) => {
                self.words.push(phrase);
                self.count.phrases += 1;
            }
        }
    }

    pub(super) fn hash(&self, name: &str) -> u64 {
        self.seed.hash_one(name)
    }
}

pub(super) fn version(address: IpAddr) -> usize {
    usize::from(address.is_ipv6())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_twice_counts_once_and_what_is_no_entry_is_told() {
        let list =
            BlockList::read("spam.com\nSPAM.com\n\n# no\n192.0.2.1\n0.0.0.0/0\nab\ncasino\n");
        let count = list.count();
        assert_eq!((count.hosts, count.networks, count.phrases), (1, 1, 1));
        assert_eq!((count.left_out, count.entries()), (2, 3));
    }
}
