//! `forget` and `person`: what goes, what is certified, and that it is so.

use std::fs;
use std::path::Path;

use hamgate::bayes::ModelCard;
use hamgate::service::{Installation, ModelName};
use serde_json::{Value, json};

use crate::backup::{path, refusal};
use crate::binary::{hamgate, runs};
use crate::served::{Served, client};

/// Nowhere else.
const MARKER: &str = "quixotic-aardvark";

fn comment(id: &str, content: String, email: &str, ip: &str) -> Value {
    json!({
        "id": id, "content": content,
        "author": { "name": format!("{email} by name"), "email": email, "ip": ip },
        // The same in two installations.
        "submitted_at": "2026-05-01T12:00:00Z",
    })
}

pub fn tell(served: &Served, key: &str, feedback: &Value) {
    let url = format!("{}/v1/feedback", served.address);
    let request = client().post(url).bearer_auth(key).json(feedback);
    request.send().unwrap().error_for_status().unwrap();
}

/// A blog of honest and spam comments, and of one person's if asked; the key.
pub fn lived(data: &Path, with_person: usize) -> String {
    let served = Served::start(data);
    let key = served.key.clone().unwrap();
    for number in 0..12 {
        let honest = format!("chapter {number} made me look again at my own garden");
        let spam = format!("visit number {number} to our zorblax emporium was a delight");
        for (label, text, ip) in [("ham", honest, "192.0.2.7"), ("spam", spam, "203.0.113.9")] {
            let id = format!("{label}-{number}");
            let email = format!("{label}{number}@example.org");
            served.check(&key, &comment(&id, text, &email, ip)).unwrap();
            tell(&served, &key, &json!({ "id": id, "label": label }));
        }
    }
    for number in 0..with_person {
        let text = format!(
            "{MARKER} number {number} says {}",
            "a long story ".repeat(number % 90)
        );
        let id = format!("{MARKER}-{number}");
        let their = comment(&id, text, "person@example.org", "192.0.2.8");
        served.check(&key, &their).unwrap();
        if number % 2 == 0 {
            tell(&served, &key, &json!({ "id": id, "label": "ham" }));
        }
    }
    assert_eq!(served.told_to_stop().code(), Some(0));
    key
}

pub fn lingers(data: &Path, what: &str) -> bool {
    let files = fs::read_dir(data)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files = files.filter(|path| path.is_file());
    let what = aho_corasick::AhoCorasick::new([what]).unwrap();
    files.any(|path| what.is_match(&fs::read(path).unwrap()))
}

fn hash(file: &Path) -> String {
    hamgate::bayes::content_hash(&fs::read(file).unwrap())
}

fn json_of(arguments: &[&str]) -> Value {
    serde_json::from_str(&runs(arguments)).unwrap()
}

#[test]
fn a_person_is_forgotten_and_the_model_is_the_one_that_never_saw_them() {
    let home = tempfile::tempdir().unwrap();
    let (data, never) = (home.path().join("data"), home.path().join("never"));
    let model = home.path().join("own.model");
    let key = lived(&data, 5);
    let never_key = lived(&never, 0);
    runs(&["train", "--data", path(&data), "--out", path(&model)]);
    let before = hash(&model);
    assert!(lingers(&data, MARKER));
    let person = [
        "--email",
        "Person@example.org",
        "--data",
        path(&data),
        "--model",
        path(&model),
    ];

    let forecast = json_of(&[&["forget", "--dry-run", "--json"][..], &person].concat());
    assert_eq!(forecast["comments"], 5, "{forecast}");
    assert_eq!(forecast["removed"]["labels"], 3);
    assert_eq!(forecast["models"], json!([before]));
    let refused = refusal(&[&["forget"][..], &person].concat());
    assert!(refused.contains("--yes"), "{refused}");
    assert!(lingers(&data, MARKER));

    // Beside a running service.
    let served = Served::start(&data);
    let certified = home.path().join("certificate.json");
    let yes = ["forget", "--yes", "--json", "--out", path(&certified)];
    let certificate = json_of(&[&yes[..], &person].concat());
    let written: Value = serde_json::from_str(&fs::read_to_string(&certified).unwrap()).unwrap();
    assert_eq!(certificate, written);
    assert_eq!(certificate["removed"], forecast["removed"]);
    assert_eq!(
        certificate["database"],
        json!({ "whole": true, "log": true })
    );
    assert_eq!(certificate["asked"]["by"], json!(["email"]));
    assert!(
        !certificate.to_string().contains("person@"),
        "{certificate}"
    );
    assert!(!lingers(&data, MARKER) && !lingers(&data, "person@example.org"));
    assert_eq!(
        served.get(&key, "/v1/comments?limit=500")["items"]
            .as_array()
            .unwrap()
            .len(),
        24
    );
    served
        .check(&key, &json!({ "content": "It goes on." }))
        .unwrap();

    // The site's own layer is that of a site that never heard of them.
    let question = json!({
        "content": "my garden has a zorblax emporium, chapter 3 says", "dry_run": true,
        "submitted_at": "2026-05-01T12:00:00Z",
    });
    let answer = served.check(&key, &question).unwrap();
    let unaware = Served::start(&never);
    assert_eq!(answer, unaware.check(&never_key, &question).unwrap());
    let mut pieces = answer["evidence"].as_array().unwrap().iter();
    assert!(pieces.any(|piece| piece["source"] == "site"), "{answer}");
    assert_eq!(unaware.told_to_stop().code(), Some(0));

    // The model that judges is the one of a store that never saw them.
    let change = &certificate["models"][0];
    assert_eq!(change["before"], before.as_str());
    assert_eq!(change["after"], hash(&model).as_str());
    assert_ne!(hash(&model), before);
    let check = home.path().join("check.model");
    for data in [&never, &data] {
        runs(&["train", "--data", path(data), "--out", path(&check)]);
        assert_eq!(fs::read(&check).unwrap(), fs::read(&model).unwrap());
    }

    let again = json_of(&[&yes[..3], &person].concat());
    assert_eq!(
        (&again["removed"], &again["models"]),
        (&json!({}), &json!([]))
    );
    assert_eq!(again["champion"], certificate["champion"]);
    let resumed = runs(&["forget", "--resume", "--data", path(&data)]);
    assert!(resumed.contains("nothing was interrupted"), "{resumed}");
}

#[test]
fn a_person_is_told_all_that_is_kept_and_neighbours_are_not_taken_for_them() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    lived(&data, 3);
    let export =
        |flags: &[&str]| json_of(&[&["person", "export", "--data", path(&data)], flags].concat());
    let by_email = export(&["--email", "person@example.org"]);
    let comments = by_email["comments"].as_array().unwrap();
    assert_eq!(comments.len(), 3);
    let first = &comments[0];
    assert_eq!(first["comment"]["comment"]["author"]["ip"], "192.0.2.8");
    assert!(
        first["comment"]["comment"]["content"]
            .as_str()
            .unwrap()
            .starts_with(MARKER)
    );
    assert!(
        !first["comment"]["judgements"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(first["label"]["label"], "ham");
    assert_eq!(by_email["said"][0]["of"], "email");
    assert_eq!(by_email["said"][0]["tally"]["ham_here"], 2);
    // Twelve honest comments came from the address beside theirs.
    assert_eq!(
        export(&["--ip", "192.0.2.8"])["comments"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(export(&["--ip", "192.0.2.9"])["comments"], json!([]));
    let by_name = export(&["--name", "HAM1@example.org by name"]);
    assert_eq!(by_name["comments"].as_array().unwrap().len(), 1);
    let either = export(&[
        "--email",
        "person@example.org",
        "--name",
        "ham1@example.org by name",
    ]);
    assert_eq!(either["comments"].as_array().unwrap().len(), 4);
    let file = home.path().join("person.json");
    let said = runs(&[
        "person",
        "export",
        "--ip",
        "192.0.2.8",
        "--data",
        path(&data),
        "--out",
        path(&file),
    ]);
    assert!(said.contains("3 comments"), "{said}");
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let nobody = refusal(&["person", "export", "--data", path(&data)]);
    assert!(nobody.contains("--email"), "{nobody}");

    let erase = [
        "person",
        "erase",
        "--ip",
        "192.0.2.8",
        "--yes",
        "--data",
        path(&data),
    ];
    let certificate = runs(&erase);
    assert!(
        certificate.contains("Certificate of erasure"),
        "{certificate}"
    );
    assert!(certificate.contains("3 comments"), "{certificate}");
    assert!(!lingers(&data, MARKER));
    assert_eq!(
        export(&["--email", "person@example.org"])["comments"],
        json!([])
    );
    assert_eq!(
        export(&["--ip", "192.0.2.7"])["comments"]
            .as_array()
            .unwrap()
            .len(),
        12
    );
}

#[test]
fn a_comment_a_site_and_a_time_are_forgotten_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let key = lived(&data, 2);
    let served = Served::start(&data);
    let forget = |flags: &[&str]| {
        json_of(&[&["forget", "--yes", "--json", "--data", path(&data)], flags].concat())
    };
    let all = served.get(&key, "/v1/comments?limit=500");
    let one = all["items"][0]["comment_id"].as_str().unwrap();
    let certificate = forget(&["--comment", one]);
    assert_eq!(certificate["removed"]["comments"], 1);
    assert_eq!(
        served.get(&key, "/v1/comments?limit=500")["items"]
            .as_array()
            .unwrap()
            .len(),
        25
    );
    let early = forget(&["--site", "default", "--before", "2026-01-01"]);
    assert_eq!(early["removed"], json!({}));
    let site = forget(&["--site", "default", "--no-rewrite"]);
    assert_eq!(site["removed"]["comments"], 25);
    assert!(site["not_reached"].to_string().contains("not written anew"));
    assert_eq!(served.get(&key, "/v1/comments")["items"], json!([]));
    assert_eq!(
        served
            .check(&key, &json!({ "content": "The key still works." }))
            .unwrap()["comment_id"]
            .is_string(),
        true
    );
    let rewritten = runs(&["forget", "--resume", "--rewrite", "--data", path(&data)]);
    assert!(rewritten.contains("written anew"), "{rewritten}");

    for (flags, why) in [
        (&["--yes"][..], "name a comment, a person, a site or a time"),
        (&["--yes", "--site", "cake"], "not found"),
        (&["--yes", "--name", ""], "letters or digits"),
    ] {
        let refused = refusal(&[&["forget", "--data", path(&data)], flags].concat());
        assert!(refused.contains(why), "{refused}");
    }
    for flags in [
        &["--before", "soon"][..],
        &["--comment", "one"],
        &["--ip", "x"],
    ] {
        let output = hamgate(&[&["forget"], flags].concat()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
}

/// Model files of an installation.
pub fn models_of(data: &Path) -> Vec<String> {
    let files = fs::read_dir(data.join("models")).unwrap();
    let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut models: Vec<_> = names.filter(|name| name.ends_with(".model")).collect();
    models.sort();
    models
}

/// Trains on the store's labels, and lets that model judge; its hash.
pub fn promoted(data: &Path, into: &Path) -> String {
    runs(&["train", "--data", path(data), "--out", path(into)]);
    let bytes = fs::read(into).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let installation = Installation::open(data).unwrap();
        let card = ModelCard::read(&bytes).unwrap();
        let none = Default::default();
        let hash = installation
            .keep_model(&bytes, card, none, 0, "ada")
            .await
            .unwrap();
        let model = installation
            .model(&ModelName::Id(hash.0.clone()))
            .await
            .unwrap();
        let champion = installation.model(&ModelName::Champion).await.unwrap();
        let promotion = installation.promote_model(&model, &champion, "ada", "better", None);
        promotion.await.unwrap();
        hash.0
    })
}

#[test]
fn the_champion_is_made_anew_and_those_that_knew_them_are_gone() {
    let home = tempfile::tempdir().unwrap();
    let (data, never) = (home.path().join("data"), home.path().join("never"));
    let trained = home.path().join("trained.model");
    let key = lived(&data, 3);
    lived(&never, 0);
    let before = promoted(&data, &trained);
    let served = Served::start(&data);
    let dry = json!({ "content": "which model is it?", "dry_run": true });
    assert_eq!(served.check(&key, &dry).unwrap()["model"], before[..12]);
    let person = ["--email", "person@example.org", "--data", path(&data)];
    let certificate = json_of(&[&["forget", "--yes", "--json"][..], &person].concat());
    runs(&["train", "--data", path(&never), "--out", path(&trained)]);
    let after = hash(&trained);
    assert_eq!(certificate["models"][0]["before"], before.as_str());
    assert_eq!(certificate["models"][0]["after"], after.as_str());
    assert_eq!(certificate["champion"], after.as_str());
    let kept = models_of(&data);
    assert_eq!(kept, [format!("{after}.model")]);
    // The running service follows, and judgements of the old one cannot be made again.
    while served.check(&key, &dry).unwrap()["model"] != after[..12] {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    // Everything goes: the model that ships judges again.
    let all = json_of(&[
        "forget",
        "--yes",
        "--json",
        "--site",
        "default",
        "--data",
        path(&data),
    ]);
    assert_eq!(all["models"][0]["before"], after.as_str());
    let shipped = all["champion"].as_str().unwrap();
    assert_eq!(all["models"][0]["after"], shipped);
    while served.check(&key, &dry).unwrap()["model"] != shipped[..12] {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
