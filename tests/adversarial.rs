//! Attacks on the shipped model, `adversarial.jsonl`, and their honest twins,
//! `models/honest-twins.jsonl`.
//!
//! Each line is a comment line whose `site` is the name of the attack, so that
//! `hamgate evaluate tests/adversarial.jsonl models/honest-twins.jsonl` reports every attack by itself. The
//! spam of an attack uses it; the ham looks like it and is honest: a Greek name
//! beside look-alike letters, Persian joiners beside zero-width characters, a
//! pharmacist's question beside a pharmacy.
//!
//! **Origin**: every text was written for this project; people, shops and most
//! hosts are invented, phone numbers are from ranges for fiction where a country
//! has one. **Licence**: MIT OR Apache-2.0, as the rest. **Never train on it**:
//! a model that has seen it proves nothing by passing it.
//!
//! Invisible characters stand in the file as `\u` escapes, so that an editor
//! neither hides nor loses them.

use std::collections::{BTreeMap, BTreeSet};

use hamgate::bayes::read_samples;
use hamgate::domain::{History, Label, Sample, Verdict};
use hamgate::features::Features;
use hamgate::filter::{Budget, Filter};

/// The least share of attacks that must not be accepted. Far below what a good
/// model reaches: it is there to catch one that lost a kind of token.
const FLOOR_NOT_ACCEPTED: f64 = 0.75;

/// They are part of the program: no model may begin to reject one.
const TWINS: &str = "models/honest-twins.jsonl";

fn file(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("a file of comment lines")
}

fn samples(path: &str) -> Vec<Sample> {
    read_samples(&file(path), path).expect("comment lines")
}

fn suite() -> Vec<Sample> {
    [samples("tests/adversarial.jsonl"), samples(TWINS)].concat()
}

#[test]
fn every_line_is_a_labelled_comment_of_a_named_attack() {
    let suite = suite();
    let lines = |path: &str| file(path).lines().count();
    let lines = lines("tests/adversarial.jsonl") + lines(TWINS);
    assert_eq!(suite.len(), lines, "a line lacks its label or content");
    assert!(suite.len() >= 150, "{} comments", suite.len());
    let mut attacks: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for sample in &suite {
        let labels = attacks.entry(&sample.site).or_default();
        labels.insert(match sample.label {
            Label::Spam => "spam",
            Label::Ham => "ham",
        });
    }
    assert!(attacks.len() >= 25, "{} attacks", attacks.len());
    for (attack, labels) in attacks {
        assert_eq!(labels.len(), 2, "{attack} has nothing but {labels:?}");
    }
}

#[test]
fn no_text_is_one_that_a_model_was_trained_on() {
    let suite = suite();
    let mut texts: BTreeSet<&str> = BTreeSet::new();
    for sample in &suite {
        let text = sample.comment.content.as_str();
        assert!(texts.insert(text), "twice: {text}");
    }
    for path in ["training-data/ham.jsonl", "training-data/spam.jsonl"] {
        for sample in samples(path) {
            let text = sample.comment.content.as_str();
            assert!(!texts.contains(text), "{path} has it too: {text}");
        }
    }
}

#[test]
fn no_honest_twin_is_rejected_and_most_attacks_are_not_accepted() {
    let model = hamgate::cli::load_model(None).expect("the shipped model");
    let filter = Filter::new(model, Budget::default(), Default::default());
    let (mut attacks, mut accepted) = (0, 0);
    for sample in suite() {
        let features = Features::of(&sample.comment);
        let judgement = filter.judge(&features, &History::default());
        match sample.label {
            Label::Ham => assert_ne!(
                judgement.verdict,
                Verdict::Reject,
                "{}, at {:.2}: {}",
                sample.site,
                judgement.log_odds.0,
                sample.comment.content
            ),
            Label::Spam => {
                attacks += 1;
                accepted += usize::from(judgement.verdict == Verdict::Accept);
            }
        }
    }
    let caught = 1.0 - f64::from(accepted as u32) / f64::from(attacks);
    assert!(
        caught >= FLOOR_NOT_ACCEPTED,
        "{accepted} of {attacks} attacks are accepted"
    );
}
