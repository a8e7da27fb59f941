//! `hamgate serve`, with one site for a blog.

use std::net::TcpListener;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::process::{Process, away_from_settings, listening};

pub struct Service {
    pub address: String,
    pub key: String,
    port: u16,
    settings: Vec<(&'static str, &'static str)>,
    data: TempDir,
    /// `None` while it is away.
    process: Option<Process>,
}

impl Service {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// A service that finds no comment good enough to accept it unseen.
    pub fn start_that_holds() -> Self {
        Self::start_with(&[("HAMGATE_POLICY_MAX_SPAM_ACCEPTED", "0.00001")])
    }

    fn start_with(settings: &[(&'static str, &'static str)]) -> Self {
        let mut service = Self {
            address: String::new(),
            key: String::new(),
            port: free_port(),
            settings: settings.to_vec(),
            data: tempfile::tempdir().unwrap(),
            process: None,
        };
        let url = "http://127.0.0.1";
        let added = service.run(&["sites", "add", "blog", "--url", url, "--json"]);
        service.key = added["api_key"].as_str().unwrap().to_owned();
        service.come_back();
        service
    }

    /// What a command that reports as JSON says.
    pub fn run(&self, arguments: &[&str]) -> Value {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = away_from_settings(env!("CARGO_BIN_EXE_hamgate"));
        command
            .args(arguments)
            .env("HAMGATE_DATA", self.data.path())
            // The blog that is to be told of decisions is on this machine.
            .env("HAMGATE_WEBHOOKS_ALLOW_PRIVATE", "true")
            .env("HAMGATE_WEBHOOKS_UNDO_SECONDS", "0")
            .envs(self.settings.iter().copied());
        command
    }

    /// It ends without a word, as in a crash.
    pub fn go_away(&mut self) {
        self.process = None;
    }

    pub fn come_back(&mut self) {
        let mut serve = self.command(&["serve", "--listen", &format!("127.0.0.1:{}", self.port)]);
        let (process, address) = Process::start(&mut serve, listening);
        self.address = address;
        self.process = Some(process);
    }

    /// The newest comment that it knows.
    pub async fn newest_comment(&self) -> Value {
        let list = self.get("/v1/comments?limit=1").await;
        list["items"][0].clone()
    }

    /// A moderator decides, by the API.
    pub async fn decide(&self, comment_id: &Value, decision: &str) {
        let id = comment_id.as_str().unwrap();
        let url = format!("{}/v1/comments/{id}/decision", self.address);
        let answer = reqwest::Client::new()
            .post(url)
            .bearer_auth(&self.key)
            .json(&json!({ "decision": decision }))
            .send()
            .await;
        answer.unwrap().error_for_status().unwrap();
    }

    pub(super) async fn get(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.address);
        let answer = reqwest::Client::new().get(url).bearer_auth(&self.key);
        let answer = answer.send().await.unwrap().error_for_status().unwrap();
        answer.json().await.unwrap()
    }
}

/// A port that nobody listens on now, to be listened on soon.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
