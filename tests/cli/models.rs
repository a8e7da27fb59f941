//! `hamgate models`: what it says, and what it refuses.

use serde_json::Value;

use crate::binary::{hamgate, runs};
use crate::served::Served;

#[test]
fn a_new_installation_judges_by_the_model_that_ships() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().to_str().unwrap();
    runs(&[
        "sites",
        "--data",
        data,
        "add",
        "art",
        "--url",
        "https://art.example",
    ]);
    let models = runs(&["models", "--data", data, "list"]);
    assert!(models.contains("champion, shipped"), "{models}");
    let shown: Value = serde_json::from_str(&runs(&[
        "models", "--data", data, "show", "shipped", "--json",
    ]))
    .unwrap();
    assert_eq!(shown["model"]["champion"], true);
    assert!(
        shown["model"]["card"]["trained_on"]["ham"]
            .as_u64()
            .unwrap()
            > 1_000
    );
    for (arguments, expected) in [
        (&["show", "0123456789"][..], "is no model here"),
        (&["show", "shadow"], "is no model here"),
        (&["rollback"], "was before all others"),
        (&["shadow", "shipped"], "cannot be a shadow"),
        (&["pin", "not-an-id"], "a comment's id is a UUID"),
        (&["unpin", "7"], "not found"),
    ] {
        let refused = hamgate(&[&["models", "--data", data], arguments].concat())
            .output()
            .unwrap();
        assert!(!refused.status.success(), "{arguments:?}");
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
}

#[test]
fn honest_comments_are_pinned_by_id_and_from_a_file() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().to_str().unwrap();
    let served = Served::start(home.path());
    let key = served.key.clone().unwrap();
    let comment = serde_json::json!({ "content": "My pharmacy sells viagra, legally." });
    let id = served.check(&key, &comment).unwrap()["comment_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let pinned = runs(&["models", "--data", data, "pin", &id]);
    assert!(pinned.contains("1 newly pinned; 1 in all"), "{pinned}");
    let lines = home.path().join("honest.jsonl");
    let text = concat!(
        "{\"content\": \"I borrowed money for the casino, a sad story.\", \"label\": \"ham\"}\n",
        "{\"content\": \"Cheap pills\", \"label\": \"spam\"}\n"
    );
    std::fs::write(&lines, text).unwrap();
    let pinned = runs(&[
        "models",
        "--data",
        data,
        "pin",
        "--lines",
        lines.to_str().unwrap(),
    ]);
    assert!(pinned.contains("1 newly pinned; 2 in all"), "{pinned}");
    let pins: Value =
        serde_json::from_str(&runs(&["models", "--data", data, "pins", "--json"])).unwrap();
    assert_eq!(pins[0]["comment_id"], id.as_str());
    let number = pins[1]["pin"].to_string();
    runs(&["models", "--data", data, "unpin", &number]);
    let pins = runs(&["models", "--data", data, "pins"]);
    assert!(
        pins.contains("pharmacy") && !pins.contains("casino"),
        "{pins}"
    );
}
