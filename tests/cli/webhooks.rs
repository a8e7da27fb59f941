//! `webhooks`: added beside a running service, which then delivers.

use std::net::TcpListener;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::binary::hamgate;
use crate::receiver::{Receiver, Reply};
use crate::served::{Served, client};

const SETTINGS: [(&str, &str); 2] = [
    ("HAMGATE_WEBHOOKS_UNDO_SECONDS", "0"),
    ("HAMGATE_WEBHOOKS_ALLOW_PRIVATE", "true"),
];

fn webhooks(data: &Path, arguments: &[&str]) -> Output {
    let all = [&["webhooks", "--data", data.to_str().unwrap()], arguments].concat();
    hamgate(&all).envs(SETTINGS).output().unwrap()
}

#[track_caller]
fn shows(data: &Path, arguments: &[&str]) -> Value {
    let output = webhooks(data, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn refuses(output: &Output, why: &str) {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains(why), "{error}");
}

fn decide(served: &Served, key: &str, content: &str) -> Value {
    let checked = served.check(key, &json!({ "content": content })).unwrap();
    let id = checked["comment_id"].as_str().unwrap();
    let url = format!("{}/v1/comments/{id}/decision", served.address);
    let decided = client()
        .post(url)
        .bearer_auth(key)
        .json(&json!({"decision": "accept"}))
        .send()
        .unwrap();
    assert_eq!(decided.status(), 200);
    checked["comment_id"].clone()
}

#[test]
fn a_webhook_that_is_added_beside_the_service_is_told() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path();
    let receiver = Receiver::start();
    let served = Served::start_with(data, &SETTINGS);
    let key = served.key.clone().unwrap();
    decide(&served, &key, "before anybody asked");

    let url = receiver.url("/hook");
    let decided = ["--event", "comment.decided"];
    let added = shows(
        data,
        &[&["add", "default", "--url", &url], &decided[..]].concat(),
    );
    let id = added["id"].as_str().unwrap();
    let secret = added["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"), "{added}");
    assert_eq!(added["events"], json!(["comment.decided"]));

    let comment = decide(&served, &key, "told of");
    let received = receiver.next();
    assert_eq!(received.json()["data"]["comment_id"], comment);
    assert_eq!(
        received.header("webhook-signature"),
        received.signed_by(secret)
    );

    let tested = shows(data, &["test", id]);
    assert_eq!(
        (&tested["status"], &tested["failure"]),
        (&json!(204), &json!(null))
    );
    assert_eq!(receiver.next().json()["type"], "webhook.test");
    receiver.then(Some(Reply::status(302)));
    refuses(&webhooks(data, &["test", id]), "redirect");
    receiver.next();

    let rotated = shows(data, &["rotate", id]);
    assert_ne!(rotated["secret"], secret);
    let listed = shows(data, &["list"]);
    assert_eq!(
        (&listed[0]["id"], &listed[0]["site"]),
        (&json!(id), &json!("default"))
    );
    assert!(!listed.to_string().contains("whsec_"), "{listed}");

    receiver.then(Some(Reply {
        headers: vec![("Retry-After", "3600".into())],
        ..Reply::status(503)
    }));
    decide(&served, &key, "late");
    receiver.next();
    // What failed is written down a moment after it failed.
    let written = |_| shows(data, &["log", "default"])[0]["status"] == 503;
    assert!((0..500).any(written));
    assert_eq!(shows(data, &["list", "default"])[0]["waiting"], 1);
    assert_eq!(shows(data, &["retry", "default"])["due"], 1);
    receiver.next();

    assert_eq!(shows(data, &["remove", id])["removed"], id);
    assert_eq!(shows(data, &["list"]), json!([]));
    refuses(&webhooks(data, &["remove", id]), "hamgate webhooks list");
    assert_eq!(served.told_to_stop().code(), Some(0));
    assert_eq!(receiver.received(), []);
}

#[test]
fn a_stop_leaves_what_is_under_way_to_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let receiver = Receiver::start();
    let served = Served::start_with(home.path(), &SETTINGS);
    let key = served.key.clone().unwrap();
    shows(
        home.path(),
        &["add", "default", "--url", &receiver.url("/")],
    );
    receiver.then(None);
    decide(&served, &key, "under way");
    let first = receiver.next();
    assert_eq!(served.told_to_stop().code(), Some(0));
    let _served = Served::start_with(home.path(), &SETTINGS);
    let again = receiver.next();
    assert_eq!(again.header("webhook-id"), first.header("webhook-id"));
}

#[test]
fn what_cannot_be_a_webhook_is_refused_with_a_remedy() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path();
    let site = [
        "sites",
        "add",
        "art",
        "--url",
        "https://art.example",
        "--data",
    ];
    let made = hamgate(&[&site[..], &[data.to_str().unwrap()]].concat()).output();
    assert!(made.unwrap().status.success());
    let all = ["webhooks", "--data", data.to_str().unwrap()];
    let add = |url| {
        hamgate(&[&all[..], &["add", "art", "--url", url]].concat())
            .output()
            .unwrap()
    };
    refuses(&add("http://127.0.0.1:9/"), "webhooks.allow_private");
    refuses(&add("http://0177.0.0.1/"), "webhooks.allow_private");
    refuses(&add("http://169.254.169.254/"), "never called");
    refuses(&add("art.example"), "https://");
    refuses(
        &webhooks(data, &["add", "zoo", "--url", "https://a.example"]),
        "hamgate sites list",
    );
    let typed = webhooks(
        data,
        &[
            "add",
            "art",
            "--url",
            "https://a.example",
            "--event",
            "comment",
        ],
    );
    assert_eq!(typed.status.code(), Some(2));
    let help = String::from_utf8_lossy(&typed.stderr).into_owned();
    assert!(help.contains("comment.verdict_changed"), "{help}");
    assert_eq!(webhooks(data, &["test", "7"]).status.code(), Some(2));
}

#[test]
fn proxies_of_the_environment_are_not_used() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path();
    let site = [
        "sites",
        "add",
        "art",
        "--url",
        "https://art.example",
        "--data",
    ];
    let made = hamgate(&[&site[..], &[data.to_str().unwrap()]].concat()).output();
    assert!(made.unwrap().status.success());
    let receiver = Receiver::start();
    let added = shows(data, &["add", "art", "--url", &receiver.url("/")]);
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let id = added["id"].as_str().unwrap();
    let mut test = hamgate(&["webhooks", "--data", data.to_str().unwrap(), "test", id]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"] {
        test.env(name, &address);
    }
    assert!(test.envs(SETTINGS).output().unwrap().status.success());
    receiver.only();
    proxy.set_nonblocking(true).unwrap();
    assert!(proxy.accept().is_err(), "the proxy was called");
}
