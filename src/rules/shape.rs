//! The form of the text.

use super::families::Family;
use super::rule::{Hit, Rule, Weight, text};
use crate::features::characters::MainScript;
use crate::features::words::WordKind;

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
        Rule {
            id: "shape/many-emoji",
            summary: "Many emoji",
            docs: "Emoji draw the eye to an offer. Happy people use them by the row as well.",
            weight: Weight::Fitted,
            check: |features| {
                let emoji = features.shape.emoji;
                (emoji >= 4).then(|| {
                    Hit::new(format!("{emoji} emoji")).level(if emoji >= 10 { 2 } else { 1 })
                })
            },
            fires: &[text("🎰🎰🎰🎰 win")],
            passes: &[text("so happy 🎉🎉")],
        },
        Rule {
            id: "shape/pointers",
            summary: "Signs that point",
            docs: "Hands and arrows point to the link. Menus and steps are written with arrows too.",
            weight: Weight::Fitted,
            check: |features| {
                let pointers = features
                    .text
                    .visible
                    .iter()
                    .filter(|c| {
                        matches!(
                            c,
                            '👉' | '👇'
                                | '👈'
                                | '➡'
                                | '➜'
                                | '➤'
                                | '►'
                                | '▶'
                                | '⬇'
                                | '⬅'
                                | '☞'
                                | '✅'
                                | '✔'
                                | '★'
                                | '⭐'
                        )
                    })
                    .count();
                (pointers > 0).then(|| {
                    Hit::new(format!("{pointers} signs")).level(if pointers >= 3 { 2 } else { 1 })
                })
            },
            fires: &[text("👉 my page 👈")],
            passes: &[text("File → Save, x > y")],
        },
        Rule {
            id: "shape/title-case",
            summary: "Every word with a capital",
            docs: "Headlines and names of shops are written so. German has many capitals, and not on every word.",
            weight: Weight::Fitted,
            check: |features| {
                let words: Vec<&[char]> = features
                    .words
                    .iter()
                    .filter(|word| word.kind == WordKind::Letters)
                    .map(|word| &features.text.visible[word.range()])
                    .filter(|letters| letters[0].is_alphabetic())
                    .collect();
                let capitals = words
                    .iter()
                    .filter(|word| {
                        word[0].is_uppercase() && word[1..].iter().any(|c| c.is_lowercase())
                    })
                    .count();
                (words.len() >= 6 && capitals * 10 >= words.len() * 8)
                    .then(|| Hit::new(format!("{capitals} of {} words", words.len())))
            },
            fires: &[text("Best Online Shoes For You And Me")],
            passes: &[text("Der Hund und die Katze im Haus am See")],
        },
        Rule {
            id: "shape/lower-case",
            summary: "No capital at all",
            docs: "Sixty letters and more without one. Many people never type them; texts from machines mostly have them.",
            weight: Weight::Fitted,
            check: |features| {
                let shape = &features.shape;
                (shape.letters >= 60
                    && shape.upper == 0
                    && shape.main_script() == MainScript::Latin)
                    .then(|| Hit::new("lower case only"))
            },
            fires: &[text(
                "i think that the second chart is wrong, since it starts at forty and not at zero",
            )],
            passes: &[text(
                "I think that the second chart is wrong, since it starts at forty and not at zero",
            )],
        },
        Rule {
            id: "shape/no-marks",
            summary: "Many words and no mark",
            docs: "Twenty words without a point or comma. Teenagers write so, and lists of key words.",
            weight: Weight::Fitted,
            check: |features| {
                let marks = features.text.visible.iter().any(|c| {
                    matches!(
                        c,
                        '.' | ',' | '!' | '?' | ';' | ':' | '。' | '，' | '、' | '؟' | '،'
                    )
                });
                (features.shape.words >= 20 && !marks).then(|| Hit::new("no punctuation"))
            },
            fires: &[text(
                "one two three four five six seven eight nine ten one two three four five six seven eight nine ten",
            )],
            passes: &[text("one, two")],
        },
    ],
};
