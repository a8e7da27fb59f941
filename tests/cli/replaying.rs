//! `replay`: a stored judgement, made again bit for bit.

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::backup::{path, refusal};
use crate::binary::runs;
use crate::forgetting::{lived, tell};
use crate::served::Served;

#[test]
fn judgements_are_made_again_bit_for_bit_whatever_was_learnt_since() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let key = lived(&data, 4);
    let settings = [("HAMGATE_POLICY_MAX_HAM_REJECTED", "0.05")];
    let served = Served::start_with(&data, &settings);
    let replay = |id: &str, more: &[&str]| -> Vec<Value> {
        let said = runs(&[&["replay", id, "--json", "--data", path(&data)], more].concat());
        serde_json::from_str(&said).unwrap()
    };
    let id_of = |answer: &Value| answer["comment_id"].as_str().unwrap().to_owned();

    // Known author, link and text; the site's labels have a say.
    let author = json!({ "name": "spam1@example.org by name", "email": "spam1@example.org", "ip": "203.0.113.9" });
    let first = json!({ "id": "next", "content": "visit number 1 to our zorblax emporium was a delight", "author": author });
    let answer = served.check(&key, &first).unwrap();
    let sources: Vec<&str> = answer["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["source"].as_str().unwrap())
        .collect();
    assert!(
        sources.contains(&"history") && sources.contains(&"site") && sources.contains(&"campaign"),
        "{answer}"
    );
    let made = replay(&id_of(&answer), &[]);
    assert_eq!(made.len(), 1);
    assert_eq!(made[0]["outcome"], json!({ "is": "same" }));
    let policy = made[0]["changed"]
        .as_array()
        .unwrap()
        .iter()
        .find(|change| change["what"] == "policy");
    assert!(
        policy.is_some(),
        "judged under another policy: {}",
        made[0]["changed"]
    );

    // Every judgement of the store, whatever has been learnt since.
    let all = served.get(&key, "/v1/comments?limit=500");
    for item in all["items"].as_array().unwrap() {
        let made = replay(&id_of(item), &["--all"]);
        assert_eq!(made[0]["outcome"], json!({ "is": "same" }), "{}", made[0]);
    }

    // What differs today is said.
    tell(&served, &key, &json!({ "id": "next", "label": "ham" }));
    let said = runs(&["replay", &id_of(&answer), "--data", path(&data)]);
    assert!(
        said.contains("the same, bit for bit") && said.contains("labelled itself"),
        "{said}"
    );

    // The blog sends it again with another text: the first judgement's is gone.
    let changed = json!({ "id": "next", "content": "I take it all back.", "author": author });
    served.check(&key, &changed).unwrap();
    let made = replay(&id_of(&answer), &["--all"]);
    assert_eq!(made.len(), 2);
    assert_eq!(made[0]["outcome"]["is"], "impossible");
    assert!(
        made[0]["outcome"]["because"][0]
            .as_str()
            .unwrap()
            .contains("sent the comment again")
    );
    assert_eq!(made[1]["outcome"], json!({ "is": "same" }));
}

#[test]
fn what_cannot_be_made_again_is_said_with_its_reason() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let served = Served::start(&data);
    let key = served.key.clone().unwrap();
    let check = |content: &str| {
        let answer = served.check(&key, &json!({ "content": content })).unwrap();
        answer["comment_id"].as_str().unwrap().to_owned()
    };
    let (old, model, other) = (
        check("An old one."),
        check("Another model."),
        check("Another build."),
    );
    let database = Connection::open(data.join("hamgate.sqlite")).unwrap();
    let change = |id: &str, to: &str| {
        let id = uuid::Uuid::parse_str(id).unwrap();
        let sql = format!(
            "UPDATE judgements SET {to} WHERE comment = (SELECT comment FROM comments WHERE comment_id = ?)"
        );
        assert_eq!(database.execute(&sql, [id.as_bytes()]).unwrap(), 1);
    };
    change(&old, "gathered = NULL");
    change(
        &model,
        "body = json_replace(body, '$.model', '000000000000')",
    );
    change(
        &other,
        "body = json_replace(body, '$.spam_probability', 0.123)",
    );
    for (id, why) in [
        (&old, "did not write down from what"),
        (&model, "the model 000000000000 is not there any more"),
        (&other, "this build computes another way"),
    ] {
        let said = runs(&["replay", id, "--data", path(&data)]);
        assert!(said.contains(why), "{said}");
    }
    let unknown = "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10";
    assert!(refusal(&["replay", unknown, "--data", path(&data)]).contains("not found"));
}
