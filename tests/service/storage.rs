//! When storage fails: no false answer, and no need of a restart.

use rusqlite::Connection;
use serde_json::json;

use crate::harness::{SPAM, TestApp, text};

fn beside(app: &TestApp) -> Connection {
    Connection::open(app.data_directory().join("hamgate.sqlite")).unwrap()
}

#[test]
fn what_cannot_be_written_is_a_503_and_later_accepted() {
    let app = TestApp::start();
    let id = text(&app.check_text("Before the fault").ok()["comment_id"]);
    let other = beside(&app);
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let comment = json!({"id": "7", "content": "During the fault"});
    let label = json!({"comment_id": id, "label": "spam"});
    std::thread::scope(|scope| {
        for answer in [
            scope.spawn(|| app.check(&comment)),
            scope.spawn(|| app.feedback(&label)),
            scope.spawn(|| app.get("/readyz")),
        ] {
            let answer = answer.join().unwrap();
            answer.problem(503, "storage_unavailable");
            assert_eq!(answer.header("retry-after"), "5");
        }
    });
    let items = app.comments("").ok()["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1, "reading goes on");
    app.get("/livez").ok();

    other.execute_batch("ROLLBACK").unwrap();
    app.check(&comment).ok();
    app.get("/readyz").ok();
    let items = app.comments("").ok()["items"].clone();
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert!(items.iter().all(|comment| comment["label"].is_null()));
}

#[test]
fn without_history_a_comment_is_held_at_worst_and_the_evidence_says_so() {
    let app = TestApp::start();
    let other = beside(&app);
    other
        .execute_batch("ALTER TABLE tallies RENAME TO away")
        .unwrap();
    let spam = json!({
        "content": SPAM,
        "author": {"name": "cheap viagra casino", "url": "http://casino-bonus.example"}
    });
    let answer = app.check(&spam).ok();
    assert_eq!(answer["verdict"], "hold", "{answer}");
    let metrics = app.get("/metrics").text;
    assert!(metrics.contains("hamgate_history_missing_total 1"));
    other
        .execute_batch("ALTER TABLE away RENAME TO tallies")
        .unwrap();
    assert_ne!(app.check(&spam).ok()["verdict"], "accept");
}

#[test]
fn the_data_directory_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::start();
    app.check_text("Hello").ok();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    let directory = app.data_directory();
    assert_eq!(mode(&directory), 0o700);
    let files: Vec<_> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}
