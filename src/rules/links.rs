//! Where the text leads.

use std::collections::BTreeSet;

use super::families::Family;
use super::place;
use super::rule::{Example, Hit, Rule, Weight, text};
use crate::features::Features;
use crate::features::lexicon::{Boundaries, Phrases, Topic};
use crate::features::links::Link;

const SHORTENERS: [&str; 12] = [
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "ow.ly",
    "is.gd",
    "cutt.ly",
    "rb.gy",
    "shorturl.at",
    "rebrand.ly",
    "clck.ru",
    "s.id",
];
const MESSENGERS: [&str; 6] = [
    "t.me",
    "wa.me",
    "telegram.me",
    "chat.whatsapp.com",
    "line.me",
    "discord.gg",
];
const FREE_HOSTS: [&str; 12] = [
    "blogspot.com",
    "wordpress.com",
    "weebly.com",
    "wixsite.com",
    "tumblr.com",
    "livejournal.com",
    "sites.google.com",
    "webs.com",
    "jimdo.com",
    "over-blog.com",
    "narod.ru",
    "ucoz.ru",
];
const CHEAP_ENDINGS: [&str; 16] = [
    "top", "xyz", "icu", "buzz", "click", "loan", "win", "bid", "work", "site", "online", "club",
    "vip", "cyou", "monster", "shop",
];

pub static FAMILY: Family = Family {
    name: "links",
    summary: "Where the text leads.",
    rules: &[
        Rule {
            id: "links/only",
            summary: "Nothing but links",
            docs: "A comment that says nothing of its own is there for the link. An answer that is a link to the manual looks the same.",
            weight: Weight::Fitted,
            check: |features| {
                let linked: u32 = features
                    .links
                    .iter()
                    .map(|link| link.span.1 - link.span.0)
                    .sum();
                let all = features.text.at.last().map_or(0, |last| last + 1);
                (!features.links.is_empty() && u64::from(linked) * 10 >= u64::from(all) * 9)
                    .then(|| Hit::new("no words beside the links"))
            },
            fires: &[text("http://a.com/x")],
            passes: &[text("Fixed in http://a.com/x")],
        },
        Rule {
            id: "links/flood",
            summary: "Many links",
            docs: "Three, six or fifteen links and more. A list of sources is rare in a comment.",
            weight: Weight::Fitted,
            check: |features| {
                let level = match features.links.len() {
                    0..3 => return None,
                    3..6 => 1,
                    6..15 => 2,
                    _ => 3,
                };
                Some(Hit::new(format!("{} links", features.links.len())).level(level))
            },
            fires: &[text("http://a.com http://b.com http://c.com")],
            passes: &[text("see http://a.com and http://b.com")],
        },
        Rule {
            id: "links/shortener",
            summary: "A shortened link",
            docs: "It hides where it leads. People paste them from chats too.",
            weight: Weight::Fitted,
            check: |features| first(features, |link| SHORTENERS.contains(&link.host.as_str())),
            fires: &[text("look http://bit.ly/3abc")],
            passes: &[text("look http://orbit.lyon.fr/3abc")],
        },
        Rule {
            id: "links/messenger",
            summary: "A link to a messenger",
            docs: "It leads to a private conversation. Open communities use them as well.",
            weight: Weight::Fitted,
            check: |features| first(features, |link| MESSENGERS.contains(&link.host.as_str())),
            fires: &[text("join https://t.me/signals")],
            passes: &[text("join https://meet.me/signals")],
        },
        Rule {
            id: "links/ip-host",
            summary: "A link to a bare address",
            docs: "A host without a name is thrown away after use. Administrators link to their own networks.",
            weight: Weight::Fitted,
            check: |features| {
                first(features, |link| {
                    link.host.parse::<std::net::Ipv4Addr>().is_ok()
                })
            },
            fires: &[text("http://203.0.113.7/win")],
            passes: &[text("version 1.2.3.4 at http://a.com")],
        },
        Rule {
            id: "links/punycode",
            summary: "A host in another script",
            docs: "International names can imitate others. Many are honest.",
            weight: Weight::Fitted,
            check: |features| first(features, |link| link.host.contains("xn--")),
            fires: &[text("http://xn--80ak6aa92e.com")],
            passes: &[text("http://apple.com")],
        },
        Rule {
            id: "links/free-host",
            summary: "A page on a free host",
            docs: "Pages made for links are put where they cost nothing. So are first blogs.",
            weight: Weight::Fitted,
            check: |features| {
                first(features, |link| {
                    FREE_HOSTS
                        .iter()
                        .any(|host| link.host == *host || link.host.ends_with(&format!(".{host}")))
                })
            },
            fires: &[text("http://cheap-shoes.weebly.com/")],
            passes: &[text("http://weebly-tips.com/")],
        },
        Rule {
            id: "links/hyphens",
            summary: "A host of hyphenated words",
            docs: "Key phrases make hosts with many hyphens.",
            weight: Weight::Fitted,
            check: |features| {
                first(features, |link| {
                    link.domain.matches('-').count() >= 2 && !link.domain.starts_with("xn--")
                })
            },
            fires: &[text("http://buy-cheap-shoes.com")],
            passes: &[text("http://my-site.com")],
        },
        Rule {
            id: "links/digits",
            summary: "Digits in a host",
            docs: "Hosts in series carry numbers.",
            weight: Weight::Fitted,
            check: |features| {
                first(features, |link| {
                    link.tld.chars().all(char::is_alphabetic)
                        && link.domain.chars().filter(char::is_ascii_digit).count() >= 2
                })
            },
            fires: &[text("http://win888.com")],
            passes: &[text("http://web2.com")],
        },
        Rule {
            id: "links/cheap-ending",
            summary: "A cheap top-level domain",
            docs: "Endings that cost a coin are used up by the thousand. Some honest people like them.",
            weight: Weight::Fitted,
            check: |features| first(features, |link| CHEAP_ENDINGS.contains(&link.tld.as_str())),
            fires: &[text("http://bonus.icu")],
            passes: &[text("http://bonus.org")],
        },
        Rule {
            id: "links/selling-anchor",
            summary: "A link under words that sell",
            docs: "The anchor text is what a search engine is to read.",
            weight: Weight::Fitted,
            check: |features| {
                first(features, |link| {
                    link.anchor.as_deref().is_some_and(|anchor| {
                        let phrases = Phrases::of(anchor, Boundaries::Words);
                        SELLING.iter().any(|topic| phrases.count(*topic) > 0)
                    })
                })
            },
            fires: &[text("nice <a href=\"http://a.com\">online casino</a>")],
            passes: &[text("see <a href=\"http://a.com\">the manual</a>")],
        },
        Rule {
            id: "links/selling-host",
            summary: "A link whose address sells",
            docs: "The host or path names what is sold.",
            weight: Weight::Fitted,
            check: |features| {
                first(features, |link| {
                    let phrases = Phrases::of(
                        &format!("{} {}", link.host, link.path),
                        Boundaries::Anywhere,
                    );
                    [
                        Topic::Pharmacy,
                        Topic::Gambling,
                        Topic::Replicas,
                        Topic::Adult,
                    ]
                    .iter()
                    .any(|topic| phrases.count(*topic) > 0)
                })
            },
            fires: &[text("http://best-casino.com")],
            passes: &[text("http://best-gardens.com")],
        },
        Rule {
            id: "links/ends-with-one",
            summary: "A link at the very end",
            docs: "Copied prose is signed with its link. So are honest letters.",
            weight: Weight::Fitted,
            check: |features| {
                let last = features.links.last()?;
                let end = features.text.at.last()? + 1;
                (features.links.len() <= 2 && last.span.1 + 4 >= end && features.shape.words > 8)
                    .then(|| Hit::new(last.host.clone()).at(place::link(last.span)))
            },
            fires: &[text(
                "This is a long enough text about nothing at all, really http://a.com",
            )],
            passes: &[text(
                "As http://a.com says, this is a long enough text about nothing at all",
            )],
        },
        Rule {
            id: "links/many-domains",
            summary: "Links to many domains",
            docs: "Four domains and more in one comment.",
            weight: Weight::Fitted,
            check: |features| {
                let domains: BTreeSet<&str> = features
                    .links
                    .iter()
                    .map(|link| link.domain.as_str())
                    .collect();
                (domains.len() >= 4).then(|| Hit::new(format!("{} domains", domains.len())))
            },
            fires: &[text("http://a.com http://b.com http://c.com http://d.com")],
            passes: &[text(
                "http://a.com/1 http://a.com/2 http://a.com/3 http://a.com/4",
            )],
        },
        Rule {
            id: "links/own-domain",
            summary: "The author's own site in the text",
            docs: "The same domain as text and as the author's URL: the link is wanted twice.",
            weight: Weight::Fitted,
            check: |features| {
                let own = features.author.url.as_ref()?;
                first(features, |link| link.domain == own.domain)
            },
            fires: &[Example {
                url: Some("http://shop.com"),
                ..text("see http://shop.com/x")
            }],
            passes: &[Example {
                url: Some("http://shop.com"),
                ..text("see http://other.com/x")
            }],
        },
    ],
};

const SELLING: [Topic; 8] = [
    Topic::Pharmacy,
    Topic::Gambling,
    Topic::Adult,
    Topic::Loans,
    Topic::Seo,
    Topic::Essays,
    Topic::Replicas,
    Topic::Trades,
];

/// The first link that is such a one.
fn first(features: &Features, is: impl Fn(&Link) -> bool) -> Option<Hit> {
    let link = features.links.iter().find(|link| is(link))?;
    Some(Hit::new(link.host.clone()).at(place::link(link.span)))
}
