//! Black box over the binary: what a person types, and what comes back.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::blocking::Client;
use serde_json::{Value, json};

/// The binary, away from the settings of whoever runs the tests.
fn hamgate(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hamgate"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HAMGATE_")) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

fn runs(arguments: &[&str]) -> String {
    let output = hamgate(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn runs_on(input: &str, arguments: &[&str]) -> Output {
    let mut child = hamgate(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// A service that was started by `hamgate serve`; killed when it goes.
struct Served {
    child: Child,
    address: String,
    /// What the first start shows.
    key: Option<String>,
    /// Kept open, for the service may print more.
    _output: BufReader<ChildStdout>,
}

impl Served {
    fn start(data: &Path) -> Self {
        let data = data.to_str().unwrap();
        let mut child = hamgate(&["serve", "--listen", "127.0.0.1:0", "--data", data])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (mut address, mut key) = (None, None);
        loop {
            let mut line = String::new();
            assert!(output.read_line(&mut line).unwrap() > 0, "it ended early");
            if let Some(found) = line.strip_prefix("listening on ") {
                address = Some(found.trim().to_owned());
            }
            if let Some(found) = line.trim().strip_prefix("API key") {
                key = Some(found.trim().to_owned());
            }
            if line.contains("/docs") {
                break;
            }
        }
        Self {
            child,
            address: address.expect("no line says `listening on`"),
            key,
            _output: output,
        }
    }

    fn check(&self, key: &str, comment: &Value) -> reqwest::Result<Value> {
        check(&client(), &self.address, key, comment)
    }

    fn get(&self, key: &str, path: &str) -> Value {
        let url = format!("{}{path}", self.address);
        let response = client().get(url).bearer_auth(key).send().unwrap();
        assert_eq!(response.status(), 200);
        response.json().unwrap()
    }

    fn told_to_stop(mut self) -> ExitStatus {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(
            Command::new("sh")
                .args(["-c", &kill])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client() -> Client {
    Client::builder()
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}

fn check(client: &Client, address: &str, key: &str, comment: &Value) -> reqwest::Result<Value> {
    client
        .post(format!("{address}/v1/check"))
        .bearer_auth(key)
        .json(comment)
        .send()?
        .error_for_status()?
        .json()
}

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
fn sites_add_prints_both_keys_once() {
    let data = tempfile::tempdir().unwrap();
    let sites = ["sites", "--data", data.path().to_str().unwrap()];
    let add = |more: &[&str]| runs(&[&sites[..], &["add", "--json"], more].concat());
    let added = add(&["bread", "--url", "https://bread.example"]);
    let added: Value = serde_json::from_str(&added).unwrap();
    assert_eq!(added.as_object().unwrap().len(), 3, "{added}");
    assert_eq!(added["site"], "bread");
    let (api, akismet) = (
        added["api_key"].as_str().unwrap(),
        added["akismet_key"].as_str().unwrap(),
    );
    let base32 = |c: char| matches!(c, 'a'..='z' | '2'..='7');
    assert!(
        api.len() == 35
            && api
                .strip_prefix("hg_")
                .is_some_and(|rest| rest.chars().all(base32))
    );
    assert!(akismet.len() == 12 && akismet.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let moved = ["moved", "--url", "https://m.example", "--akismet-key"];
    let moved = add(&[&moved[..], &["0123456789ab"]].concat());
    assert!(moved.contains("0123456789ab"));

    let list = runs(&[&sites[..], &["list", "--json"]].concat());
    assert!(list.contains("bread") && list.contains("moved"));
    assert!(!list.contains(api) && !list.contains(akismet));
    let again = [&sites[..], &["add", "bread", "--url", "https://b.example"]].concat();
    assert_eq!(hamgate(&again).output().unwrap().status.code(), Some(1));
}

#[test]
fn config_check_reports_every_problem_with_the_nearest_name() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("hamgate.toml");
    std::fs::write(
        &file,
        "listn = \"127.0.0.1:1\"\n[limits]\nbody_bites = 5\nline_bytes = 1\n\
         [http]\nidle_seconds = \"soon\"\n[policy]\nreject = 3\n",
    )
    .unwrap();
    let output = hamgate(&["config", "--config", file.to_str().unwrap(), "check"])
        .env("HAMGATE_LISTEM", "x")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    for expected in [
        "`listn`: no such setting; did you mean `listen`?",
        "`limits.body_bites`: no such setting; did you mean `limits.body_bytes`?",
        "`limits.line_bytes`: ",
        "`http.idle_seconds`: ",
        "`policy.reject`: ",
        "`HAMGATE_LISTEM`: no such setting; did you mean `HAMGATE_LISTEN`?",
    ] {
        assert!(said.contains(expected), "{expected}\nis not in\n{said}");
    }
    let fine = runs(&["config", "check", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&fine).unwrap()["ok"], true);
}

#[test]
fn help_mentions_each_command() {
    let help = runs(&["--help"]);
    for command in [
        "serve",
        "check",
        "score",
        "evaluate",
        "train",
        "sites",
        "queue",
        "rules",
        "config",
        "healthcheck",
    ] {
        let line = help
            .lines()
            .find(|line| line.trim_start().starts_with(&format!("{command} ")));
        let line = line.unwrap_or_else(|| panic!("{command} is not in\n{help}"));
        assert!(line.split_whitespace().count() > 2, "{line}");
        assert!(runs(&[command, "--help"]).contains("Usage:"));
    }
}

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

/// Rounds of the kill test, clients, and answers after which the kill comes.
const ROUNDS: usize = 3;
const CLIENTS: usize = 8;
const ANSWERS: usize = 150;

#[test]
fn every_answered_comment_survives_kill_9_and_none_is_there_twice() {
    let data = tempfile::tempdir().unwrap();
    let mut served = Served::start(data.path());
    let key = served.key.clone().unwrap();
    // Own id to hamgate's id, of all rounds.
    let mut answered: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..ROUNDS {
        let answers = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::new(Mutex::new(Vec::new()));
        let count = Arc::new(AtomicUsize::new(0));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (address, key) = (served.address.clone(), key.clone());
                let (answers, sent, count) = (answers.clone(), sent.clone(), count.clone());
                std::thread::spawn(move || {
                    let client = client();
                    for turn in 0.. {
                        let id = format!("{round}-{number}-{turn}");
                        let comment = json!({ "id": id, "content": format!("remark {id}") });
                        sent.lock().unwrap().push(comment.clone());
                        let Ok(answer) = check(&client, &address, &key, &comment) else {
                            return;
                        };
                        let known = answer["comment_id"].as_str().unwrap().to_owned();
                        answers.lock().unwrap().push((id, known));
                        count.fetch_add(1, Ordering::Release);
                    }
                })
            })
            .collect();
        while count.load(Ordering::Acquire) < ANSWERS {
            assert!(clients.iter().any(|client| !client.is_finished()));
            std::thread::sleep(Duration::from_millis(1));
        }
        // SIGKILL, in the middle of the load.
        served.child.kill().unwrap();
        served.child.wait().unwrap();
        for client in clients {
            client.join().unwrap();
        }
        let new = std::mem::take(&mut *answers.lock().unwrap());
        let in_round = new.len();
        answered.extend(new);

        served = Served::start(data.path());
        // A blog that got no answer sends the comment again.
        let sent = std::mem::take(&mut *sent.lock().unwrap());
        let unanswered: Vec<_> = sent
            .iter()
            .filter(|comment| !answered.contains_key(comment["id"].as_str().unwrap()))
            .collect();
        let before = stored(&served, &key);
        for comment in &unanswered {
            served.check(&key, comment).unwrap();
        }
        let found = stored(&served, &key);
        for (own, known) in &answered {
            assert_eq!(before.get(own), Some(known), "{own} was answered and lost");
        }
        for comment in &sent {
            assert!(found.contains_key(comment["id"].as_str().unwrap()));
        }
        println!(
            "round {round}: {in_round} answered, {} unanswered; {} answered in all, {} found \
             after the restart, {} after sending the unanswered again, none twice",
            unanswered.len(),
            answered.len(),
            before.len(),
            found.len(),
        );
    }
}

/// Own id to hamgate's id of every stored comment, none twice.
fn stored(served: &Served, key: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut path = "/v1/comments?limit=500".to_owned();
    loop {
        let page = served.get(key, &path);
        for item in page["items"].as_array().unwrap() {
            let own = item["comment"]["id"].as_str().unwrap().to_owned();
            let known = item["comment_id"].as_str().unwrap().to_owned();
            let twice = found.insert(own, known);
            assert_eq!(twice, None, "{item} is there twice");
        }
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/comments?limit=500&cursor={next}"),
            None => return found,
        }
    }
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
