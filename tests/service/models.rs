//! Which model judges: taken over, rolled back and shadowed while requests come.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use hamgate::bayes::{TrainOptions, TrainingSet, read_samples, train};
use hamgate::domain::{CommentId, DecisionKind};
use hamgate::service::{ModelName, ModelView, NewDecision};
use hamgate::store::{ModelEventKind, ModelHash};
use serde_json::{Value, json};

use crate::harness::{HONEST, SPAM, TestApp, block_on};

/// A small model, kept as the challenger; another `name` is another model.
fn challenger(app: &TestApp, name: &str) -> ModelView {
    let read = |name: &str| {
        let path = format!("{}/training-data/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        read_samples(&std::fs::read_to_string(path).unwrap(), "starter").unwrap()
    };
    let samples: Vec<_> = [read("ham"), read("spam")]
        .concat()
        .into_iter()
        .step_by(9)
        .collect();
    let options = TrainOptions {
        name: name.into(),
        iterations: 5,
        folds: 2,
        ..TrainOptions::default()
    };
    let mut file = train(&TrainingSet::of(&samples), None, &options, &|_, _, _| {}).unwrap();
    // Of so few samples nothing is rejected otherwise.
    for threshold in &mut file.card.reject {
        threshold.log_odds = Some(0.0);
    }
    for tongue in &mut file.card.ham_tongues {
        tongue.ham = 1_000;
    }
    let bytes = file.encode();
    let kept = app
        .installation
        .keep_model(&bytes, file.card.clone(), BTreeMap::new(), 0, "ada");
    let ModelHash(hash) = block_on(kept).unwrap();
    block_on(app.installation.model(&ModelName::Id(hash))).unwrap()
}

fn promote(app: &TestApp, model: &ModelView) {
    let champion = block_on(app.installation.model(&ModelName::Champion)).unwrap();
    let promoted = app
        .installation
        .promote_model(model, &champion, "ada", "it is better", None);
    block_on(promoted).unwrap();
}

fn judge(app: &TestApp) -> Value {
    app.check_text(HONEST).ok()["model"].clone()
}

#[test]
fn each_answer_names_the_model_that_gave_it_and_a_promotion_is_taken_over() {
    let app = TestApp::start();
    let shipped = judge(&app);
    let model = challenger(&app, "one");
    assert_eq!(judge(&app), shipped, "a challenger judges nothing");
    promote(&app, &model);
    block_on(app.service.take_over_models()).unwrap();
    assert_eq!(judge(&app), json!(model.id));
    let back = block_on(app.installation.roll_back_model("bob", "it was not")).unwrap();
    assert!(back.shipped && back.champion);
    block_on(app.service.take_over_models()).unwrap();
    assert_eq!(judge(&app), shipped);
    let nothing_before = block_on(app.installation.roll_back_model("bob", "again"));
    assert!(nothing_before.is_err());
    let events = block_on(app.installation.model_events(9)).unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.kind, event.by.as_str(), event.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (ModelEventKind::RolledBack, "bob", "it was not"),
            (ModelEventKind::Promoted, "ada", "it is better"),
            (ModelEventKind::Trained, "ada", "trained"),
        ]
    );
}

#[test]
fn rolling_back_goes_past_a_model_whose_file_is_gone() {
    let app = TestApp::start();
    let (first, second) = (challenger(&app, "one"), challenger(&app, "two"));
    promote(&app, &first);
    promote(&app, &second);
    let file = app
        .data_directory()
        .join("models")
        .join(format!("{}.model", first.hash.0));
    std::fs::remove_file(file).unwrap();
    let back = block_on(app.installation.roll_back_model("bob", "worse")).unwrap();
    assert!(back.shipped, "{back:?}");
}

#[test]
fn a_champion_whose_file_is_damaged_changes_nothing() {
    let app = TestApp::start();
    let shipped = judge(&app);
    let model = challenger(&app, "one");
    promote(&app, &model);
    let file = app
        .data_directory()
        .join("models")
        .join(format!("{}.model", model.hash.0));
    std::fs::write(file, b"HAMGATE").unwrap();
    assert!(block_on(app.service.take_over_models()).is_err());
    assert_eq!(judge(&app), shipped);
    let champion = block_on(app.installation.model(&ModelName::Champion)).unwrap();
    let again = app
        .installation
        .promote_model(&model, &champion, "ada", "once more", None);
    assert!(block_on(again).is_err());
}

#[test]
fn a_model_that_the_settings_name_stays() {
    let app = TestApp::start_with(
        |config| config.model = "models/hamgate.model".into(),
        |_| {},
    );
    let named = judge(&app);
    promote(&app, &challenger(&app, "one"));
    block_on(app.service.take_over_models()).unwrap();
    assert_eq!(judge(&app), named);
}

#[test]
fn a_shadow_counts_and_its_verdicts_do_not() {
    let app = TestApp::start();
    let shipped = judge(&app);
    let model = challenger(&app, "one");
    block_on(app.installation.shadow_model(Some(&model), "ada")).unwrap();
    // Its thread belongs to a runtime that lives as long as the shadow does.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(app.service.take_over_models()).unwrap();
    let ids: Vec<Value> = (0..12)
        .map(|number| {
            let answer = app.check_text(&format!(
                "{} {number}",
                if number % 2 == 0 { HONEST } else { SPAM }
            ));
            let answer = answer.ok();
            assert_eq!(answer["model"], shipped);
            answer["comment_id"].clone()
        })
        .collect();
    let record = counted(&app, &model, 12);
    let differ: u64 = record
        .counts
        .iter()
        .filter(|count| count.was != count.would_be)
        .map(|count| count.comments)
        .sum();
    assert!(
        record
            .counts
            .iter()
            .all(|count| json!(count.champion) == shipped)
    );
    assert_eq!(record.differences.len() as u64, differ);
    assert!(
        record
            .differences
            .iter()
            .all(|one| ids.contains(&json!(one.comment_id)))
    );
    block_on(app.installation.shadow_model(None, "ada")).unwrap();
    runtime.block_on(app.service.take_over_models()).unwrap();
    assert_eq!(
        block_on(app.installation.models()).unwrap()[0].shadow,
        false
    );
}

/// The record of the shadow once it has judged so many comments.
fn counted(app: &TestApp, model: &ModelView, comments: u64) -> hamgate::service::ShadowView {
    let begun = Instant::now();
    loop {
        let record = block_on(app.installation.model_record(model)).unwrap();
        let judged: u64 = record.counts.iter().map(|count| count.comments).sum();
        if judged == comments {
            return record;
        }
        assert!(
            judged < comments && begun.elapsed() < Duration::from_secs(60),
            "{record:?}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_champion_that_wrongs_too_many_is_rolled_back_by_itself() {
    let app = TestApp::start();
    let shipped = judge(&app);
    promote(&app, &challenger(&app, "one"));
    block_on(app.service.take_over_models()).unwrap();
    assert_eq!(block_on(app.service.watch_errors()).unwrap(), None);
    // The shipped model's promise is kept; people accept what was rejected.
    let site = block_on(app.installation.site("blog")).unwrap();
    let mut wronged = 0;
    for number in 0..60 {
        let content = format!("{SPAM} http://casino-{number}.example/viagra");
        let answer = app.check_text(&content).ok();
        if answer["verdict"] == "reject" {
            let id: CommentId = serde_json::from_value(answer["comment_id"].clone()).unwrap();
            let accept = NewDecision {
                why: None,
                decision: DecisionKind::Accept,
                learn: true,
                note: None,
                by: "ada".into(),
                seen: None,
            };
            block_on(app.installation.decide(&site, id, accept)).unwrap();
            wronged += 1;
            if wronged == 3 {
                break;
            }
        }
    }
    assert_eq!(wronged, 3, "nothing was rejected");
    let reason = block_on(app.service.watch_errors())
        .unwrap()
        .expect("3 errors of 3");
    assert!(reason.contains("honest comments were rejected"), "{reason}");
    assert_eq!(judge(&app), shipped);
    let events = block_on(app.installation.model_events(1)).unwrap();
    assert_eq!(
        (events[0].kind, events[0].by.as_str()),
        (ModelEventKind::RolledBack, "hamgate")
    );
    assert_eq!(events[0].reason, reason);
    assert_eq!(
        block_on(app.service.watch_errors()).unwrap(),
        None,
        "once is enough"
    );
}
