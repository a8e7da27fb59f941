//! The example blog, as `cargo run --example blog` builds it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use super::process::{Process, away_from_settings, listening};
use super::service::{Service, free_port};

pub struct Blog {
    pub address: String,
    /// hamgate's id of its webhook.
    pub webhook: String,
    webhook_secret: String,
    data: TempDir,
    process: Process,
}

impl Blog {
    /// Its comments go to `service`, which tells it of decisions.
    pub fn start(service: &Service) -> Self {
        let listen = format!("127.0.0.1:{}", free_port());
        let url = format!("http://{listen}/hamgate/webhook");
        let webhook = service.run(&["webhooks", "add", "blog", "--url", &url, "--json"]);
        let [id, webhook_secret] =
            ["id", "secret"].map(|field| webhook[field].as_str().unwrap().to_owned());
        let data = tempfile::tempdir().unwrap();
        let (process, address) = run(service, &webhook_secret, &listen, data.path());
        Self {
            address,
            webhook: id,
            webhook_secret,
            data,
            process,
        }
    }

    /// Ends it, and starts it again at the same address on the same comments.
    pub fn restart(self, service: &Service) -> Self {
        drop(self.process);
        let listen = self.address.trim_start_matches("http://");
        let (process, address) = run(service, &self.webhook_secret, listen, self.data.path());
        Self {
            address,
            process,
            ..self
        }
    }

    pub fn post(&self) -> String {
        format!("{}/posts/three-speed-hub", self.address)
    }
}

fn run(service: &Service, secret: &str, listen: &str, data: &Path) -> (Process, String) {
    let mut blog = away_from_settings(program());
    let site = service.run(&["sites", "show", "blog", "--json"]);
    let site = site["public_id"].as_str().unwrap();
    let privacy = format!("{}/privacy/{site}", service.address);
    blog.args(["--privacy", &privacy])
        .args(["--listen", listen, "--owner", "owner@blog.example"])
        .args(["--hamgate", &service.address, "--key", &service.key])
        .args(["--webhook-secret", secret])
        .arg("--data")
        .arg(data);
    Process::start(&mut blog, listening)
}

/// cargo gives tests the path of a binary, but not of an example, and builds
/// none for `--test browser` alone.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--locked", "--example", "blog"])
            .args(["--message-format", "json", "--manifest-path"])
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
            .output()
            .unwrap();
        assert!(
            built.status.success(),
            "the example is not built: {built:?}"
        );
        String::from_utf8_lossy(&built.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| message["target"]["name"] == "blog")
            .find_map(|message| Some(message["executable"].as_str()?.into()))
            .expect("cargo names the example's program")
    })
}
