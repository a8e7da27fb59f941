//! Which tokens each part of a comment gives.

use unicode_security::confusable_detection::skeleton;

use super::{Collector, Kind, Part};
use crate::features::Features;
use crate::features::characters::{Class, MainScript};
use crate::features::links::Link;
use crate::features::shape::mixes_scripts;
use crate::features::spelling::Spelling;
use crate::features::words::{SPELLED, WordKind};

pub(super) fn words(features: &Features, out: &mut Collector) {
    let token = |spelling: Spelling| Kind::Words.spell().number(spelling.value());
    for (index, word) in features.words.iter().enumerate() {
        let part = Part::Word(index as u32);
        out.add(Kind::Words, token(word.spelling), part);
        // What the eye reads, beside what is written; never instead of it.
        let chars = &features.text.folded[word.range()];
        if word.kind == WordKind::Letters && mixes_scripts(chars) {
            let letters: String = chars.iter().collect();
            let seen = skeleton(&letters).fold(SPELLED, Spelling::char);
            out.add(Kind::Words, token(seen), part);
        }
    }
}

pub(super) fn pairs(features: &Features, out: &mut Collector) {
    const START: u64 = 1;
    const END: u64 = 2;
    let mut previous = START;
    let spell = |previous, next| Kind::Pairs.spell().number(previous).number(next);
    for (index, word) in features.words.iter().enumerate() {
        let next = word.spelling.value();
        out.add(Kind::Pairs, spell(previous, next), Part::Pair(index as u32));
        previous = next;
    }
    if let Some(last) = features.words.len().checked_sub(1) {
        out.add(Kind::Pairs, spell(previous, END), Part::Pair(last as u32));
    }
}

/// Character runs are taken from this many characters.
pub(super) const RUN_CHARS: usize = 2_000;

pub(super) fn runs(features: &Features, out: &mut Collector) {
    let folded = &features.text.folded;
    let chars = &folded[..folded.len().min(RUN_CHARS)];
    let mut word = 0;
    let last = features.words.len().saturating_sub(1);
    for start in 0..chars.len().saturating_sub(2) {
        while word < last && features.words[word].end as usize <= start {
            word += 1;
        }
        let part = Part::Word(word as u32);
        let mut run = Kind::Runs.spell().char(chars[start]).char(chars[start + 1]);
        for next in &chars[start + 2..chars.len().min(start + 5)] {
            run = run.char(*next);
            out.add(Kind::Runs, run, part);
        }
    }
}

pub(super) fn links(features: &Features, out: &mut Collector) {
    if features.links.is_empty() {
        out.add(Kind::Links, NONE.of(Kind::Links), Part::NoLinks);
    }
    for (index, link) in features.links.iter().enumerate() {
        let part = Part::Link(index as u32);
        link_tokens(link, Kind::Links, part, out);
        for word in words_of(link.anchor.as_deref().unwrap_or_default(), 1) {
            out.add(Kind::Links, ANCHOR.of(Kind::Links).text(word), part);
        }
    }
}

pub(super) fn author_url(features: &Features, out: &mut Collector) {
    match &features.author.url {
        None => out.add(Kind::Url, NONE.of(Kind::Url), Part::Url),
        Some(url) => link_tokens(url, Kind::Url, Part::Url, out),
    }
}

/// What a token of links, names or shapes is about.
struct About(char);

impl About {
    fn of(self, kind: Kind) -> Spelling {
        kind.spell().char(self.0)
    }
}

const NONE: About = About('-');
const ANCHOR: About = About('a');
const HOST: About = About('h');
const DOMAIN: About = About('d');
const TLD: About = About('t');
const PATH: About = About('p');
const LABEL: About = About('l');
const WORD: About = About('w');
const COUNT: About = About('n');
const RUN: About = About('r');
const SHAPE: About = About('s');
const FIRST: About = About('f');
const LAST: About = About('e');

/// Reserved for documentation (RFC 2606): nobody's host, so it says nothing.
const RESERVED: [&str; 4] = ["example", "test", "invalid", "localhost"];

fn link_tokens(link: &Link, kind: Kind, part: Part, out: &mut Collector) {
    let mut add = |token| out.add(kind, token, part);
    if !RESERVED.contains(&link.tld.as_str()) {
        add(HOST.of(kind).text(&link.host));
        add(DOMAIN.of(kind).text(&link.domain));
        add(TLD.of(kind).text(&link.tld));
    }
    for word in words_of(&link.path, 3) {
        add(PATH.of(kind).text(word));
    }
    let label = link.domain.split('.').next().unwrap_or_default();
    marked_runs(label.chars(), 4, |run| add(LABEL.of(kind).chars(run)));
}

/// Words of letters and digits, of this many characters and more.
fn words_of(text: &str, shortest: usize) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(move |word| word.chars().count() >= shortest)
}

/// Runs of `length` characters, with a mark before the first and after the last.
fn marked_runs(chars: impl Iterator<Item = char>, length: usize, mut add: impl FnMut(&[char])) {
    let marked: Vec<char> = std::iter::once('^').chain(chars).chain(['$']).collect();
    for run in marked.windows(length) {
        add(run);
    }
}

pub(super) fn name(features: &Features, out: &mut Collector) {
    let author = &features.author;
    let mut add = |token| out.add(Kind::Name, token, Part::Name);
    for word in &author.name_words {
        add(WORD.of(Kind::Name).text(word));
    }
    let count = author.name_words.len().min(5);
    add(COUNT.of(Kind::Name).number(count as u64));
    marked_runs(author.name.chars().take(60), 3, |run| {
        add(RUN.of(Kind::Name).chars(run));
    });
    let written = author.name_written.chars();
    add(shape_of(written, 12, SHAPE.of(Kind::Name)));
}

pub(super) fn shape(features: &Features, out: &mut Collector) {
    let visible = &features.text.visible;
    let mut add = |token| out.add(Kind::Shape, token, Part::Shape);
    let shape = |about: About, chars: &[char], longest| {
        shape_of(chars.iter().copied(), longest, about.of(Kind::Shape))
    };
    for word in &features.words {
        add(shape(WORD, &visible[word.range()], 8));
    }
    let length = visible.len().max(1).ilog2();
    add(COUNT.of(Kind::Shape).number(length.into()));
    add(shape(FIRST, &visible[..visible.len().min(12)], 12));
    add(shape(LAST, &visible[visible.len().saturating_sub(8)..], 8));
}

/// Letters as their case or script, digits as `d`, repeats folded.
fn shape_of(chars: impl Iterator<Item = char>, longest: usize, mut shape: Spelling) -> Spelling {
    let mut previous = None;
    let mut length = 0;
    for character in chars {
        let class = class_of(character);
        if previous != Some(class) {
            if length == longest {
                break;
            }
            shape = shape.char(class);
            length += 1;
            previous = Some(class);
        }
    }
    shape
}

fn class_of(character: char) -> char {
    let class = Class::of(character);
    if class.is_digit() {
        'd'
    } else if class.is_letter() {
        match class.script() {
            MainScript::Latin if class.is_upper() => 'A',
            MainScript::Latin => 'a',
            MainScript::Cyrillic => 'r',
            _ => 'z',
        }
    } else {
        character
    }
}
