//! A service that `hamgate serve` started, and what clients ask it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use reqwest::blocking::Client;
use serde_json::Value;

use crate::binary::hamgate;

/// A service that was started by `hamgate serve`; killed when it goes.
pub struct Served {
    pub child: Child,
    pub address: String,
    /// What the first start shows.
    pub key: Option<String>,
    /// Kept open, for the service may print more.
    _output: BufReader<ChildStdout>,
}

impl Served {
    pub fn start(data: &Path) -> Self {
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

    pub fn check(&self, key: &str, comment: &Value) -> reqwest::Result<Value> {
        check(&client(), &self.address, key, comment)
    }

    pub fn get(&self, key: &str, path: &str) -> Value {
        let url = format!("{}{path}", self.address);
        let response = client().get(url).bearer_auth(key).send().unwrap();
        assert_eq!(response.status(), 200);
        response.json().unwrap()
    }

    pub fn told_to_stop(mut self) -> ExitStatus {
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

pub fn client() -> Client {
    Client::builder()
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap()
}

pub fn check(client: &Client, address: &str, key: &str, comment: &Value) -> reqwest::Result<Value> {
    client
        .post(format!("{address}/v1/check"))
        .bearer_auth(key)
        .json(comment)
        .send()?
        .error_for_status()?
        .json()
}
