//! What must hold for any input.

use hamgate::bayes::{Model, ModelFile, TrainOptions, TrainingSet, read_samples, train};
use hamgate::domain::{Author, Comment, History, Label, Sample, Verdict};
use hamgate::features::Features;
use hamgate::filter::{Budget, Filter};
use proptest::prelude::*;

fn filter() -> Filter {
    let model = hamgate::cli::load_model(None).expect("the shipped model");
    Filter::new(model, Budget::default(), Default::default())
}

/// Text of the kinds that break things: markup, links, disguises, any Unicode.
fn content() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[a-z ]{0,40}",
        Just("<a href=\"http://x.com/\">y</a>".to_owned()),
        Just("[url=http://x.com]y[/url] [z](http://w.org)".to_owned()),
        Just("\u{200B}\u{202E}\u{FDFA}e\u{301}\u{301}".to_owned()),
        Just("<div <b> <!-- &amp; &#x41; [ ]( ".to_owned()),
    ];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn evidence_adds_up_and_points_into_the_text(
        content in content(), name in any::<Option<String>>(), url in any::<Option<String>>(),
    ) {
        thread_local!(static FILTER: Filter = filter());
        let comment = Comment {
            content,
            author: Author { name, url, ..Author::default() },
            ..Comment::default()
        };
        let judgement = FILTER.with(|filter| {
            filter.judge(&Features::of(&comment), &History::default())
        });
        let sum: f64 = judgement.evidence.iter().map(|piece| piece.log_odds.0).sum();
        prop_assert!((sum - judgement.log_odds.0).abs() < 1e-9);
        prop_assert!(judgement.log_odds.0.is_finite());
        prop_assert!((0.0..=1.0).contains(&judgement.spam_probability));
        let length = |field| match field {
            hamgate::domain::SpanField::Content => comment.content.chars().count(),
            hamgate::domain::SpanField::AuthorName => {
                comment.author.name.as_deref().unwrap_or_default().chars().count()
            }
            hamgate::domain::SpanField::AuthorUrl => {
                comment.author.url.as_deref().unwrap_or_default().chars().count()
            }
        };
        for span in judgement.evidence.iter().filter_map(|piece| piece.span) {
            prop_assert!(span.start <= span.end && span.end <= length(span.field));
        }
    }
}

#[test]
fn a_missing_history_never_decides() {
    let filter = filter();
    let missing = History {
        missing: true,
        ..History::default()
    };
    for content in [
        "Thanks, that fixed it for me.",
        "cheap viagra casino http://a.com http://b.com",
    ] {
        let comment = Comment {
            content: content.into(),
            ..Comment::default()
        };
        let judgement = filter.judge(&Features::of(&comment), &missing);
        assert_eq!(judgement.verdict, Verdict::Hold);
    }
}

fn starter() -> Vec<Sample> {
    let read = |name: &str| {
        let path = format!("{}/training-data/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the starter corpus");
        read_samples(&text, "training-data").expect("comment lines")
    };
    [read("ham"), read("spam")].concat()
}

#[test]
fn training_does_not_depend_on_the_order_of_samples() {
    let samples: Vec<Sample> = starter().into_iter().step_by(3).collect();
    let options = TrainOptions {
        iterations: 10,
        folds: 2,
        ..TrainOptions::default()
    };
    let model =
        train(&TrainingSet::of(&samples), None, &options, &|_, _, _| {}).expect("enough samples");
    let reversed: Vec<Sample> = samples.into_iter().rev().collect();
    let again =
        train(&TrainingSet::of(&reversed), None, &options, &|_, _, _| {}).expect("enough samples");
    let bytes = model.encode();
    assert!(bytes == again.encode(), "another order gave another model");
    let decoded = ModelFile::decode(&bytes).expect("what was written can be read");
    assert!(decoded.encode() == bytes);
    let [unpacked, read] = [
        Model::new(&decoded, hamgate::bayes::content_hash(&bytes)[..12].into()),
        Model::read(&bytes).expect("the same bytes"),
    ]
    .map(|model| Filter::new(model, Budget::default(), Default::default()));
    for sample in reversed.iter().step_by(20) {
        let features = Features::of(&sample.comment);
        let judged = |filter: &Filter| filter.judge(&features, &History::default());
        assert_eq!(judged(&unpacked), judged(&read));
    }
    assert!(ModelFile::decode(&bytes[..bytes.len() - 1]).is_err());
}

/// Of more samples than there is room for a part is fitted on, and all count.
#[test]
fn training_on_more_than_there_is_room_for_does_not_depend_on_the_order_either() {
    let mut samples: Vec<Sample> = starter().into_iter().step_by(2).collect();
    // Copies of one text, as campaigns leave them.
    samples.extend(samples[..40].to_vec());
    let options = TrainOptions {
        iterations: 10,
        folds: 2,
        room: 100_000,
        ..TrainOptions::default()
    };
    let trained = |samples: &[Sample], base: Option<&ModelFile>, options: &TrainOptions| {
        train(&TrainingSet::of(samples), base, options, &|_, _, _| {}).expect("enough samples")
    };
    let reversed: Vec<Sample> = samples.iter().rev().cloned().collect();
    let model = trained(&samples, None, &options);
    assert!(model.encode() == trained(&reversed, None, &options).encode());
    let all = TrainOptions {
        room: u64::MAX,
        ..options.clone()
    };
    let whole = trained(&samples, None, &all);
    assert_eq!(model.card.trained_on, whole.card.trained_on);
    // Every sample is counted, whether it is fitted on or not.
    let close = |a: &[f64], b: &[f64]| {
        a.iter()
            .zip(b)
            .all(|(a, b)| (a - b).abs() <= 0.002 * b.max(0.1))
    };
    assert!(close(&model.counts.ham, &whole.counts.ham));
    assert!(close(&model.counts.spam, &whole.counts.spam));
    assert!(model.multipliers != whole.multipliers);
    let moved = trained(&samples, Some(&whole), &options);
    assert!(moved.encode() == trained(&reversed, Some(&whole), &options).encode());
    assert!(
        (moved.counts.ham_total + moved.counts.spam_total - 2.0 * samples.len() as f64).abs() < 1.0
    );
}

#[test]
fn training_on_a_base_keeps_what_it_knew_and_learns() {
    let samples: Vec<Sample> = starter().into_iter().step_by(2).collect();
    let options = TrainOptions {
        iterations: 15,
        folds: 2,
        ..TrainOptions::default()
    };
    let base =
        train(&TrainingSet::of(&samples), None, &options, &|_, _, _| {}).expect("enough samples");
    let own: Vec<Sample> = (0..12)
        .map(|number| Sample {
            comment: Comment {
                content: format!("my zorblax recipe number {number} is in the zorblax shop"),
                ..Comment::default()
            },
            label: Label::Spam,
            site: "own".into(),
            lang: None,
        })
        .collect();
    let moved = train(&TrainingSet::of(&own), Some(&base), &options, &|_, _, _| {})
        .expect("a base needs no more");
    let score = |file: &ModelFile| {
        let filter = Filter::new(
            hamgate::bayes::Model::new(file, "test".into()),
            Budget::default(),
            Default::default(),
        );
        let comment = Comment {
            content: "a zorblax for you".into(),
            ..Comment::default()
        };
        filter
            .judge(&Features::of(&comment), &History::default())
            .log_odds
            .0
    };
    assert!(
        score(&moved) > score(&base) + 0.3,
        "{} after {}",
        score(&moved),
        score(&base)
    );
    assert!(moved.counts.spam_total > base.counts.spam_total);
}
