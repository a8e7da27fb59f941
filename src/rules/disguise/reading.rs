//! Words that sell once a reader has undone their disguise.

use unicode_security::confusable_detection::skeleton;

use crate::domain::LogOdds;
use crate::features::Features;
use crate::features::lexicon::Boundaries;
use crate::features::shape::mixes_scripts;
use crate::features::words::{Word, WordKind};
use crate::rules::rule::{Hit, Rule, Weight, text};
use crate::rules::selling;

pub(super) const ROWS: &[Rule] = &[
    Rule {
        id: "disguise/spelled-address",
        summary: "An address spelled out",
        docs: "hxxp, [.], dot com: only a person can follow it, so no filter is to see it. Security people defang addresses so; a mail address spelled out is let pass.",
        weight: Weight::Fitted,
        check: |features| {
            let folded = &features.plain;
            let mail = ["(at)", "[at]", "{at}", " at "];
            if mail.iter().any(|mark| folded.contains(mark)) {
                return None;
            }
            let marks = [
                "hxxp", "[.]", "(.)", "[dot]", "(dot)", "{dot}", " dot com", " dot net",
                " dot org", " dot top", "d0t",
            ];
            let found = marks.iter().find(|mark| folded.contains(**mark))?;
            Some(Hit::new(format!("“{}”", found.trim())))
        },
        fires: &[text("go to shoes-sale dot com"), text("hxxp://a[.]com")],
        passes: &[
            text("the dot product of a and b."),
            text("ann (at) a (dot) com"),
        ],
    },
    Rule {
        id: "disguise/leet-selling",
        summary: "Selling words in digits",
        docs: "Read 4 as a and 0 as o, and it sells; no honest word does. Blog spam has hardly any, so no data shows it: this is for who tries.",
        weight: Weight::Argued(LogOdds(1.0)),
        check: leet,
        fires: &[text("ch34p v14gr4 here")],
        passes: &[text("mp3 and h264 for my utf8 files, 4 of them")],
    },
    Rule {
        id: "disguise/split-selling",
        summary: "Selling words in single letters",
        docs: "Joined together, the letters sell; acrostics and shouting only spell. Blog spam has hardly any, so no data shows it: this is for who tries.",
        weight: Weight::Argued(LogOdds(1.0)),
        check: split,
        fires: &[text("best c-a-s-i-n-o b.o.n.u.s here")],
        passes: &[text("H O P E is what it spells, dear A B C D")],
    },
    Rule {
        id: "disguise/look-alike-selling",
        summary: "Selling words in look-alike letters",
        docs: "Read as the letters they imitate, the words sell. No honest word does.",
        weight: Weight::Fitted,
        check: look_alike,
        fires: &[text("best саsinо here")],
        passes: &[text("Привет, casino по-русски казино")],
    },
];

/// Phrases that sell in `read` beyond those in the text as written.
fn more(features: &Features, read: &str) -> Option<Hit> {
    let mut written = String::new();
    for word in &features.words {
        written.extend(&features.text.folded[word.range()]);
        written.push(' ');
    }
    let open = selling::count(&written, Boundaries::Words);
    let all = selling::count(read, Boundaries::Words);
    (all > open).then(|| Hit::new(format!("{} more than written", all - open)))
}

fn leet(features: &Features) -> Option<Hit> {
    let is_mixed = |word: &Word| {
        let letters = &features.text.folded[word.range()];
        letters.iter().any(char::is_ascii_digit)
            && letters.iter().any(|c| c.is_alphabetic())
            && !in_link(features, *word)
    };
    if !features.words.iter().any(is_mixed) {
        return None;
    }
    let mut read = String::new();
    for word in &features.words {
        let mixed = is_mixed(word);
        let letters = &features.text.folded[word.range()];
        read.extend(letters.iter().map(|&letter| match letter {
            '0' if mixed => 'o',
            '1' if mixed => 'i',
            '3' if mixed => 'e',
            '4' if mixed => 'a',
            '5' if mixed => 's',
            '7' if mixed => 't',
            other => other,
        }));
        read.push(' ');
    }
    more(features, &read)
}

/// Whether a word is part of a link: addresses hold codes of any letters.
fn in_link(features: &Features, word: Word) -> bool {
    let span = word.span(&features.text);
    let after = features.links.partition_point(|link| link.span.0 <= span.0);
    after
        .checked_sub(1)
        .and_then(|before| features.links.get(before))
        .is_some_and(|link| span.1 <= link.span.1)
}

fn split(features: &Features) -> Option<Hit> {
    let mut read = String::new();
    let mut run = Run::default();
    for word in &features.words {
        let [letter] = features.text.folded[word.range()] else {
            run.end(&mut read);
            continue;
        };
        if word.kind != WordKind::Letters {
            continue;
        }
        let gap = &features.text.folded[run.to.min(word.start as usize)..word.start as usize];
        // `c-a-t d.o.g`: another separator begins another word.
        if run.letters.len() > 1 && run.gap != gap {
            run.end(&mut read);
        }
        run.gap = gap;
        run.to = word.end as usize;
        run.letters.push(letter);
    }
    run.end(&mut read);
    let found = selling::count(&read, Boundaries::Words);
    (found > 0).then(|| Hit::new(format!("“{}”", read.trim())))
}

/// Single letters with the same separator between them.
#[derive(Default)]
struct Run<'t> {
    letters: Vec<char>,
    gap: &'t [char],
    /// The place after the last letter.
    to: usize,
}

impl Run<'_> {
    /// Puts the letters together, if they are enough for a word that was split.
    fn end(&mut self, read: &mut String) {
        if self.letters.len() >= 5 {
            read.extend(&self.letters);
            read.push(' ');
        }
        self.letters.clear();
    }
}

fn look_alike(features: &Features) -> Option<Hit> {
    if features.shape.mixed_script_words == 0 {
        return None;
    }
    let mut read = String::new();
    for word in &features.words {
        let letters = &features.text.folded[word.range()];
        let written: String = letters.iter().collect();
        if word.kind == WordKind::Letters && mixes_scripts(letters) {
            // The skeleton of m is rn.
            read.push_str(&skeleton(&written).collect::<String>().replace("rn", "m"));
        } else {
            read.push_str(&written);
        }
        read.push(' ');
    }
    more(features, &read)
}
