//! `check` and `score`.

use std::process::Command;

use serde_json::Value;

use crate::binary::{hamgate, runs, runs_on};

#[test]
fn score_answers_each_line_in_order() {
    let lines = concat!(
        "{\"id\": \"a\", \"content\": \"Thanks, the dough rose at last.\"}\n",
        "{broken\n",
        "\n",
        "{\"id\": \"c\", \"content\": \"cheap viagra casino http://pills.example\"}\n",
        "{\"id\": \"d\", \"content\": 5}\n",
        "{\"id\": \"e\", \"content\": \"without an end of line\"}",
    );
    let output = runs_on(lines, &["score"]);
    assert!(output.status.success(), "{output:?}");
    let answers: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 5, "{answers:?}");
    for (place, id) in [(0, "a"), (2, "c"), (4, "e")] {
        let answer = &answers[place];
        assert_eq!(answer["id"], id);
        assert!(answer["verdict"].is_string(), "{answer}");
        assert!(answer["spam_probability"].is_f64(), "{answer}");
        assert!(answer["log_odds"].is_f64(), "{answer}");
        assert_eq!(answer.as_object().unwrap().len(), 4, "{answer}");
    }
    for place in [1, 3] {
        assert!(answers[place]["error"].is_string(), "{}", answers[place]);
    }
    assert!(answers[0]["log_odds"].as_f64() < answers[2]["log_odds"].as_f64());
}

#[test]
fn check_shows_a_table_or_json() {
    let words = ["check", "Great post!", "--url", "http://casino.example"];
    let table = runs(&words);
    assert!(table.contains("log-odds") && table.contains("policy"));
    let json: Value = serde_json::from_str(&runs(&[&words[..], &["--json"]].concat())).unwrap();
    let sum: f64 = json["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["log_odds"].as_f64().unwrap())
        .sum();
    assert!((sum - json["log_odds"].as_f64().unwrap()).abs() < 1e-9);
    let verdict = json["verdict"].as_str().unwrap().to_uppercase();
    assert!(table.starts_with(&verdict), "{table}");
    let refused = hamgate(&["check", " "]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for arguments in [
        &["rules"][..],
        &["check", "Thank you!"],
        &["score", "training-data/ham.jsonl"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_hamgate"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(arguments)
            .stdout(writer)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.is_empty(),
            "{arguments:?}: {said}"
        );
    }
}
