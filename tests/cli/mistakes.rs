//! Common mistakes: each message says what to do.

use std::net::TcpListener;
use std::process::Output;

use crate::binary::{hamgate, runs};

/// What a command that must fail says.
#[track_caller]
fn complaint(arguments: &[&str]) -> String {
    let output: Output = hamgate(arguments).output().unwrap();
    assert!(!output.status.success(), "{arguments:?}: {output:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_port_in_use_names_the_option() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = tempfile::tempdir().unwrap();
    let data = data.path().to_str().unwrap();
    let said = complaint(&["serve", "--listen", &address, "--data", data]);
    assert!(
        said.contains(&address) && said.contains("--listen"),
        "{said}"
    );
    assert!(
        said.contains("end the program that listens there"),
        "{said}"
    );
}

#[test]
fn a_directory_that_cannot_be_used_names_the_option() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    std::fs::write(&file, "").unwrap();
    let file = file.to_str().unwrap();
    let said = complaint(&["serve", "--listen", "127.0.0.1:0", "--data", file]);
    assert!(
        said.contains("is a file") && said.contains("--data"),
        "{said}"
    );
}

#[test]
fn a_file_that_is_not_there_names_what_is_wanted() {
    for (arguments, wanted) in [
        (&["score", "nowhere.jsonl"][..], "a file of comment lines"),
        (&["evaluate", "nowhere.jsonl"], "a file of comment lines"),
        (
            &["train", "nowhere.jsonl", "--out", "m"],
            "a file of comment lines",
        ),
        (&["check", "Hi", "--model", "nowhere.model"], "a model file"),
        (
            &["config", "check", "--config", "nowhere.toml"],
            "a settings file (--config)",
        ),
    ] {
        let said = complaint(arguments);
        assert!(said.contains("nowhere") && said.contains(wanted), "{said}");
    }
}

#[test]
fn a_misspelt_option_or_command_names_the_nearest() {
    for (arguments, nearest) in [
        (&["serve", "--lisen", "x"][..], "--listen"),
        (&["srve"], "serve"),
        (&["queue", "lst"], "list"),
    ] {
        let said = complaint(arguments);
        assert!(said.contains(&format!("'{nearest}'")), "{said}");
    }
}

#[test]
fn a_mistyped_directory_is_refused_and_not_made() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("mistyped");
    let named = data.to_str().unwrap();
    for arguments in [
        &["queue", "list"][..],
        &["sites", "list"],
        &["sites", "revoke", "default"],
        &["train", "--out", "m"],
    ] {
        let said = complaint(&[arguments, &["--data", named]].concat());
        assert!(said.contains(named) && said.contains("--data"), "{said}");
        assert!(!data.exists(), "{arguments:?} made it");
    }
    runs(&[
        "sites",
        "add",
        "art",
        "--url",
        "https://art.example",
        "--data",
        named,
    ]);
    assert!(runs(&["sites", "list", "--data", named]).contains("art"));
}
