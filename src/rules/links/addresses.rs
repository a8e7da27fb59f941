//! What the addresses of the links are made of.

use unicode_security::confusable_detection::skeleton;

use super::first;
use crate::domain::LogOdds;
use crate::features::Features;
use crate::features::markup::Dialect;
use crate::rules::place;
use crate::rules::rule::{Hit, Rule, Weight, text};

/// Names of a query by which a shop knows whom to pay.
const AFFILIATE: [&str; 13] = [
    "aff",
    "affid",
    "aff_id",
    "affiliate",
    "partner",
    "partnerid",
    "subid",
    "sub_id",
    "ref",
    "refid",
    "referral",
    "clickid",
    "promo",
];
const PROFILES: [&str; 9] = [
    "profile",
    "profile.php",
    "user",
    "users",
    "member",
    "members",
    "member.php",
    "author",
    "userinfo",
];
const SHARED: [&str; 14] = [
    "docs.google.com",
    "drive.google.com",
    "forms.gle",
    "telegra.ph",
    "pastebin.com",
    "issuu.com",
    "scribd.com",
    "slideshare.net",
    "dropbox.com",
    "mediafire.com",
    "mega.nz",
    "linktr.ee",
    "notion.site",
    "medium.com",
];

pub(super) const ROWS: &[Rule] = &[
    Rule {
        id: "links/credentials",
        summary: "A name before the host",
        docs: "Browsers hide what stands before the @ of an address: http://mybank.com@evil.top leads to evil.top. Hardly any comment has one, so no data shows it; a developer's example may.",
        weight: Weight::Argued(LogOdds(1.0)),
        check: credentials,
        fires: &[text("log in at http://mybank.com@evil.top/now")],
        passes: &[
            text("http://a.com/@joe and joe@a.com"),
            text("git clone ssh://git@a.com/x"),
        ],
    },
    Rule {
        id: "links/look-alike-host",
        summary: "A host of look-alike letters",
        docs: "Letters of another alphabet imitate a known name (UTS 39). Hardly any comment has one, so no data shows it; short Cyrillic names may look Latin by chance.",
        weight: Weight::Argued(LogOdds(1.5)),
        check: look_alike,
        fires: &[text("sign in at http://раура1.com")],
        passes: &[text("http://пример.com and http://münchen.de")],
    },
    Rule {
        id: "links/redirect",
        summary: "An address inside an address",
        docs: "A page of good name is made to lead elsewhere. Archives and translators carry addresses too; the first are let pass.",
        weight: Weight::Fitted,
        check: |features| {
            first(features, |link| {
                let carries = ["http:/", "https:/", "http%3a", "https%3a"]
                    .iter()
                    .any(|scheme| link.path.contains(scheme));
                carries && link.domain != "archive.org"
            })
        },
        fires: &[text("http://good.com/go?url=http://evil.top")],
        passes: &[text("http://web.archive.org/web/2010/http://a.com")],
    },
    Rule {
        id: "links/affiliate",
        summary: "A link that pays its giver",
        docs: "The query names a partner, an offer or an invitation. Links copied from a shop carry such names unnoticed.",
        weight: Weight::Fitted,
        check: |features| {
            first(features, |link| {
                let query = link.path.split_once('?').map_or("", |(_, query)| query);
                query
                    .split('&')
                    .filter_map(|pair| pair.split('=').next())
                    .any(|name| AFFILIATE.contains(&name))
            })
        },
        fires: &[text("http://a.com/shop?id=3&aff=77")],
        passes: &[text("http://a.com/shop?id=3&page=2")],
    },
    Rule {
        id: "links/profile-page",
        summary: "A member's page",
        docs: "Profiles on forums nobody reads are filled with links, and linked to. Programmers link to people on their sites as well.",
        weight: Weight::Fitted,
        check: |features| {
            first(features, |link| {
                link.path
                    .split(['/', '?', '='])
                    .any(|part| PROFILES.contains(&part))
            })
        },
        fires: &[text("http://a.com/members/johnny/profile/")],
        passes: &[text("http://a.com/profiles-in-courage")],
    },
    Rule {
        id: "links/escaped-path",
        summary: "An address full of escapes",
        docs: "Words in other scripts, or hidden ones. Encyclopedias in such languages have them too.",
        weight: Weight::Fitted,
        check: |features| first(features, |link| link.path.matches('%').count() >= 4),
        fires: &[text("http://a.com/%D0%BA%D0%B0%D0%B7%D0%B8%D0%BD%D0%BE")],
        passes: &[text("http://a.com/my%20file.pdf")],
    },
    Rule {
        id: "links/shared-document",
        summary: "A shared document or link page",
        docs: "Documents, drop boxes and pages of links stand on good hosts, cost nothing and are thrown away. Colleagues share them honestly.",
        weight: Weight::Fitted,
        check: |features| {
            first(features, |link| {
                SHARED.contains(&link.host.as_str()) || SHARED.contains(&link.domain.as_str())
            })
        },
        fires: &[text("see https://docs.google.com/document/d/x")],
        passes: &[text("see https://docs.python.org/3/")],
    },
];

fn credentials(features: &Features) -> Option<Hit> {
    let (mut named, mut scheme) = (false, 0);
    let mut inside = false;
    for &character in &features.text.folded {
        if inside {
            match character {
                '@' if named => return Some(Hit::new("an @ before the host")),
                '/' | '?' | '#' | ' ' => inside = false,
                _ => named = true,
            }
        }
        // The last characters of `http://` or `https://`, as far as they were met.
        scheme = match (scheme, character) {
            (_, 'h') => 1,
            (1, 't') => 2,
            (2, 't') => 3,
            (3, 'p') => 4,
            (4, 's') => 4,
            (4, ':') => 5,
            (5, '/') => 6,
            (6, '/') => {
                (inside, named) = (true, false);
                0
            }
            _ => 0,
        };
    }
    None
}

fn look_alike(features: &Features) -> Option<Hit> {
    let hit = features.words.iter().find_map(|word| {
        let letters = &features.text.folded[word.range()];
        if letters.len() < 3 || letters.iter().all(char::is_ascii) {
            return None;
        }
        let span = word.span(&features.text);
        let after = features.links.partition_point(|link| link.span.0 <= span.0);
        let link = features.links.get(after.checked_sub(1)?)?;
        let plain = matches!(link.dialect, Dialect::Plain | Dialect::Bare);
        let within = plain && span.1 <= link.span.1 && link.host.contains("xn--");
        let letters: String = letters.iter().collect();
        (within && skeleton(&letters).all(|c| c.is_ascii())).then_some(link)
    })?;
    Some(Hit::new(hit.host.clone()).at(place::link(hit.span)))
}
