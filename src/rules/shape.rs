//! The form of the text.

use super::families::Family;
use super::rule::{Hit, Rule, Weight, text};

/// Three thousand letters.
const LONG: &str = match std::str::from_utf8(&[b'x'; 3_000]) {
    Ok(text) => text,
    Err(_) => "",
};

pub static FAMILY: Family = Family {
    name: "shape",
    summary: "The form of the text.",
    rules: &[
        Rule {
            id: "shape/all-capitals",
            summary: "Nothing but capitals",
            docs: "Shouting sells. Old keyboards and poems shout as well.",
            weight: Weight::Fitted,
            check: |features| {
                (features.shape.letters > 15 && features.shape.upper_share() > 0.8)
                    .then(|| Hit::new("capitals only"))
            },
            fires: &[text("BUY NOW WHILE IT LASTS")],
            passes: &[text("I like NASA and the ESA")],
        },
        Rule {
            id: "shape/repeated-character",
            summary: "One character over and over",
            docs: "Eight and more of the same in a row.",
            weight: Weight::Fitted,
            check: |features| {
                let run = features.shape.longest_run;
                (run >= 8).then(|| Hit::new(format!("{run} in a row")))
            },
            fires: &[text("looook!!!!!!!!!!")],
            passes: &[text("Sooo good!!!")],
        },
        Rule {
            id: "shape/repeated-words",
            summary: "The same words over and over",
            docs: "Key words are repeated for search engines. Songs repeat as well.",
            weight: Weight::Fitted,
            check: |features| {
                (features.shape.words >= 20 && features.shape.distinct_share() < 0.4).then(|| {
                    Hit::new(format!(
                        "{} distinct of {} words",
                        features.shape.distinct_words, features.shape.words
                    ))
                })
            },
            fires: &[text(
                "buy shoes buy shoes buy shoes buy shoes buy shoes buy shoes buy shoes buy shoes buy shoes buy shoes",
            )],
            passes: &[text("buy shoes")],
        },
        Rule {
            id: "shape/no-words",
            summary: "No words at all",
            docs: "Emoji, signs or digits only. Friends answer so.",
            weight: Weight::Fitted,
            check: |features| (features.shape.letters == 0).then(|| Hit::new("no letters")),
            fires: &[text("👍👍")],
            passes: &[text("ok 👍")],
        },
        Rule {
            id: "shape/very-short",
            summary: "A few letters",
            docs: "Tests of a form are short. So are thanks.",
            weight: Weight::Fitted,
            check: |features| {
                (features.shape.chars < 12)
                    .then(|| Hit::new(format!("{} characters", features.shape.chars)))
            },
            fires: &[text("Thanks!")],
            passes: &[text("Thanks, that worked for me")],
        },
        Rule {
            id: "shape/very-long",
            summary: "A very long text",
            docs: "Three thousand characters and more: copied prose. Some readers write letters.",
            weight: Weight::Fitted,
            check: |features| {
                (features.shape.chars >= 3_000)
                    .then(|| Hit::new(format!("{} characters", features.shape.chars)))
            },
            fires: &[text(LONG)],
            passes: &[text("short")],
        },
        Rule {
            id: "shape/gibberish",
            summary: "Letters without sense",
            docs: "Machines test forms with random letters. Abbreviations have no vowels either, and are shorter.",
            weight: Weight::Fitted,
            check: |features| {
                let word = features.words.iter().find(|word| {
                    let letters = &features.text.folded[word.range()];
                    letters.len() >= 9
                        && letters.iter().all(char::is_ascii_lowercase)
                        && !letters.iter().any(|c| "aeiouy".contains(*c))
                })?;
                Some(Hit::new(
                    features.text.visible[word.range()]
                        .iter()
                        .collect::<String>(),
                ))
            },
            fires: &[text("xkqzrtplmw")],
            passes: &[text("rhythm and html")],
        },
    ],
};
