//! Which tokens each part of a comment gives.

use unicode_security::confusable_detection::skeleton;

use super::{Collector, Kind, Part};
use crate::features::Features;
use crate::features::links::Link;
use crate::features::shape::{MainScript, mixes_scripts};
use crate::features::words::WordKind;

pub(super) fn words(features: &Features, out: &mut Collector) {
    let mut letters = String::new();
    for (index, word) in features.words.iter().enumerate() {
        let chars = &features.text.folded[word.range()];
        letters.clear();
        letters.extend(chars);
        let part = Part::Word(index as u32);
        out.add(Kind::Words, letters.as_bytes(), part);
        // What the eye reads, beside what is written; never instead of it.
        if word.kind == WordKind::Letters && mixes_scripts(chars) {
            let seen: String = skeleton(&letters).collect();
            out.add(Kind::Words, seen.as_bytes(), part);
        }
    }
}

pub(super) fn pairs(features: &Features, out: &mut Collector) {
    let mut pair = String::new();
    let mut previous: &[char] = &['\u{2}'];
    for (index, word) in features.words.iter().enumerate() {
        let chars = &features.text.folded[word.range()];
        pair.clear();
        pair.extend(previous);
        pair.push(' ');
        pair.extend(chars);
        out.add(Kind::Pairs, pair.as_bytes(), Part::Pair(index as u32));
        previous = chars;
    }
    if !features.words.is_empty() {
        pair.clear();
        pair.extend(previous);
        pair.push_str(" \u{3}");
        let last = features.words.len() - 1;
        out.add(Kind::Pairs, pair.as_bytes(), Part::Pair(last as u32));
    }
}

/// Character runs are taken from this many characters.
const RUN_CHARS: usize = 2_000;

pub(super) fn runs(features: &Features, out: &mut Collector) {
    let folded = &features.text.folded;
    let chars = &folded[..folded.len().min(RUN_CHARS)];
    let mut text = String::with_capacity(chars.len() * 2);
    let mut at = Vec::with_capacity(chars.len() + 1);
    for &character in chars {
        at.push(text.len());
        text.push(character);
    }
    at.push(text.len());
    let mut word = 0;
    let last = features.words.len().saturating_sub(1);
    for start in 0..chars.len() {
        while word < last && features.words[word].end as usize <= start {
            word += 1;
        }
        for length in 3..=5 {
            let Some(&end) = at.get(start + length) else {
                break;
            };
            let run = &text.as_bytes()[at[start]..end];
            out.add(Kind::Runs, run, Part::Word(word as u32));
        }
    }
}

pub(super) fn links(features: &Features, out: &mut Collector) {
    if features.links.is_empty() {
        out.add(Kind::Links, b"none", Part::NoLinks);
    }
    for (index, link) in features.links.iter().enumerate() {
        let part = Part::Link(index as u32);
        link_tokens(link, &mut |token| {
            out.add(Kind::Links, token.as_bytes(), part)
        });
        if let Some(anchor) = &link.anchor {
            for word in anchor
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
            {
                out.add(Kind::Links, format!("anchor {word}").as_bytes(), part);
            }
        }
    }
}

pub(super) fn author_url(features: &Features, out: &mut Collector) {
    match &features.author.url {
        None => out.add(Kind::Url, b"none", Part::Url),
        Some(url) => {
            link_tokens(url, &mut |token| {
                out.add(Kind::Url, token.as_bytes(), Part::Url)
            });
        }
    }
}

/// Reserved for documentation (RFC 2606): nobody's host, so it says nothing.
const RESERVED: [&str; 4] = ["example", "test", "invalid", "localhost"];

fn link_tokens(link: &Link, add: &mut impl FnMut(&str)) {
    let reserved = RESERVED.contains(&link.tld.as_str());
    if !reserved {
        add(&format!("host {}", link.host));
        add(&format!("domain {}", link.domain));
        add(&format!("tld {}", link.tld));
    }
    for word in link
        .path
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 3)
    {
        add(&format!("path {word}"));
    }
    let label = link.domain.split('.').next().unwrap_or_default();
    let label: Vec<char> = format!("^{label}$").chars().collect();
    for run in label.windows(4) {
        let run: String = run.iter().collect();
        add(&format!("label {run}"));
    }
}

pub(super) fn name(features: &Features, out: &mut Collector) {
    let author = &features.author;
    for word in &author.name_words {
        out.add(Kind::Name, format!("word {word}").as_bytes(), Part::Name);
    }
    let count = author.name_words.len().min(5);
    out.add(Kind::Name, format!("words {count}").as_bytes(), Part::Name);
    let marked: Vec<char> = format!("^{}$", author.name).chars().take(60).collect();
    for run in marked.windows(3) {
        let run: String = run.iter().collect();
        out.add(Kind::Name, format!("run {run}").as_bytes(), Part::Name);
    }
    let shape = shape_of(author.name_written.chars(), 12);
    out.add(Kind::Name, format!("shape {shape}").as_bytes(), Part::Name);
}

pub(super) fn shape(features: &Features, out: &mut Collector) {
    let visible = &features.text.visible;
    for word in &features.words {
        let shape = shape_of(visible[word.range()].iter().copied(), 8);
        out.add(Kind::Shape, format!("word {shape}").as_bytes(), Part::Shape);
    }
    let length = visible.len().max(1).ilog2();
    out.add(
        Kind::Shape,
        format!("length {length}").as_bytes(),
        Part::Shape,
    );
    let first = shape_of(visible.iter().take(12).copied(), 12);
    out.add(
        Kind::Shape,
        format!("first {first}").as_bytes(),
        Part::Shape,
    );
    let last = shape_of(
        visible[visible.len().saturating_sub(8)..].iter().copied(),
        8,
    );
    out.add(Kind::Shape, format!("last {last}").as_bytes(), Part::Shape);
}

/// Letters as their case or script, digits as `d`, repeats folded.
fn shape_of(chars: impl Iterator<Item = char>, longest: usize) -> String {
    let mut shape = String::new();
    let mut previous = None;
    for character in chars {
        let class = if character.is_numeric() {
            'd'
        } else if character.is_alphabetic() {
            match MainScript::of(character) {
                MainScript::Latin if character.is_uppercase() => 'A',
                MainScript::Latin => 'a',
                MainScript::Cyrillic => 'r',
                _ => 'z',
            }
        } else {
            character
        };
        if previous != Some(class) {
            if shape.chars().count() == longest {
                break;
            }
            shape.push(class);
            previous = Some(class);
        }
    }
    shape
}
