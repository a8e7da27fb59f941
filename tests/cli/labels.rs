//! `labels`: what moves the shared model, and what waits for a second voice.

use serde_json::{Value, json};

use crate::binary::runs;
use crate::served::{Served, client};

const SPAM: &str = "Buy cheap viagra and cialis online without prescription, best casino bonus at \
     http://cheap-pills-casino.example/buy";

fn feedback(service: &Served, key: &str, content: &str, label: &str) {
    let body = json!({"comment": {"content": content}, "label": label});
    let url = format!("{}/v1/feedback", service.address);
    let sent = client().post(url).bearer_auth(key).json(&body).send();
    assert_eq!(sent.unwrap().status(), 200);
}

#[test]
fn a_label_against_the_model_waits_and_moves_nothing() {
    let data = tempfile::tempdir().unwrap();
    let service = Served::start(data.path());
    let folder = data.path().to_str().unwrap();
    let listed = |action: &str| -> Value {
        let printed = runs(&["labels", "--data", folder, action, "--json"]);
        serde_json::from_str(&printed).unwrap()
    };
    assert_eq!(listed("influence"), json!([]));
    assert!(runs(&["labels", "--data", folder, "refused"]).contains("may learn every label"));

    let key = service.key.as_deref().unwrap();
    feedback(&service, key, SPAM, "ham");
    let question = "Which version of the compiler was that with?";
    feedback(&service, key, question, "ham");

    let refused = listed("refused");
    assert_eq!(refused.as_array().unwrap().len(), 1, "{refused}");
    assert_eq!(refused[0]["label"], "ham");
    assert_eq!(refused[0]["weight"], 0.0);
    assert!(
        refused[0]["refused"]
            .as_str()
            .unwrap()
            .contains("nobody else")
    );
    let moved = listed("influence");
    assert_eq!(moved.as_array().unwrap().len(), 1, "{moved}");
    assert!(
        moved[0]["moves"].as_f64().unwrap() < 0.0,
        "ham moves towards ham"
    );
    assert_ne!(moved[0]["comment_id"], refused[0]["comment_id"]);
    assert!(runs(&["labels", "--data", folder, "influence"]).contains("default"));
}
