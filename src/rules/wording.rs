//! What the words are about, and how they are put.

use super::families::Family;
use super::place::phrase;
use super::rule::{Example, Hit, Rule, Weight, text};
use crate::features::Features;
use crate::features::lexicon::Topic;

/// A rule that counts a topic's phrases: 1, 2, and 4 or more.
macro_rules! topic {
    ($id:literal, $topic:ident, $summary:literal, $docs:literal, $fires:literal, $passes:literal) => {
        Rule {
            id: $id,
            summary: $summary,
            docs: $docs,
            weight: Weight::Fitted,
            check: |features| phrases(features, Topic::$topic),
            fires: &[text($fires)],
            passes: &[text($passes)],
        }
    };
}

pub static FAMILY: Family = Family {
    name: "wording",
    summary: "What the words are about, and how they are put.",
    rules: &[
        topic!(
            "wording/pharmacy",
            Pharmacy,
            "Words of pharmacies",
            "Medicines that spam sells. A pharmacist or a patient writes them too, so it never stands alone.",
            "Buy cialis and viagra cheap",
            "The pharmacy on our street closed"
        ),
        topic!(
            "wording/gambling",
            Gambling,
            "Words of gambling",
            "Casinos and betting pay for links. An architect of casinos is honest.",
            "Best online casino bonus",
            "We gambled on the weather and lost"
        ),
        topic!(
            "wording/adult",
            Adult,
            "Words of escort and sex sites",
            "Explicit services pay for links.",
            "sex dating in your town",
            "My girlfriend liked the article"
        ),
        topic!(
            "wording/loans",
            Loans,
            "Words of lenders",
            "Loans are offered in comments that look like testimonies. People in debt write of them too.",
            "Get a payday loan today",
            "I lent him my book"
        ),
        topic!(
            "wording/crypto",
            Crypto,
            "Words of crypto trading",
            "Trading platforms and recovery frauds. Sceptics use the same words.",
            "I doubled my bitcoin with this broker",
            "We trade recipes every week"
        ),
        topic!(
            "wording/seo",
            Seo,
            "Words of search engine optimisers",
            "Links and ranks are the trade of those who spam. Webmasters talk shop as well.",
            "Buy backlinks for your website",
            "The page loads slowly on my phone"
        ),
        topic!(
            "wording/essays",
            Essays,
            "Words of essay writers",
            "Essay mills buy links on blogs of students and teachers.",
            "Our essay writing service helps",
            "I wrote about it at school"
        ),
        topic!(
            "wording/replicas",
            Replicas,
            "Words of replica shops",
            "Copies of brands are sold through comments.",
            "cheap replica watches",
            "I watched the film twice"
        ),
        topic!(
            "wording/testimony",
            Testimony,
            "Words of healers and spell casters",
            "Testimonies of wonders carry a mail address or a phone number.",
            "a spell caster brought him back",
            "He casts a long shadow"
        ),
        topic!(
            "wording/contact",
            Contact,
            "An invitation to messengers",
            "Frauds lead people away from the page. Friends exchange numbers too.",
            "write me on whatsapp",
            "write me a letter"
        ),
        topic!(
            "wording/jobs",
            Jobs,
            "Promises of easy work",
            "Work from home is a lure. Remote workers speak of it honestly.",
            "earn money online",
            "I worked on it all night"
        ),
        topic!(
            "wording/downloads",
            Downloads,
            "Downloads and streams",
            "Films, cracks and streams for nothing are bait.",
            "watch online for nothing",
            "I watched it in the cinema"
        ),
        topic!(
            "wording/trades",
            Trades,
            "Local trades",
            "Plumbers and movers have links bought for them. Real ones answer questions.",
            "the best plumber in Leeds",
            "we read it together"
        ),
        topic!(
            "wording/call-to-action",
            CallToAction,
            "A call to click or to visit",
            "Readers are told what to do. Honest people point to their pages as well.",
            "click here",
            "I clicked on the second tab"
        ),
        topic!(
            "wording/praise",
            Praise,
            "Praise that fits any post",
            "Flattery buys the moderator's mercy. Happy readers praise as well, so its company counts.",
            "Great post",
            "The second chart is wrong"
        ),
        topic!(
            "wording/conversation",
            Conversation,
            "Words between people",
            "Answers, thanks and disagreement belong to a conversation.",
            "Same problem here",
            "Cheap shoes for sale"
        ),
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
    ],
};

fn phrases(features: &Features, topic: Topic) -> Option<Hit> {
    let count = features.phrases.count(topic);
    let level = match count {
        0 => return None,
        1 => 1,
        2..=3 => 2,
        _ => 3,
    };
    let (seen, span) = phrase(features, topic)?;
    let seen = if count == 1 {
        format!("“{seen}”")
    } else {
        format!("“{seen}” and {} more", count - 1)
    };
    Some(Hit::new(seen).level(level).at(span))
}

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
