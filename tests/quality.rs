//! The shipped model keeps its promises, and the starter corpus is what its
//! README says.

use std::collections::BTreeSet;

use hamgate::bayes::metrics::{Scored, one_minus_roca};
use hamgate::bayes::{Model, TrainOptions, TrainingSet, read_samples, train};
use hamgate::domain::{Comment, History, Label, Sample, Verdict};
use hamgate::features::Features;
use hamgate::filter::{Budget, Filter};

fn starter(name: &str) -> Vec<Sample> {
    let path = format!("{}/training-data/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the starter corpus");
    read_samples(&text, "training-data").expect("comment lines")
}

#[test]
fn the_starter_corpus_is_as_large_and_as_varied_as_promised() {
    let (ham, spam) = (starter("ham"), starter("spam"));
    assert!(ham.len() >= 300 && ham.iter().all(|sample| sample.label == Label::Ham));
    assert!(spam.len() >= 300 && spam.iter().all(|sample| sample.label == Label::Spam));
    for set in [&ham, &spam] {
        let languages: BTreeSet<&str> = set
            .iter()
            .filter_map(|sample| sample.lang.as_deref())
            .collect();
        assert!(languages.len() >= 8, "{languages:?}");
        let texts: BTreeSet<&str> = set
            .iter()
            .map(|sample| sample.comment.content.as_str())
            .collect();
        assert_eq!(texts.len(), set.len(), "a text stands there twice");
    }
}

#[test]
fn the_shipped_model_is_small_and_knows_its_limits() {
    let model = hamgate::cli::load_model(None).expect("the shipped model");
    let card = model.card();
    assert!(card.trained_on.ham > 30_000 && card.trained_on.spam > 15_000);
    let size = std::fs::metadata(concat!(env!("CARGO_MANIFEST_DIR"), "/models/hamgate.model"))
        .expect("the model file")
        .len();
    assert!(size <= 8_000_000, "{size} bytes");
    let promise = card
        .reject
        .iter()
        .find(|t| t.budget == 0.001)
        .expect("a budget of 0.1 %");
    assert!(promise.log_odds.is_some() && promise.bound <= 0.001);
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/models/hamgate.card.json");
    let beside = std::fs::read_to_string(beside).expect("the card");
    let beside: hamgate::bayes::ModelCard = serde_json::from_str(&beside).expect("a card");
    assert_eq!(
        &beside, card,
        "models/hamgate.card.json is not this model's"
    );
}

#[test]
fn plain_cases_are_judged_plainly() {
    let model = hamgate::cli::load_model(None).expect("the shipped model");
    let filter = Filter::new(model, Budget::default(), Default::default());
    let judge = |content: &str| {
        let comment = Comment {
            content: content.into(),
            ..Comment::default()
        };
        filter.judge(&Features::of(&comment), &History::default())
    };
    let honest = judge(
        "I had the same null pointer here. In my case the config was loaded before the logger, \
         moving the init call up two lines fixed it. Does that help?",
    );
    assert_eq!(honest.verdict, Verdict::Accept, "{honest:?}");
    let spam = judge(
        "Buy cheap viagra online without prescription <a href=\"http://pills-4u.ru/viagra\">cheap \
         viagra</a> [url=http://pills-4u.ru/cialis]buy cialis online[/url]",
    );
    assert_eq!(spam.verdict, Verdict::Reject, "{spam:?}");
}

#[test]
fn training_on_the_starter_corpus_alone_ranks_what_it_has_not_seen() {
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    for (at, sample) in [starter("ham"), starter("spam")]
        .concat()
        .into_iter()
        .enumerate()
    {
        if at % 4 == 0 {
            unseen.push(sample)
        } else {
            seen.push(sample)
        }
    }
    let options = TrainOptions {
        iterations: 30,
        folds: 2,
        ..TrainOptions::default()
    };
    let file =
        train(&TrainingSet::of(&seen), None, &options, &|_, _, _| {}).expect("enough samples");
    let filter = Filter::new(
        Model::new(&file, "test".into()),
        Budget::default(),
        Default::default(),
    );
    let scores: Vec<Scored> = unseen
        .iter()
        .map(|sample| {
            let features = Features::of(&sample.comment);
            let judgement = filter.judge(&features, &History::default());
            Scored {
                log_odds: judgement.log_odds.0,
                label: sample.label,
            }
        })
        .collect();
    let area = one_minus_roca(&scores).expect("both classes");
    assert!(area.percent < 10.0, "(1-ROCA) is {:.2} %", area.percent);
}
