//! `serve` from start to stop.

use serde_json::json;

use crate::served::Served;

#[test]
fn serve_keeps_its_key_over_a_restart_and_stops_when_told() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path().join("not-there-yet");
    let served = Served::start(&data);
    assert!(served.address.starts_with("http://127.0.0.1:"));
    let key = served.key.clone().expect("the first start shows its key");
    let checked = served
        .check(&key, &json!({ "content": "hello there" }))
        .unwrap();
    let id = checked["comment_id"].as_str().unwrap().to_owned();
    assert_eq!(served.told_to_stop().code(), Some(0));

    let served = Served::start(&data);
    assert_eq!(served.key, None, "keys are shown once");
    let found = served.get(&key, &format!("/v1/comments/{id}"));
    assert_eq!(found["comment"]["content"], "hello there");
    assert_eq!(served.told_to_stop().code(), Some(0));
}
