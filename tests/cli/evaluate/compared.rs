//! Two models beside each other.

use serde_json::{Value, json};

use super::{HAM, SPAM, Written, line, report};
use crate::binary::runs;

#[test]
fn a_model_beside_itself_changes_no_verdict_and_a_tilted_one_does() {
    let written = Written::new();
    let lines: Vec<Value> = (0..30)
        .flat_map(|at| {
            [
                line(&format!("h{at}"), "a", "ham", &format!("{HAM} {at}")),
                line(&format!("s{at}"), "a", "spam", &format!("{SPAM} {at}")),
            ]
        })
        .collect();
    let file = written.file("lines.jsonl", &lines);
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/models/hamgate.model");
    let same = &report(&[&file, "--compare", shipped])["comparison"];
    assert_eq!((&same["flips"], &same["worse"]), (&json!([]), &json!([])));
    assert_eq!(same["one_minus_roca_difference"]["value"], 0.0);

    // Trained on the same lines with the labels turned round.
    let turned: Vec<Value> = lines
        .iter()
        .map(|line| {
            let mut turned = line.clone();
            turned["label"] = json!(if line["label"] == "ham" {
                "spam"
            } else {
                "ham"
            });
            turned
        })
        .collect();
    let turned = written.file("turned.jsonl", &turned);
    let model = written.path("turned.model");
    let model = model.to_str().unwrap();
    runs(&["train", &turned, "--from-scratch", "--out", model]);
    let compared = &report(&[&file, "--compare", model, "--show", "3"])["comparison"];
    let difference = &compared["one_minus_roca_difference"];
    assert!(difference["value"].as_f64().unwrap() > 50.0, "{difference}");
    let flips: u64 = compared["flips"]
        .as_array()
        .unwrap()
        .iter()
        .map(|flips| flips["count"].as_u64().unwrap())
        .sum();
    assert!(
        flips > 0 && compared["worse"].as_array().unwrap().len() == 3,
        "{compared}"
    );
    assert_eq!(compared["better"], json!([]));
}
