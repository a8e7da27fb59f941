//! Single details of what is said.

use crate::features::Features;
use crate::features::lexicon::Topic;
use crate::rules::rule::{Example, Hit, Rule, Weight, text};

pub(super) const ROWS: &[Rule] = &[
    Rule {
        id: "wording/empty-praise",
        summary: "Praise without a word of the title",
        docs: "Praise that shows no sign of having read the post. Short honest thanks look alike.",
        weight: Weight::Fitted,
        check: |features| {
            let praises = features.phrases.count(Topic::Praise) > 0;
            let asked = !features.context.title_words.is_empty();
            (praises && asked && features.context.title_overlap == 0)
                .then(|| Hit::new("praise, and nothing of the title"))
        },
        fires: &[Example {
            title: Some("Growing tomatoes indoors"),
            ..text("Great post")
        }],
        passes: &[Example {
            title: Some("Growing tomatoes indoors"),
            ..text("Great post, my tomatoes thrive")
        }],
    },
    Rule {
        id: "wording/spun",
        summary: "A template that was not filled in",
        docs: "Spinning software writes {one|of|many} words; the braces are left where it failed. Shell code has braces too, rarely with bars.",
        weight: Weight::Fitted,
        check: spun,
        fires: &[text("{Hello|Hi} {there|dear}, nice page")],
        passes: &[text("cp {a,b} /tmp | sort")],
    },
    Rule {
        id: "wording/phone-number",
        summary: "A phone number",
        docs: "Support frauds and services leave numbers. Error codes and versions are shorter.",
        weight: Weight::Fitted,
        check: phone_number,
        fires: &[text("Call +1 800 555 0199 now")],
        passes: &[text("Error 0x80070005 on version 10.2.3")],
    },
    Rule {
        id: "wording/money",
        summary: "An amount of money",
        docs: "Prices and winnings. Finance blogs are full of them.",
        weight: Weight::Fitted,
        check: |features| {
            let chars = &features.text.visible;
            let sums = chars
                .windows(2)
                .filter(|w| matches!(w[0], '$' | '€' | '£') && w[1].is_ascii_digit())
                .count();
            (sums > 0).then(|| Hit::new(format!("{sums} amounts")).level(sums.min(3) as u8))
        },
        fires: &[text("I won $5,000")],
        passes: &[text("the variable $x5 is unset")],
    },
];

fn spun(features: &Features) -> Option<Hit> {
    let mut choices = 0;
    let (mut open, mut bar) = (false, false);
    for &character in &features.text.folded {
        match character {
            '{' => (open, bar) = (true, false),
            '|' if open => bar = true,
            '}' => {
                choices += u8::from(open && bar);
                open = false;
            }
            ';' | '=' => open = false,
            _ => {}
        }
    }
    (choices > 0).then(|| Hit::new(format!("{choices} choices in braces")).level(choices.min(3)))
}

fn phone_number(features: &Features) -> Option<Hit> {
    let (mut digits, mut groups, mut longest) = (0, 0, 0);
    let mut previous = ' ';
    for &character in features.text.folded.iter().chain(&['\n']) {
        if character.is_ascii_digit() {
            groups += u8::from(!previous.is_ascii_digit());
            digits += 1;
        } else if !matches!(character, ' ' | '-' | '(' | ')' | '+' | '/') || previous == character {
            if groups >= 3 || digits >= 11 {
                longest = longest.max(digits);
            }
            (digits, groups) = (0, 0);
        }
        previous = character;
    }
    (9..=15)
        .contains(&longest)
        .then(|| Hit::new(format!("{longest} digits in groups")))
}
