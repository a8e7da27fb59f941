//! How many links there are, and where in the text.

use std::collections::{BTreeMap, BTreeSet};

use super::first;
use crate::rules::place;
use crate::rules::rule::{Example, Hit, Rule, Weight, text};

pub(super) const ROWS: &[Rule] = &[
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
    Rule {
        id: "links/starts-with-one",
        summary: "A link before any word",
        docs: "Who begins with an address wants it seen above all. An answer that quotes its source may begin so.",
        weight: Weight::Fitted,
        check: |features| {
            let first = features.links.first()?;
            let start = *features.text.at.first()?;
            (first.span.0 <= start && features.shape.words > 8)
                .then(|| Hit::new(first.host.clone()).at(place::link(first.span)))
        },
        fires: &[text(
            "http://a.com is where you find what you were looking for all along",
        )],
        passes: &[text(
            "You find at http://a.com what you were looking for all along, I think",
        )],
    },
    Rule {
        id: "links/one-target",
        summary: "The same domain linked three times and more",
        docs: "One shop under many words. Documentation is linked page by page as well.",
        weight: Weight::Fitted,
        check: |features| {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for link in &features.links {
                *counts.entry(link.domain.as_str()).or_default() += 1;
            }
            let (domain, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
            (count >= 3).then(|| {
                Hit::new(format!("{domain}, {count} times")).level(if count >= 8 { 2 } else { 1 })
            })
        },
        fires: &[text("http://a.com/1 http://a.com/2 http://a.com/3")],
        passes: &[text("http://a.com/1 http://a.com/2 http://b.com/3")],
    },
];
