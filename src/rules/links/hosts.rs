//! Which hosts the links lead to.

use super::first;
use crate::features::lexicon::{Boundaries, Phrases, Topic};
use crate::features::links::Link;
use crate::rules::rule::{Rule, Weight, text};

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

pub(super) const ROWS: &[Rule] = &[
    Rule {
        id: "links/shortener",
        summary: "A shortened link",
        docs: "It hides where it leads. People paste them from chats too.",
        weight: Weight::Fitted,
        check: |features| first(features, is_shortened),
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
        check: |features| first(features, on_free_host),
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
        check: |features| first(features, has_cheap_ending),
        fires: &[text("http://bonus.icu")],
        passes: &[text("http://bonus.org")],
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
];

pub(in crate::rules) fn is_shortened(link: &Link) -> bool {
    SHORTENERS.contains(&link.host.as_str())
}

pub(in crate::rules) fn on_free_host(link: &Link) -> bool {
    FREE_HOSTS.iter().any(|free| {
        let rest = link.host.strip_suffix(free);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

pub(in crate::rules) fn has_cheap_ending(link: &Link) -> bool {
    CHEAP_ENDINGS.contains(&link.tld.as_str())
}
