//! When storage fails: no false answer, and no need of a restart.

use std::io::Write;
use std::process::{Command, Stdio};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::json;

use crate::harness::{Answer, SPAM, TestApp, block_on, text};

fn beside(app: &TestApp) -> Connection {
    Connection::open(app.data_directory().join("hamgate.sqlite")).unwrap()
}

/// hamgate's ids of all comments, newest first; they fit on one page.
fn stored(app: &TestApp) -> Vec<String> {
    let page = app.comments("limit=500").ok();
    assert!(page["next"].is_null(), "{page}");
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["comment_id"])).collect()
}

#[track_caller]
fn assert_refused(answer: &Answer) {
    answer.problem(503, "storage_unavailable");
    assert_eq!(answer.header("retry-after"), "5");
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
            assert_refused(&answer.join().unwrap());
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

/// A text of about a page.
fn page_of_text() -> String {
    "Nearly a page of text. ".repeat(150)
}

#[test]
fn a_full_disk_is_a_503_until_there_is_space_again() {
    let app = TestApp::start_in(1024 * 1024);
    let comment = json!({ "content": page_of_text() });
    let mut acknowledged = Vec::new();
    let refused = loop {
        let answer = app.check(&comment);
        if answer.status != 200 {
            break answer;
        }
        acknowledged.push(text(&answer.json()["comment_id"]));
        assert!(acknowledged.len() < 500, "it never fills");
    };
    assert!(acknowledged.len() > 10);
    assert_refused(&refused);
    for _ in 0..3 {
        assert_refused(&app.check_once("once", &comment));
    }
    let line = app.check_stream(&format!("{comment}\n")).json();
    assert_eq!(line["code"], "storage_unavailable", "{line}");
    assert_eq!(line["line"], 1);
    assert_refused(&app.get("/readyz"));
    app.get("/livez").ok();

    let tried = json!({ "content": page_of_text(), "dry_run": true });
    assert!(app.check(&tried).ok()["comment_id"].is_null());
    acknowledged.reverse();
    assert_eq!(stored(&app), acknowledged, "what was answered, no more");

    let later = Timestamp::now() + SignedDuration::from_hours(24 * 400);
    let forgotten = block_on(app.installation.purge(later)).unwrap();
    assert_eq!(usize::try_from(forgotten).unwrap(), acknowledged.len());
    app.get("/readyz").ok();
    let first = app.check_once("once", &comment).ok();
    assert_eq!(app.check_once("once", &comment).ok(), first);
    assert_eq!(stored(&app), [text(&first["comment_id"])]);
}

/// The file format's write version: of a database with a higher one than it
/// knows, SQLite only reads. Another process writes it, for closing the file
/// would drop the locks that this one holds.
fn set_write_version(app: &TestApp, version: u8) {
    let of = format!("of={}/hamgate.sqlite", app.data_directory().display());
    let mut dd = Command::new("dd")
        .args([&of, "bs=1", "seek=18", "conv=notrunc", "status=none"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    dd.stdin.take().unwrap().write_all(&[version]).unwrap();
    assert!(dd.wait().unwrap().success());
}

#[test]
fn a_read_only_database_is_a_503_until_it_can_be_written_again() {
    let app = TestApp::start();
    let id = text(&app.check_text("Before the fault").ok()["comment_id"]);
    let decision = json!({"decision": "reject"});
    app.decide(&id, &decision).ok();
    // The first page is read from the file itself again.
    beside(&app)
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    set_write_version(&app, 9);

    let comment = json!({"id": "7", "content": "During the fault"});
    let label = json!({"comment_id": id, "label": "ham"});
    for _ in 0..2 {
        assert_refused(&app.check(&comment));
        assert_refused(&app.feedback(&label));
        assert_refused(&app.decide(&id, &decision));
        assert_refused(&app.undo(&id));
        assert_refused(&app.get("/readyz"));
    }
    assert_eq!(stored(&app), [id.as_str()], "reading goes on");
    assert_eq!(app.comment(&id).ok()["label"], "spam");
    assert_eq!(app.stats()["comments"]["total"], 1);

    set_write_version(&app, 2);
    app.get("/readyz").ok();
    assert_eq!(app.feedback(&label).ok()["was"], "spam");
    let during = text(&app.check(&comment).ok()["comment_id"]);
    assert_eq!(stored(&app), [during, id]);
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
