//! Numbers of a comment, each cut into a few levels.

use crate::features::Features;
use crate::features::characters::MainScript;
use crate::features::lexicon::{Phrases, Topic};

/// A number of a comment, cut into a few levels.
#[derive(Debug)]
pub struct Measure {
    pub name: &'static str,
    /// The highest level there is.
    pub top: u8,
    pub level: fn(&Features) -> u8,
}

const fn measure(name: &'static str, top: u8, level: fn(&Features) -> u8) -> Measure {
    Measure { name, top, level }
}

/// The level of `value` among rising bounds: how many it reaches.
fn step<T: PartialOrd>(value: T, bounds: &[T]) -> u8 {
    bounds.iter().filter(|bound| value >= **bound).count() as u8
}

pub(super) const LENGTH: Measure = measure("length", 6, |f| {
    step(f.shape.chars, &[20, 60, 150, 400, 1_000, 2_500])
});
pub(super) const BRIEF: Measure = measure("length", 3, |f| step(f.shape.chars, &[60, 250, 1_000]));
pub(super) const LINKS: Measure = measure("links", 4, |f| step(f.links.len(), &[1, 2, 4, 10]));
pub(super) const ANY_LINKS: Measure = measure("links", 2, |f| step(f.links.len(), &[1, 3]));
pub(super) const MARKED_LINKS: Measure = measure("marked-up links", 2, |f| {
    let counts = f.markup;
    step(
        counts.html_links + counts.bbcode_links + counts.markdown_links,
        &[1, 2],
    )
});
pub(super) const DIALECTS: Measure = measure("dialects", 3, |f| {
    let counts = f.markup;
    u8::from(counts.html_links > 0)
        + u8::from(counts.bbcode_links > 0)
        + u8::from(counts.markdown_links > 0)
});
pub(super) const URL: Measure = measure("author's URL", 1, |f| u8::from(f.author.url.is_some()));
pub(super) const URL_PATH: Measure = measure("path in the author's URL", 3, |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |url| 1 + step(url.path.len(), &[1, 20]))
});
pub(super) const URL_HYPHENS: Measure = measure("hyphens in the author's host", 3, |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |url| 1 + step(hyphens(&url.host), &[1, 2]))
});
pub(super) const SCRIPT: Measure = measure("script", 5, |f| match f.shape.telling_script() {
    MainScript::None => 0,
    MainScript::Latin => 1,
    MainScript::Cyrillic => 2,
    MainScript::Han | MainScript::Kana => 3,
    MainScript::Hangul => 4,
    _ => 5,
});
pub(super) const PRAISE: Measure = measure("praise", 3, |f| {
    step(f.phrases.count(Topic::Praise), &[1, 2, 4])
});
pub(super) const TRADE_URL: Measure = measure("trade in the author's URL", 2, |f| {
    f.author
        .url
        .as_ref()
        .map_or(0, |_| 1 + u8::from(sells(&f.author.url_phrases)))
});
pub(super) const TRADE_NAME: Measure = measure("trade in the name", 1, |f| {
    u8::from(sells(&f.author.name_phrases))
});
pub(super) const NAME_WORDS: Measure = measure("words in the name", 4, |f| {
    step(f.author.name_words.len(), &[1, 2, 3, 4])
});
pub(super) const NAME_DIGITS: Measure = measure("digits in the name", 2, |f| {
    step(
        f.author.name.chars().filter(char::is_ascii_digit).count(),
        &[1, 3],
    )
});
pub(super) const NAME_CASE: Measure = measure("capitals in the name", 4, |f| {
    let name = &f.author.name_written;
    match name.chars().next() {
        None => 0,
        Some(first) if first.is_uppercase() => {
            1 + u8::from(name.chars().all(|c| !c.is_lowercase()))
        }
        Some(first) if first.is_lowercase() => 3,
        // A script without case, a digit or a sign.
        Some(_) => 4,
    }
});
pub(super) const COMMERCE: Measure = measure("selling words", 4, |f| {
    let words = f.shape.words.max(1) as f64;
    let density = commerce(&f.phrases) as f64 / words.sqrt();
    step(density, &[0.01, 0.25, 0.6, 1.2])
});
pub(super) const QUESTIONS: Measure = measure("questions", 2, |f| step(f.shape.questions, &[1, 2]));
pub(super) const FIRST_PERSON: Measure = measure("first person", 2, |f| {
    step(f.phrases.count(Topic::FirstPerson), &[1, 4])
});
pub(super) const CONVERSATION: Measure = measure("conversation", 2, |f| {
    step(f.phrases.count(Topic::Conversation), &[1, 2])
});
pub(super) const CODE: Measure = measure("code", 2, |f| step(f.markup.code, &[1, 4]));
pub(super) const REPLY: Measure = measure("reply or quote", 1, |f| {
    u8::from(f.context.is_reply || f.markup.quotes > 0 || f.text.visible.first() == Some(&'@'))
});
pub(super) const UPPER: Measure = measure("capitals", 4, |f| {
    step(f.shape.upper_share(), &[0.001, 0.08, 0.3, 0.7])
});
pub(super) const DIGITS: Measure = measure("digits", 3, |f| {
    step(f.shape.digit_share(), &[0.001, 0.03, 0.1])
});
pub(super) const SIGNS: Measure = measure("signs", 4, |f| {
    step(f.shape.sign_share(), &[0.005, 0.03, 0.07, 0.15])
});
pub(super) const DISTINCT: Measure = measure("distinct words", 4, |f| {
    step(f.shape.distinct_share(), &[0.5, 0.65, 0.8, 0.95])
});
pub(super) const TITLE: Measure = measure("words of the title", 2, |f| {
    step(f.context.title_overlap, &[1, 3])
});
pub(super) const LINES: Measure =
    measure("lines", 3, |f| step(f.text.invisible.lines, &[1, 4, 12]));
pub(super) const EXCLAIM: Measure = measure("exclamation marks", 2, |f| {
    step(f.shape.exclamations, &[1, 3])
});
pub(super) const EMAIL_IN_TEXT: Measure = measure("mail address in the text", 1, |f| {
    let chars = &f.text.folded;
    u8::from(
        chars
            .windows(3)
            .any(|w| w[1] == '@' && w[0].is_alphanumeric() && w[2].is_alphanumeric()),
    )
});

/// Hyphens that somebody typed: the `xn--` of an international name is none.
fn hyphens(host: &str) -> usize {
    host.split('.')
        .filter(|label| !label.starts_with("xn--"))
        .map(|label| label.matches('-').count())
        .sum()
}

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
