//! `moderators`: links and passwords are for their owners only.

use serde_json::Value;

use crate::binary::{hamgate, runs, runs_on};

#[test]
fn moderators_are_added_listed_reset_and_removed() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path().to_str().unwrap();
    let fails = |arguments: &[&str]| {
        let output = hamgate(&[&["moderators", "--data", data], arguments].concat())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(fails(&["add", "mia"]).contains("no hamgate database"));
    runs(&[
        "sites",
        "--data",
        data,
        "add",
        "bread",
        "--url",
        "https://bread.example",
    ]);

    let run = |arguments: &[&str]| runs(&[&["moderators", "--data", data], arguments].concat());
    let added = run(&["add", "mia", "--site", "bread", "--json"]);
    let added: Value = serde_json::from_str(&added).unwrap();
    let link = added["link"].as_str().unwrap();
    assert!(
        link.starts_with("http://localhost:8080/desk/welcome/"),
        "{link}"
    );
    assert!(run(&["reset", "mia"]).contains("/desk/welcome/"));
    assert!(fails(&["add", "MIA"]).contains("taken"));
    assert!(fails(&["add", "jo", "--site", "nowhere"]).contains("`nowhere` is not known"));
    assert!(fails(&["add", "api"]).contains("`name`"));
    assert!(fails(&["remove", "nobody"]).contains("nobody"));

    let with = |password: &str| {
        let add = [
            "moderators",
            "--data",
            data,
            "add",
            "jo",
            "--role",
            "admin",
            "--password-stdin",
        ];
        runs_on(password, &add)
    };
    assert!(String::from_utf8_lossy(&with("short\n").stderr).contains("15 characters"));
    let output = with("otter violin gravel teapot\n");
    assert!(output.status.success(), "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("welcome/"));

    let list: Value = serde_json::from_str(&run(&["list", "--json"])).unwrap();
    assert_eq!(list[0]["name"], "jo");
    assert_eq!(list[0]["sites"], Value::Null);
    assert_eq!(list[0]["has_password"], true);
    assert_eq!(list[1]["sites"][0], "bread");
    assert_eq!(list[1]["has_password"], false);
    assert_eq!(list[1]["has_second_factor"], false);

    runs(&[
        "sites",
        "--data",
        data,
        "add",
        "cake",
        "--url",
        "https://cake.example",
    ]);
    assert!(run(&["set", "mia", "--role", "viewer"]).contains("viewer"));
    run(&["set", "mia", "--site", "cake"]);
    let list: Value = serde_json::from_str(&run(&["list", "--json"])).unwrap();
    assert_eq!(list[1]["role"], "viewer");
    assert_eq!(list[1]["sites"], serde_json::json!(["cake"]));
    assert!(fails(&["set", "mia", "--site", "nowhere"]).contains("`nowhere` is not known"));
    assert!(fails(&["set", "nobody", "--role", "admin"]).contains("nobody"));
    assert!(fails(&["reset", "mia", "--second-factor"]).contains("with a second factor"));
    run(&["remove", "mia"]);
    assert!(!run(&["list"]).contains("mia"));
}
