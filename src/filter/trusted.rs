//! Lists to evidence: whom and what the site's moderators trust or block.
//! Heavy, and still only evidence: it is added, and never decides alone.

use std::collections::BTreeSet;

use crate::domain::{Evidence, History, LogOdds, Source, Subject, Trust};
use crate::features::Features;

/// Four hundred to one, by a person's word about a person.
const PERSON: f64 = 6.0;
/// A link to a trusted place can be put into anything.
const TRUSTED_LINKS: f64 = -2.0;

/// Evidence from the site's lists.
pub fn evidence(features: &Features, history: &History) -> Vec<Evidence> {
    let listed = |subject, trust| {
        let mut listed = history.trusts.iter();
        listed.any(|(trace, listed)| trace.subject == subject && *listed == trust)
    };
    let mut pieces = Vec::new();
    if listed(Subject::Email, Trust::Blocked) {
        pieces.push(piece(
            "blocked_author",
            "the site's moderators block this e-mail address",
            PERSON,
        ));
    }
    if listed(Subject::Email, Trust::Trusted) {
        pieces.push(match is_themselves(features, history) {
            true => piece(
                "trusted_author",
                "the site's moderators trust this e-mail address",
                -PERSON,
            ),
            false => piece(
                "trusted_elsewhere",
                "a trusted e-mail address, from a network that it was not seen on with honest comments",
                0.0,
            ),
        });
    }
    if listed(Subject::AuthorDomain, Trust::Blocked) {
        let url = features.author.url.as_ref();
        let domain = url.map_or("", |url| url.domain.as_str());
        let detail = format!("the site's moderators block {domain}");
        pieces.push(piece("blocked_domain", &detail, PERSON));
    } else if listed(Subject::LinkDomain, Trust::Blocked) {
        let detail = match features.links.as_slice() {
            [only] => format!("the site's moderators block {}", only.domain),
            _ => "the site's moderators block a domain that is linked to".to_owned(),
        };
        pieces.push(piece("blocked_domain", &detail, PERSON));
    }
    if links_only_to_trusted(features, history) {
        pieces.push(piece(
            "trusted_links",
            "the site's moderators trust every domain that is linked to",
            TRUSTED_LINKS,
        ));
    }
    pieces
}

/// Anyone can type another's e-mail address. The blog vouches for who is signed
/// in there; else the network has to be known from honest comments here.
fn is_themselves(features: &Features, history: &History) -> bool {
    features.context.signed_in
        || history.known.iter().any(|known| {
            known.trace.subject == Subject::IpPrefix && known.tally.ham_here > known.tally.spam_here
        })
}

/// Of the author's URL and of the text; one that is not trusted spoils it.
fn links_only_to_trusted(features: &Features, history: &History) -> bool {
    let links: BTreeSet<&str> = features
        .links
        .iter()
        .map(|link| link.domain.as_str())
        .collect();
    let linked = links.len() + usize::from(features.author.url.is_some());
    let trusted = history.trusts.iter().filter(|(trace, trust)| {
        *trust == Trust::Trusted
            && matches!(trace.subject, Subject::AuthorDomain | Subject::LinkDomain)
    });
    linked > 0 && trusted.count() == linked
}

fn piece(reason: &str, detail: &str, log_odds: f64) -> Evidence {
    Evidence {
        source: Source::History,
        reason: reason.to_owned(),
        detail: detail.to_owned(),
        log_odds: LogOdds(log_odds),
        span: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Author, Comment, Known, Tally, Trace};

    fn trace(subject: Subject, value: u8) -> Trace {
        Trace {
            subject,
            hash: [value; 16],
        }
    }

    fn features(url: Option<&str>, content: &str, user: Option<&str>) -> Features {
        Features::of(&Comment {
            author: Author {
                url: url.map(Into::into),
                user_id: user.map(Into::into),
                ..Author::default()
            },
            content: content.into(),
            ..Comment::default()
        })
    }

    fn reasons(features: &Features, history: &History) -> Vec<(String, f64)> {
        let pieces = evidence(features, history).into_iter();
        pieces
            .map(|piece| (piece.reason, piece.log_odds.0))
            .collect()
    }

    fn listed(trusts: &[(Trace, Trust)]) -> History {
        History {
            trusts: trusts.to_vec(),
            ..History::default()
        }
    }

    #[test]
    fn a_borrowed_address_lends_no_trust() {
        let plain = features(None, "Hello.", None);
        let mut history = listed(&[(trace(Subject::Email, 1), Trust::Trusted)]);
        assert_eq!(
            reasons(&plain, &history),
            [("trusted_elsewhere".into(), 0.0)]
        );
        let signed_in = features(None, "Hello.", Some("7"));
        assert_eq!(
            reasons(&signed_in, &history),
            [("trusted_author".into(), -PERSON)]
        );
        history.known.push(Known {
            trace: trace(Subject::IpPrefix, 2),
            tally: Tally {
                ham_here: 1,
                ..Tally::default()
            },
        });
        assert_eq!(
            reasons(&plain, &history),
            [("trusted_author".into(), -PERSON)]
        );
        history.known[0].tally.spam_here = 1;
        assert_eq!(reasons(&plain, &history)[0].1, 0.0);
    }

    #[test]
    fn a_blocked_author_and_domain_weigh_each() {
        let linked = features(Some("https://a.example"), "See https://b.example/x", None);
        let blocked = |subject| (trace(subject, 1), Trust::Blocked);
        let history = listed(&[
            blocked(Subject::Email),
            blocked(Subject::AuthorDomain),
            blocked(Subject::LinkDomain),
        ]);
        assert_eq!(
            reasons(&linked, &history),
            [
                ("blocked_author".into(), PERSON),
                ("blocked_domain".into(), PERSON)
            ]
        );
        let history = listed(&[blocked(Subject::LinkDomain)]);
        let pieces = evidence(&linked, &history);
        assert_eq!(pieces[0].detail, "the site's moderators block b.example");
    }

    #[test]
    fn one_link_elsewhere_spoils_the_trusted_ones() {
        let author = (trace(Subject::AuthorDomain, 1), Trust::Trusted);
        let link = (trace(Subject::LinkDomain, 2), Trust::Trusted);
        let both = features(Some("https://a.example"), "See https://b.example/x", None);
        assert_eq!(
            reasons(&both, &listed(&[author, link])),
            [("trusted_links".into(), TRUSTED_LINKS)]
        );
        assert_eq!(reasons(&both, &listed(&[link])), []);
        let none = features(None, "Hello.", None);
        assert_eq!(reasons(&none, &listed(&[])), []);
    }
}
