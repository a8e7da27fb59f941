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
        Self::of(hamgate(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            data,
        ]))
    }

    /// A service with settings from the environment.
    pub fn start_with(data: &Path, settings: &[(&str, &str)]) -> Self {
        let data = data.to_str().unwrap();
        let mut serve = hamgate(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
        serve.envs(settings.iter().copied());
        Self::of(serve)
    }

    /// A service that is told of a file that is too large as of a full disk:
    /// by an error, not by the signal that ends a process.
    pub fn start_with_file_limits(data: &Path) -> Self {
        let data = data.to_str().unwrap();
        let serve = hamgate(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
        shell.arg(serve.get_program()).args(serve.get_args());
        for (name, _) in serve.get_envs() {
            shell.env_remove(name);
        }
        Self::of(shell)
    }

    fn of(mut command: Command) -> Self {
        let mut child = command
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

    /// The status of `/readyz`.
    pub fn readiness(&self) -> u16 {
        let url = format!("{}/readyz", self.address);
        client().get(url).send().unwrap().status().as_u16()
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
    hamgate::outbound::choose_cryptography();
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
