//! A disk that refuses writes: the system limits how long the service's files
//! may grow, and lifts the limit again.

use std::path::Path;
use std::process::Command;

use reqwest::StatusCode;
use serde_json::json;

use crate::served::Served;

/// Whether the limit is in force; the tool for it is part of every usual Linux.
fn limit_files(served: &Served, bytes: &str) -> bool {
    Command::new("prlimit")
        .args(["--pid", &served.child.id().to_string()])
        .arg(format!("--fsize={bytes}:"))
        .status()
        .is_ok_and(|status| status.success())
}

fn largest_file(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .max()
        .unwrap()
}

#[test]
fn a_disk_that_refuses_writes_is_a_503_until_it_takes_them_again() {
    let data = tempfile::tempdir().unwrap();
    let served = Served::start_with_file_limits(data.path());
    let key = served.key.clone().unwrap();
    let room = largest_file(data.path()) + 200_000;
    if !limit_files(&served, &room.to_string()) {
        eprintln!("skipped: there is no prlimit");
        return;
    }
    let text = "Nearly a page of text. ".repeat(150);
    let mut stored = Vec::new();
    let refused = loop {
        match served.check(&key, &json!({ "content": text })) {
            Ok(answer) => stored.push(answer["comment_id"].clone()),
            Err(refused) => break refused,
        }
        assert!(stored.len() < 500, "it never fills");
    };
    assert!(!stored.is_empty());
    assert_eq!(refused.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(served.readiness(), 503);
    let list = || served.get(&key, "/v1/comments?limit=500")["items"].clone();
    assert_eq!(list().as_array().unwrap().len(), stored.len());

    assert!(limit_files(&served, "unlimited"));
    assert_eq!(served.readiness(), 200);
    let later = served.check(&key, &json!({ "content": text })).unwrap();
    stored.push(later["comment_id"].clone());
    let found = list();
    let found = found.as_array().unwrap().iter().rev();
    assert!(found.map(|item| &item["comment_id"]).eq(&stored));
    assert_eq!(served.told_to_stop().code(), Some(0));
}
