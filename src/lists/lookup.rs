//! What of a comment is on a block list. Linear in the comment.

use std::net::IpAddr;

use ipnet::IpNet;

use super::list::{BlockList, version};
use crate::domain::{Comment, Listed, ListedKind, Span, SpanField};
use crate::features::Features;

/// A phrase is shown this far.
const SHOWN_CHARS: usize = 80;

impl BlockList {
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
}
