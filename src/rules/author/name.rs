//! What the author calls themselves.

use crate::features::characters::MainScript;
use crate::features::words::WordKind;
use crate::rules::rule::{Example, Hit, Rule, Weight, text};

pub(super) const ROWS: &[Rule] = &[
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
            (words >= 5)
                .then(|| Hit::new(format!("{words} words")).level(if words >= 8 { 2 } else { 1 }))
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
        docs: "Machines mix lists of names and texts. People abroad do it honestly. A Latin name over Chinese, Japanese or Korean text is left out: that is how people sign there.",
        weight: Weight::Fitted,
        check: |features| {
            let script = |c: char| Some(MainScript::of(c)).filter(|s| *s != MainScript::None);
            let name = features.author.name.chars().find_map(script)?;
            let of_text = features.shape.telling_script();
            let customary =
                matches!(
                    of_text,
                    MainScript::Han | MainScript::Kana | MainScript::Hangul
                ) && matches!(name, MainScript::Latin | MainScript::Han | MainScript::Kana);
            let foreign = of_text != MainScript::None && name != of_text && !customary;
            (foreign && features.shape.letters >= 20)
                .then(|| Hit::new(format!("{} name, {} text", name.as_str(), of_text.as_str())))
        },
        fires: &[Example {
            name: Some("카지노사이트"),
            ..text("I really enjoyed reading this page today")
        }],
        passes: &[
            Example {
                name: Some("Νίκος"),
                ..text("Πολύ ωραίο άρθρο, ευχαριστώ για όλα")
            },
            Example {
                name: Some("Haru"),
                ..text("この記事のおかげでサーバーの設定ができました。")
            },
        ],
    },
    Rule {
        id: "author/name-is-host",
        summary: "The site's host as the name",
        docs: "People whose domain is their name sign so, and are honest more often than not. A business signs with its domain, too.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            let label = url
                .domain
                .split('.')
                .next()
                .unwrap_or_default()
                .replace('-', "");
            let name = features.author.name_words.concat();
            (name.len() >= 6 && name == label).then(|| Hit::new(url.domain.clone()))
        },
        fires: &[Example {
            name: Some("Leeds Plumbers"),
            url: Some("http://leeds-plumbers.com"),
            ..text("hello")
        }],
        passes: &[Example {
            name: Some("Ann"),
            url: Some("http://leeds-plumbers.com"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/name-in-path",
        summary: "The name once more in the address",
        docs: "A key phrase as the name and as the page. Some people's pages bear their name.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            let words = &features.author.name_words;
            (words.len() >= 2 && words.iter().all(|word| url.path.contains(word.as_str())))
                .then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            name: Some("Cheap Shoes"),
            url: Some("http://a.com/cheap-shoes-online"),
            ..text("hello")
        }],
        passes: &[Example {
            name: Some("Ann Lee"),
            url: Some("http://a.com/lee"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/run-together-name",
        summary: "Two names run together",
        docs: "Tools make names such as Thomaskeedy or ViktorAbuck. Nicknames and some families write an inner capital.",
        weight: Weight::Fitted,
        check: |features| {
            let name: Vec<char> = features.author.name_written.trim().chars().collect();
            let inner = name
                .windows(2)
                .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
                .count();
            let whole = name.len() >= 7 && name.iter().all(char::is_ascii_alphabetic);
            let family = ["Mc", "Mac", "De", "La", "Van"]
                .iter()
                .any(|start| features.author.name_written.trim().starts_with(start));
            (whole && name[0].is_ascii_uppercase() && inner == 1 && !family)
                .then(|| Hit::new(features.author.name_written.clone()))
        },
        fires: &[Example {
            name: Some("ViktorAbuck"),
            ..text("hello")
        }],
        passes: &[
            Example {
                name: Some("McDonald"),
                ..text("hello")
            },
            Example {
                name: Some("Viktor Abuck"),
                ..text("hello")
            },
        ],
    },
    Rule {
        id: "author/signed",
        summary: "The name under the text",
        docs: "People who end with their name speak for themselves: more ham than spam has it. Key phrases as names end texts too.",
        weight: Weight::Fitted,
        check: |features| {
            let name = &features.author.name_words;
            let mut last = features
                .words
                .iter()
                .rev()
                .filter(|word| word.kind != WordKind::Sign)
                .map(|word| &features.text.folded[word.range()]);
            let signed = name.iter().rev().all(|part| {
                last.next()
                    .is_some_and(|word| part.chars().eq(word.iter().copied()))
            });
            (!name.is_empty() && signed && features.shape.words > name.len() + 3)
                .then(|| Hit::new(features.author.name_written.clone()))
        },
        fires: &[Example {
            name: Some("Ann"),
            ..text("The second chart is wrong, see above. Ann")
        }],
        passes: &[Example {
            name: Some("Ann"),
            ..text("Ann is a name, and the second chart is wrong")
        }],
    },
];
