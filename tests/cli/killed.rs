//! `kill -9` at twenty moments of a backup, a restore and a forgetting: nothing is lost,
//! and nothing half is taken for whole.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::backup::{back_up, path, refusal, rows};
use crate::binary::{hamgate, runs};
use crate::forgetting::{lingers, lived, models_of, promoted};
use crate::served::Served;

/// Moments of each.
pub const KILLS: u32 = 20;

/// Kills the command at moment `number` of [`KILLS`], spread over the time that
/// it takes when nobody does; whether it came to its end before.
pub fn killed(arguments: &[&str], number: u32, whole: Duration) -> bool {
    let mut command = hamgate(arguments);
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let moment = whole * number / KILLS;
    std::thread::sleep(moment.saturating_sub(started.elapsed()));
    child.kill().unwrap();
    child.wait().unwrap().success()
}

pub fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// An installation with so many comments, and its key.
fn with_comments(data: &Path, count: usize) -> String {
    let served = Served::start(data);
    let key = served.key.clone().unwrap();
    let text = "Nearly a page of text. ".repeat(100);
    for number in 0..count {
        let comment = json!({ "id": number.to_string(), "content": format!("{number} {text}") });
        served.check(&key, &comment).unwrap();
    }
    assert_eq!(served.told_to_stop().code(), Some(0));
    key
}

#[test]
fn a_killed_backup_leaves_nothing_that_looks_like_one() {
    let home = tempfile::tempdir().unwrap();
    let (data, shelf) = (home.path().join("data"), home.path().join("shelf"));
    with_comments(&data, 300);
    fs::create_dir(&shelf).unwrap();
    let before = rows(&data.join("hamgate.sqlite"));
    let (mut whole, mut none) = (0, 0);
    for target in ["one.tar", "folder"] {
        let target = shelf.join(target);
        let time = timed(|| drop(back_up(&data, &target)));
        for number in 0..KILLS / 2 {
            let _ = fs::remove_file(&target).or_else(|_| fs::remove_dir_all(&target));
            killed(
                &["backup", path(&target), "--data", path(&data)],
                2 * number,
                time,
            );
            if target.exists() {
                let restored = home.path().join("restored");
                runs(&["restore", path(&target), "--data", path(&restored)]);
                assert_eq!(
                    differing(&rows(&restored.join("hamgate.sqlite")), &before),
                    Vec::<String>::new()
                );
                fs::remove_dir_all(&restored).unwrap();
                whole += 1;
            } else {
                none += 1;
            }
        }
        let _ = fs::remove_file(&target).or_else(|_| fs::remove_dir_all(&target));
        back_up(&data, &target);
    }
    println!("{KILLS} kills: {none} backups not there, {whole} whole");
    assert_eq!(
        differing(&rows(&data.join("hamgate.sqlite")), &before),
        Vec::<String>::new()
    );
    let mut left: Vec<_> = fs::read_dir(&shelf)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["folder", "one.tar"], "the next run tidies up");
}

#[test]
fn a_killed_restore_leaves_a_folder_that_nothing_opens_and_the_next_one_finishes() {
    let home = tempfile::tempdir().unwrap();
    let (data, into) = (home.path().join("data"), home.path().join("into"));
    let backup = home.path().join("one.tar");
    with_comments(&data, 300);
    back_up(&data, &backup);
    let before = rows(&data.join("hamgate.sqlite"));
    let restore = ["restore", path(&backup), "--data", path(&into)];
    let time = timed(|| drop(runs(&restore)));
    let (mut whole, mut refused, mut none) = (0, 0, 0);
    for number in 0..KILLS {
        fs::remove_dir_all(&into).unwrap();
        killed(&restore, number, time);
        if into.join(".restoring").exists() {
            let why = refusal(&["sites", "list", "--data", path(&into)]);
            assert!(why.contains("run `hamgate restore` again"), "{why}");
            let why = refusal(&["serve", "--listen", "127.0.0.1:0", "--data", path(&into)]);
            assert!(why.contains("run `hamgate restore` again"), "{why}");
            runs(&restore);
            refused += 1;
        } else if into.join("hamgate.sqlite").exists() {
            whole += 1;
        } else {
            runs(&restore);
            none += 1;
        }
        assert_eq!(
            differing(&rows(&into.join("hamgate.sqlite")), &before),
            Vec::<String>::new()
        );
    }
    println!("{KILLS} kills: {none} not begun, {refused} unfinished and refused, {whole} whole");
    let served = Served::start(&into);
    assert_eq!(served.readiness(), 200);
}

/// Tables in which the two differ.
fn differing(left: &Rows, right: &Rows) -> Vec<String> {
    let tables = left.keys().chain(right.keys());
    let differ = tables.filter(|table| left.get(*table) != right.get(*table));
    differ.cloned().collect()
}

type Rows = std::collections::BTreeMap<String, Vec<String>>;

/// Every row but of what has its own time or number: the requests, and the part
/// of the models.
fn rows_but_times(data: &Path) -> Rows {
    let mut rows = rows(&data.join("hamgate.sqlite"));
    for table in [
        "erasures",
        "heartbeat",
        "models",
        "model_events",
        "model_roles",
        "sample_sets",
        "sqlite_sequence",
        "trained_with",
    ] {
        rows.remove(table);
    }
    rows
}

fn copied(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copied(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

#[test]
fn a_killed_forgetting_is_finished_by_the_next_and_nothing_else_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let (original, data) = (home.path().join("original"), home.path().join("data"));
    lived(&original, 150);
    promoted(&original, &home.path().join("trained.model"));
    let person = ["--email", "person@example.org", "--data", path(&data)];
    let forget = [&["forget", "--yes", "--json"][..], &person].concat();
    let resume = ["forget", "--resume", "--json", "--data", path(&data)];
    copied(&original, &data);
    let mut certificate = serde_json::Value::Null;
    let time = timed(|| certificate = serde_json::from_str(&runs(&forget)).unwrap());
    let (wanted, models) = (rows_but_times(&data), models_of(&data));
    assert_eq!(models.len(), 1);
    let untouched = rows_but_times(&original);
    let (mut resumed, mut whole, mut none) = (0, 0, 0);
    for number in 0..KILLS {
        copied(&original, &data);
        let done = killed(&forget, number, time);
        let left = runs(&resume);
        let begun = !left.contains("nothing was interrupted");
        if begun {
            let left: serde_json::Value = serde_json::from_str(&left).unwrap();
            assert_eq!(left["removed"], certificate["removed"]);
            assert_eq!(left["champion"], certificate["champion"]);
            resumed += 1;
        }
        if begun || done || rows_but_times(&data) != untouched {
            assert_eq!(
                differing(&rows_but_times(&data), &wanted),
                Vec::<String>::new()
            );
            assert_eq!(models_of(&data), models);
            assert!(!lingers(&data, "quixotic-aardvark"));
            whole += u32::from(!begun);
        } else {
            none += 1;
        }
    }
    println!("{KILLS} kills: {none} not begun, {resumed} taken up again, {whole} whole");
    assert_eq!(Served::start(&data).readiness(), 200);
}
