//! A block list as a look-up: hashes for hosts, addresses and e-mail addresses,
//! one automaton for phrases. A look-up is linear in the comment.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashSet};
use std::hash::BuildHasher;
use std::net::IpAddr;

use aho_corasick::AhoCorasick;
use ipnet::IpNet;

use super::entry::Entry;
use crate::domain::{Comment, Listed, ListedKind, Span, SpanField};
use crate::features::Features;

/// What is kept of a list; further lines are left out.
pub const MAX_ENTRIES: usize = 2_000_000;
/// Phrases cost memory by their letters.
const MAX_PHRASES: usize = 50_000;
/// A phrase is shown this far.
const SHOWN_CHARS: usize = 80;

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
    names: HashSet<u64>,
    networks: HashSet<IpNet>,
    /// Lengths of prefixes that there are, of IPv4 and IPv6.
    lengths: [BTreeSet<u8>; 2],
    phrases: Option<AhoCorasick>,
    words: Vec<String>,
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
                Ok(entries) => entries.into_iter().for_each(|entry| list.add(entry)),
                Err(()) => list.count.left_out += 1,
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

    fn hash(&self, name: &str) -> u64 {
        self.seed.hash_one(name)
    }

    /// What of the comment is on the list; what it is sure of comes first.
    pub fn find(&self, comment: &Comment, features: &Features) -> Option<Listed> {
        self.link(features)
            .or_else(|| self.person(comment))
            .or_else(|| self.phrase(comment, features))
    }

    fn link(&self, features: &Features) -> Option<Listed> {
        let author = features.author.url.iter();
        let author = author.map(|link| (link, SpanField::AuthorUrl));
        let text = features.links.iter();
        let text = text.map(|link| (link, SpanField::Content));
        author.chain(text).find_map(|(link, field)| {
            let host = self.host(&link.host)?;
            Some(Listed {
                kind: ListedKind::Host,
                what: host.to_owned(),
                span: Some(Span {
                    field,
                    start: link.span.0 as usize,
                    end: link.span.1 as usize,
                }),
            })
        })
    }

    fn person(&self, comment: &Comment) -> Option<Listed> {
        let author = &comment.author;
        let listed = |kind, what: String| Listed {
            kind,
            what,
            span: None,
        };
        let email = author
            .email
            .as_deref()
            .map(|email| email.trim().to_lowercase());
        if email.is_some_and(|email| self.names.contains(&self.hash(&email))) {
            return Some(listed(ListedKind::Email, String::new()));
        }
        let domain = author.email_domain();
        if let Some(host) = domain.as_deref().and_then(|domain| self.host(domain)) {
            return Some(listed(ListedKind::Host, host.to_owned()));
        }
        let network = self.network(author.ip?)?;
        Some(listed(ListedKind::Network, network.to_string()))
    }

    /// The host, or what it is below of, that is on the list.
    fn host<'h>(&self, host: &'h str) -> Option<&'h str> {
        let mut rest = host;
        loop {
            if self.names.contains(&self.hash(rest)) {
                return Some(rest);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    fn network(&self, address: IpAddr) -> Option<IpNet> {
        let address = address.to_canonical();
        self.lengths[version(address)].iter().find_map(|length| {
            let network = IpNet::new(address, *length).ok()?.trunc();
            self.networks.get(&network).copied()
        })
    }

    /// Where WordPress looks: all that an author can write.
    fn phrase(&self, comment: &Comment, features: &Features) -> Option<Listed> {
        let phrases = self.phrases.as_ref()?;
        let author = &comment.author;
        let ip = author.ip.map(|ip| ip.to_string());
        let fields = [
            author.name.as_deref(),
            author.email.as_deref(),
            author.url.as_deref(),
            Some(comment.content.as_str()),
            ip.as_deref(),
            author.user_agent.as_deref(),
        ];
        let mut written = fields.into_iter().flatten().map(str::to_lowercase);
        let found = written
            .find_map(|field| phrases.find(&field))
            .or_else(|| phrases.find(&features.plain))?;
        let phrase = &self.words[found.pattern().as_usize()];
        Some(Listed {
            kind: ListedKind::Phrase,
            what: phrase.chars().take(SHOWN_CHARS).collect(),
            span: None,
        })
    }
}

fn version(address: IpAddr) -> usize {
    usize::from(address.is_ipv6())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Author;

    fn hit(list: &str, comment: Comment) -> Option<(ListedKind, String)> {
        let features = Features::of(&comment);
        let listed = BlockList::read(list).find(&comment, &features)?;
        if let Some(span) = listed.span {
            assert!(span.start < span.end);
        }
        Some((listed.kind, listed.what))
    }

    fn text(content: &str) -> Comment {
        Comment {
            content: content.into(),
            ..Comment::default()
        }
    }

    fn by(author: Author) -> Comment {
        Comment {
            author,
            ..text("Hello.")
        }
    }

    #[test]
    fn hosts_are_hit_with_all_below_them_and_nothing_beside_them() {
        let found = |what: &str| Some((ListedKind::Host, what.to_owned()));
        let list = "spam.com\nsub.other.net";
        assert_eq!(hit(list, text("see http://spam.com/x")), found("spam.com"));
        assert_eq!(hit(list, text("http://a.b.SPAM.com")), found("spam.com"));
        for beside in [
            "http://notspam.com",
            "http://spam.com.evil.org",
            "http://other.net",
        ] {
            assert_eq!(hit(list, text(beside)), None, "{beside}");
        }
        let url = by(Author {
            url: Some("https://x.sub.other.net".into()),
            ..Author::default()
        });
        assert_eq!(hit(list, url), found("sub.other.net"));
        let email = by(Author {
            email: Some("mia@Spam.com".into()),
            ..Author::default()
        });
        assert_eq!(hit(list, email), found("spam.com"));
    }

    #[test]
    fn people_are_hit_by_their_addresses() {
        let list = "192.0.2.0/25\n2001:db8::/32\n198.51.100.7\nmia@good.org";
        let ip = |ip: &str| {
            by(Author {
                ip: ip.parse().ok(),
                ..Author::default()
            })
        };
        let network = |what: &str| Some((ListedKind::Network, what.to_owned()));
        assert_eq!(hit(list, ip("192.0.2.77")), network("192.0.2.0/25"));
        assert_eq!(hit(list, ip("::ffff:192.0.2.77")), network("192.0.2.0/25"));
        assert_eq!(hit(list, ip("192.0.2.177")), None);
        assert_eq!(hit(list, ip("198.51.100.7")), network("198.51.100.7/32"));
        assert_eq!(hit(list, ip("2001:db8:1::1")), network("2001:db8::/32"));
        let email = |email: &str| {
            by(Author {
                email: Some(email.into()),
                ..Author::default()
            })
        };
        let known = Some((ListedKind::Email, String::new()));
        assert_eq!(hit(list, email(" Mia@Good.org")), known);
        assert_eq!(hit(list, email("jo@good.org")), None);
    }

    #[test]
    fn phrases_are_hit_where_wordpress_looks() {
        let found = |what: &str| Some((ListedKind::Phrase, what.to_owned()));
        assert_eq!(hit("casino", text("My CASINOS are fine")), found("casino"));
        let name = by(Author {
            name: Some("Best Casino".into()),
            ..Author::default()
        });
        assert_eq!(hit("casino", name), found("casino"));
        let start = by(Author {
            ip: "192.0.2.9".parse().ok(),
            ..Author::default()
        });
        assert_eq!(hit("192.0.2.", start), found("192.0.2."));
        assert_eq!(
            hit("casino", text("c<b>as</b>ino")),
            found("casino"),
            "as it is read"
        );
        assert_eq!(hit("casino", text("Nothing of that")), None);
    }

    #[test]
    fn what_is_twice_counts_once_and_what_is_no_entry_is_told() {
        let list =
            BlockList::read("spam.com\nSPAM.com\n\n# no\n192.0.2.1\n0.0.0.0/0\nab\ncasino\n");
        let count = list.count();
        assert_eq!((count.hosts, count.networks, count.phrases), (1, 1, 1));
        assert_eq!((count.left_out, count.entries()), (2, 3));
    }
}
