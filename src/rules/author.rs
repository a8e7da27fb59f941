//! What the author calls themselves, and where they point.

use super::families::Family;
use super::rule::{Example, Hit, Rule, Weight, text};
use crate::features::characters::MainScript;

pub static FAMILY: Family = Family {
    name: "author",
    summary: "What the author calls themselves, and where they point.",
    rules: &[
        Rule {
            id: "author/name-has-address",
            summary: "An address as a name",
            docs: "The name is printed with every comment: some put their host there.",
            weight: Weight::Fitted,
            check: |features| {
                let name = &features.author.name;
                (name.contains("http") || name.contains("www.") || name.contains(".com"))
                    .then(|| Hit::new(features.author.name_written.clone()))
            },
            fires: &[Example {
                name: Some("www.shoes.com"),
                ..text("hello")
            }],
            passes: &[Example {
                name: Some("J. P. Morgan"),
                ..text("hello")
            }],
        },
        Rule {
            id: "author/long-name",
            summary: "A name of many words",
            docs: "A sentence for a name is a key phrase. Some people give all their names.",
            weight: Weight::Fitted,
            check: |features| {
                let words = features.author.name_words.len();
                (words >= 5).then(|| {
                    Hit::new(format!("{words} words")).level(if words >= 8 { 2 } else { 1 })
                })
            },
            fires: &[Example {
                name: Some("buy cheap shoes online here now"),
                ..text("hello")
            }],
            passes: &[Example {
                name: Some("Maria da Silva Souza"),
                ..text("hello")
            }],
        },
        Rule {
            id: "author/name-is-anchor",
            summary: "The name once more as a link",
            docs: "The same phrase as name and as anchor text.",
            weight: Weight::Fitted,
            check: |features| {
                let name = &features.author.name;
                (!name.is_empty()
                    && features
                        .links
                        .iter()
                        .any(|link| link.anchor.as_deref() == Some(name)))
                .then(|| Hit::new(features.author.name_written.clone()))
            },
            fires: &[Example {
                name: Some("Red Shoes"),
                ..text("<a href=\"http://a.com\">red shoes</a>")
            }],
            passes: &[Example {
                name: Some("Ann"),
                ..text("<a href=\"http://a.com\">red shoes</a>")
            }],
        },
        Rule {
            id: "author/email-as-name",
            summary: "A mail address as a name",
            docs: "People rarely publish theirs; forms filled in by machines do.",
            weight: Weight::Fitted,
            check: |features| {
                features
                    .author
                    .name
                    .contains('@')
                    .then(|| Hit::new("an @ in the name"))
            },
            fires: &[Example {
                name: Some("joe@mail.com"),
                ..text("hello")
            }],
            passes: &[Example {
                name: Some("joe"),
                ..text("hello")
            }],
        },
        Rule {
            id: "author/foreign-name",
            summary: "A name in another script than the text",
            docs: "Machines mix lists of names and texts. People abroad do it honestly.",
            weight: Weight::Fitted,
            check: |features| {
                let script = |c: char| Some(MainScript::of(c)).filter(|s| *s != MainScript::None);
                let name = features.author.name.chars().find_map(script)?;
                let of_text = features.shape.telling_script();
                (of_text != MainScript::None && name != of_text && features.shape.letters >= 20)
                    .then(|| Hit::new(format!("{} name, {} text", name.as_str(), of_text.as_str())))
            },
            fires: &[Example {
                name: Some("카지노사이트"),
                ..text("I really enjoyed reading this page today")
            }],
            passes: &[Example {
                name: Some("Νίκος"),
                ..text("Πολύ ωραίο άρθρο, ευχαριστώ για όλα")
            }],
        },
        Rule {
            id: "author/deep-url",
            summary: "A deep page as the author's site",
            docs: "People give their front page; those who are paid give the page that sells.",
            weight: Weight::Fitted,
            check: |features| {
                let url = features.author.url.as_ref()?;
                let depth = url.path.split('/').filter(|part| !part.is_empty()).count();
                (depth >= 2 || url.path.len() > 30).then(|| Hit::new(url.host.clone()))
            },
            fires: &[Example {
                url: Some("http://a.com/shoes/red-shoes-for-sale.html"),
                ..text("hello")
            }],
            passes: &[Example {
                url: Some("http://a.com/~joe"),
                ..text("hello")
            }],
        },
        Rule {
            id: "author/url-without-name",
            summary: "A URL and no name",
            docs: "Who leaves a link and no name is there for the link.",
            weight: Weight::Fitted,
            check: |features| {
                let url = features.author.url.as_ref()?;
                features
                    .author
                    .name
                    .is_empty()
                    .then(|| Hit::new(url.host.clone()))
            },
            fires: &[Example {
                url: Some("http://a.com"),
                ..text("hello")
            }],
            passes: &[Example {
                url: Some("http://a.com"),
                name: Some("Ann"),
                ..text("hello")
            }],
        },
        Rule {
            id: "author/malformed-email",
            summary: "A mail address that is none",
            docs: "Typing errors happen; machines fill anything in.",
            weight: Weight::Argued(crate::domain::LogOdds(0.5)),
            check: |features| {
                features
                    .author
                    .email_malformed
                    .then(|| Hit::new("no @, or no domain behind it"))
            },
            fires: &[Example {
                email: Some("joe.example.com"),
                ..text("hello")
            }],
            passes: &[Example {
                email: Some("joe@example.com"),
                ..text("hello")
            }],
        },
    ],
};
