//! Numbers of a comment, each cut into a few levels.

use crate::features::Features;
use crate::features::lexicon::{Phrases, Topic};
use crate::features::shape::MainScript;

/// A number of a comment, cut into a few levels.
pub struct Measure {
    pub name: &'static str,
    pub level: fn(&Features) -> u8,
}

const fn measure(name: &'static str, level: fn(&Features) -> u8) -> Measure {
    Measure { name, level }
}

/// The level of `value` among rising bounds: how many it reaches.
fn step<T: PartialOrd>(value: T, bounds: &[T]) -> u8 {
    bounds.iter().filter(|bound| value >= **bound).count() as u8
}

pub(super) const LENGTH: Measure = measure("length", |f| {
    step(f.shape.chars, &[20, 60, 150, 400, 1_000, 2_500])
});
pub(super) const BRIEF: Measure = measure("length", |f| step(f.shape.chars, &[60, 250, 1_000]));
pub(super) const LINKS: Measure = measure("links", |f| step(f.links.len(), &[1, 2, 4, 10]));
pub(super) const ANY_LINKS: Measure = measure("links", |f| step(f.links.len(), &[1, 3]));
pub(super) const MARKED_LINKS: Measure = measure("marked-up links", |f| {
    let counts = f.markup;
    step(
        counts.html_links + counts.bbcode_links + counts.markdown_links,
        &[1, 2],
    )
});
pub(super) const DIALECTS: Measure = measure("dialects", |f| {
    let counts = f.markup;
    u8::from(counts.html_links > 0)
        + u8::from(counts.bbcode_links > 0)
        + u8::from(counts.markdown_links > 0)
});
pub(super) const URL: Measure = measure("author's URL", |f| u8::from(f.author.url.is_some()));
pub(super) const URL_PATH: Measure = measure("path in the author's URL", |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |url| 1 + step(url.path.len(), &[1, 20]))
});
pub(super) const URL_HYPHENS: Measure = measure("hyphens in the author's host", |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |url| 1 + step(url.host.matches('-').count(), &[1, 2]))
});
pub(super) const SCRIPT: Measure = measure("script", |f| match f.shape.telling_script() {
    MainScript::None => 0,
    MainScript::Latin => 1,
    MainScript::Cyrillic => 2,
    MainScript::Han | MainScript::Kana => 3,
    MainScript::Hangul => 4,
    _ => 5,
});
pub(super) const PRAISE: Measure = measure("praise", |f| {
    step(f.phrases.count(Topic::Praise), &[1, 2, 4])
});
pub(super) const TRADE_URL: Measure = measure("trade in the author's URL", |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |_| 1 + u8::from(sells(&f.author.url_phrases)))
});
pub(super) const TRADE_NAME: Measure = measure("trade in the name", |f| {
    u8::from(sells(&f.author.name_phrases))
});
pub(super) const NAME_WORDS: Measure = measure("words in the name", |f| {
    step(f.author.name_words.len(), &[1, 2, 3, 4])
});
pub(super) const NAME_DIGITS: Measure = measure("digits in the name", |f| {
    step(
        f.author.name.chars().filter(char::is_ascii_digit).count(),
        &[1, 3],
    )
});
pub(super) const NAME_CASE: Measure = measure("capitals in the name", |f| {
    let name = &f.author.name_written;
    match name.chars().next() {
        None => 0,
        Some(first) if first.is_uppercase() => {
            1 + u8::from(name.chars().all(|c| !c.is_lowercase()))
        }
        Some(_) => 3,
    }
});
pub(super) const COMMERCE: Measure = measure("selling words", |f| {
    let words = f.shape.words.max(1) as f64;
    let density = commerce(&f.phrases) as f64 / words.sqrt();
    step(density, &[0.01, 0.25, 0.6, 1.2])
});
pub(super) const QUESTIONS: Measure = measure("questions", |f| step(f.shape.questions, &[1, 2]));
pub(super) const FIRST_PERSON: Measure = measure("first person", |f| {
    step(f.phrases.count(Topic::FirstPerson), &[1, 4])
});
pub(super) const CONVERSATION: Measure = measure("conversation", |f| {
    step(f.phrases.count(Topic::Conversation), &[1, 2])
});
pub(super) const CODE: Measure = measure("code", |f| step(f.markup.code, &[1, 4]));
pub(super) const REPLY: Measure = measure("reply or quote", |f| {
    u8::from(f.context.is_reply || f.markup.quotes > 0 || f.text.visible.first() == Some(&'@'))
});
pub(super) const UPPER: Measure = measure("capitals", |f| {
    step(f.shape.upper_share(), &[0.001, 0.08, 0.3, 0.7])
});
pub(super) const DIGITS: Measure = measure("digits", |f| {
    step(f.shape.digit_share(), &[0.001, 0.03, 0.1])
});
pub(super) const SIGNS: Measure = measure("signs", |f| {
    step(f.shape.sign_share(), &[0.005, 0.03, 0.07, 0.15])
});
pub(super) const DISTINCT: Measure = measure("distinct words", |f| {
    step(f.shape.distinct_share(), &[0.5, 0.65, 0.8, 0.95])
});
pub(super) const TITLE: Measure = measure("words of the title", |f| {
    step(f.context.title_overlap, &[1, 3])
});
pub(super) const LINES: Measure = measure("lines", |f| step(f.text.invisible.lines, &[1, 4, 12]));
pub(super) const EXCLAIM: Measure =
    measure("exclamation marks", |f| step(f.shape.exclamations, &[1, 3]));
pub(super) const EMAIL_IN_TEXT: Measure = measure("mail address in the text", |f| {
    let chars = &f.text.folded;
    u8::from(
        chars
            .windows(3)
            .any(|w| w[1] == '@' && w[0].is_alphanumeric() && w[2].is_alphanumeric()),
    )
});

/// Words that sell something, of any topic.
fn commerce(phrases: &Phrases) -> usize {
    [
        Topic::Pharmacy,
        Topic::Gambling,
        Topic::Adult,
        Topic::Loans,
        Topic::Crypto,
        Topic::Seo,
        Topic::Essays,
        Topic::Replicas,
        Topic::Testimony,
        Topic::Contact,
        Topic::Jobs,
        Topic::Downloads,
        Topic::CallToAction,
    ]
    .into_iter()
    .map(|topic| phrases.count(topic))
    .sum()
}

fn sells(phrases: &Phrases) -> bool {
    commerce(phrases) + phrases.count(Topic::Trades) > 0
}
