//! What must hold for any input.

use hamgate::bayes::{Model, ModelFile, SiteLayer, TrainOptions, TrainingSet, read_samples, train};
use hamgate::domain::{
    Author, Comment, CommentId, History, Known, Label, Sample, Subject, Tally, Trace, Verdict,
};
use hamgate::features::Features;
use hamgate::filter::{Budget, Filter, ForSite, Policy};
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

/// What people said of a comment's author and text, or that nobody knows.
fn history() -> impl Strategy<Value = History> {
    let tally = (0..5_u32, 0..5_u32).prop_map(|(ham_here, spam_here)| Tally {
        ham_here,
        spam_here,
        ..Tally::default()
    });
    let known = prop::collection::vec((0..Subject::ALL.len(), tally), 0..4);
    (known, any::<bool>(), any::<bool>(), 0..3_u32).prop_map(|(known, missing, is_copy, copies)| {
        History {
            known: known
                .into_iter()
                .map(|(subject, tally)| Known {
                    trace: Trace {
                        subject: Subject::ALL[subject],
                        hash: [7; 16],
                    },
                    tally,
                })
                .collect(),
            near_duplicates: Tally {
                spam_here: copies,
                ..Tally::default()
            },
            copied: is_copy.then(|| CommentId(uuid::Uuid::from_u128(7))),
            missing,
            ..History::default()
        }
    })
}

fn budget() -> impl Strategy<Value = Budget> {
    let share = || prop::sample::select(vec![0.000_1, 0.001, 0.01, 0.05, 0.1, 0.5]);
    (share(), share(), any::<bool>()).prop_map(|(ham, spam, reject)| Budget {
        max_ham_rejected: ham,
        max_spam_accepted: spam,
        reject,
    })
}

/// Taught that the words of `content()` are spam.
fn layer(filter: &Filter) -> SiteLayer {
    let mut layer = SiteLayer::default();
    for number in 0..12 {
        let comment = Comment {
            content: format!("abc xyz {number} http://x.com/ y"),
            ..Comment::default()
        };
        layer.add(filter.local(&Features::of(&comment)), Label::Spam);
    }
    layer.fit();
    layer
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_another_budget_would_have_said_is_what_it_says(
        content in content(), history in history(), has_layer in any::<bool>(),
        given in budget(), tried in budget(),
    ) {
        thread_local!(static TAUGHT: (Filter, SiteLayer) = {
            let filter = filter();
            let layer = layer(&filter);
            (filter, layer)
        });
        let comment = Comment { content, ..Comment::default() };
        TAUGHT.with(|(filter, layer)| {
            let features = Features::of(&comment);
            let judged = |budget| {
                let policy = Policy::of(filter.model().card(), budget);
                let site = ForSite { policy, layer: has_layer.then_some(layer) };
                (policy, filter.judge_for(site, &features, &history))
            };
            let (_, before) = judged(given);
            let (policy, after) = judged(tried);
            let said = filter.verdict_under(policy, &before, || Features::of(&comment));
            prop_assert_eq!(said, after.verdict);
            Ok(())
        })?;
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
