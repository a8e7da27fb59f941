//! Labels to a challenger, the gate before it, and what a kill leaves.

use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hamgate::config::Config;
use hamgate::domain::{Label, Sample};
use hamgate::filter::{Budget, Filter};
use hamgate::service::{CheckRequest, FeedbackTarget, Installation, Service};
use jiff::Timestamp;
use serde_json::Value;

use crate::binary::{hamgate, runs};
use crate::served::Served;

fn starter() -> Vec<Sample> {
    let read = |name: &str| {
        let path = format!("{}/training-data/{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        hamgate::bayes::read_samples(&text, "starter").unwrap()
    };
    [read("ham"), read("spam")].concat()
}

/// An installation in which people labelled a part of the starter corpus, in
/// the order of days.
fn labelled(data: &Path, step: usize) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let installation = Installation::open(data).unwrap();
        let site = installation.first_start().await.unwrap().unwrap().site;
        let model = hamgate::cli::load_model(None).unwrap();
        let filter = Filter::new(model, Budget::default(), Default::default());
        let service = Service::new(installation, filter, &Config::default());
        let mut labels = Vec::new();
        // Ham and spam by turns.
        let mut samples: Vec<(usize, Sample)> = starter().into_iter().enumerate().collect();
        samples.sort_by_key(|(at, _)| at % 448);
        for (day, (_, sample)) in samples.into_iter().step_by(step).enumerate() {
            let mut comment = sample.comment;
            comment.id = None;
            let day = 1_700_000_000 + 86_400 * day as i64;
            comment.submitted_at = Some(Timestamp::from_second(day).unwrap());
            let request = CheckRequest {
                comment,
                dry_run: false,
                idempotency: None,
                callback: None,
                akismet: None,
            };
            let answer = service.check(&site, request).await.unwrap();
            labels.push((answer.comment_id.unwrap(), sample.label));
        }
        for (id, label) in labels {
            let target = FeedbackTarget::CommentId(id);
            service.feedback(&site, target, label).await.unwrap();
        }
    });
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

fn runs_json(arguments: &[&str]) -> Value {
    serde_json::from_str(&runs(arguments)).unwrap()
}

fn part(models: &Value, part: &str) -> Value {
    let mut models = models.as_array().unwrap().iter();
    let found = models.find(|model| model[part] == true);
    found.map_or(Value::Null, |model| model["id"].clone())
}

#[test]
fn labels_become_a_challenger_which_is_promoted_beside_a_running_service_and_rolled_back() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().to_str().unwrap();
    labelled(home.path(), 3);
    // A build without optimisation takes its time for the site's labels.
    let served = Served::start_with(home.path(), &[("HAMGATE_HTTP_HANDLER_SECONDS", "120")]);
    let key = runs(&["sites", "--data", data, "rotate", "default"]);
    let key = key
        .split_whitespace()
        .find(|word| word.starts_with("hg_"))
        .unwrap()
        .to_owned();
    let comment = serde_json::json!({ "content": "Thanks, the second step was what I missed.", "dry_run": true });
    let judged_by = || served.check(&key, &comment).unwrap()["model"].clone();
    let shipped = judged_by();

    let trained = hamgate(&["train", "--data", data, "--json"])
        .output()
        .unwrap();
    assert!(trained.status.success(), "{trained:?}");
    let report = &json(&trained)["gate"];
    let held_out = &report["champion_measures"];
    assert_eq!(
        held_out["ham"].as_u64().unwrap() + held_out["spam"].as_u64().unwrap(),
        (starter().len().div_ceil(3) / 5) as u64,
        "the newest fifth"
    );
    assert!(report["never_reject"]["comments"].as_u64().unwrap() > 100);
    let models = runs_json(&["models", "--data", data, "list", "--json"]);
    let challenger = part(&models, "challenger");
    assert_eq!(challenger, report["challenger"]);
    assert_eq!(part(&models, "champion"), shipped);
    assert_eq!(judged_by(), shipped);

    let challenger = challenger.as_str().unwrap();
    let page = home.path().join("gate.html");
    let compared = runs_json(&[
        "models",
        "--data",
        data,
        "compare",
        "champion",
        "challenger",
        "--json",
        "--html",
        page.to_str().unwrap(),
    ]);
    assert_eq!(
        &compared["gate"], report,
        "the same labels are held out later"
    );
    assert!(std::fs::read_to_string(page).unwrap().contains(challenger));
    runs(&[
        "models", "--data", data, "promote", "--anyway", "--reason", "a test",
    ]);
    until(|| judged_by() == challenger);
    let shown = runs(&["models", "--data", data, "show", "champion"]);
    assert!(
        shown.contains("a test") && shown.contains("honest comments rejected"),
        "{shown}"
    );
    runs(&["models", "--data", data, "rollback"]);
    until(|| judged_by() == shipped);

    // The same labels again are the same model.
    let again = hamgate(&["train", "--data", data, "--json"])
        .output()
        .unwrap();
    assert_eq!(json(&again)["gate"]["challenger"], challenger);
}

fn until(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "it was not taken over"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_poisoned_challenger_is_kept_back() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().to_str().unwrap();
    labelled(home.path(), 3);
    let poison = home.path().join("poison.jsonl");
    let lines: String = starter()
        .into_iter()
        .flat_map(|sample| std::iter::repeat_n(sample, 3))
        .map(|sample| {
            let label = match sample.label {
                Label::Ham => "spam",
                Label::Spam => "ham",
            };
            serde_json::json!({ "content": sample.comment.content, "label": label }).to_string()
                + "\n"
        })
        .collect();
    std::fs::write(&poison, lines).unwrap();
    let poison = poison.to_str().unwrap();
    let trained = hamgate(&["train", "--data", data, poison, "--promote", "--json"])
        .output()
        .unwrap();
    let report = json(&trained);
    assert_eq!(
        (&report["promoted"], &report["gate"]["passes"]),
        (&Value::Bool(false), &Value::Bool(false))
    );
    assert!(!report["gate"]["worse"].as_array().unwrap().is_empty());
    let refused = hamgate(&["models", "--data", data, "promote"])
        .output()
        .unwrap();
    assert!(!refused.status.success());
    let told = String::from_utf8(refused.stdout).unwrap();
    assert!(told.contains("is kept back"), "{told}");
    assert!(
        !told.contains("http"),
        "the text of a comment is in a report: {told}"
    );
    let models = runs_json(&["models", "--data", data, "list", "--json"]);
    assert!(
        models
            .as_array()
            .unwrap()
            .iter()
            .any(|model| model["champion"] == true && model["shipped"] == true)
    );
}

#[test]
fn a_kill_leaves_a_champion_that_loads_and_no_half_model() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().to_str().unwrap();
    labelled(home.path(), 9);
    runs(&["train", "--data", data]);
    for round in 0..4_u64 {
        let commands: [&[&str]; 2] = [
            &["train", "--data", data],
            &["models", "--data", data, "promote", "--anyway"],
        ];
        for command in commands {
            let mut child = hamgate(command)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(40 + 130 * round));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let models = runs_json(&["models", "--data", data, "list", "--json"]);
        let champion = part(&models, "champion");
        let served = Served::start(home.path());
        let version = served.readiness();
        assert_eq!(version, 200);
        let shown = runs(&["models", "--data", data, "show", champion.as_str().unwrap()]);
        assert!(shown.contains("champion"), "{shown}");
        for model in models.as_array().unwrap() {
            if model["shipped"] == false {
                let hash = model["hash"].as_str().unwrap();
                let file = home.path().join("models").join(format!("{hash}.model"));
                let bytes = std::fs::read(file).unwrap();
                assert_eq!(hamgate::bayes::content_hash(&bytes), hash);
            }
        }
    }
    // Whoever was killed holds nothing up.
    runs(&["train", "--data", data]);
}

#[test]
fn one_trains_at_a_time() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().to_str().unwrap();
    labelled(home.path(), 30);
    let installation = Arc::new(Installation::open(home.path()).unwrap());
    let lock = installation.training_lock().unwrap();
    assert!(lock.is_some());
    let second = hamgate(&["train", "--data", data]).output().unwrap();
    assert!(!second.status.success());
    let told = String::from_utf8(second.stderr).unwrap();
    assert!(told.contains("another training is at work"), "{told}");
    drop(lock);
    runs(&["train", "--data", data]);
}
