//! The example blog, as `cargo run --example blog` builds it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use super::process::{Process, away_from_settings, listening};
use super::service::Service;

pub struct Blog {
    pub address: String,
    data: TempDir,
    process: Process,
}

impl Blog {
    /// With a hamgate that is there, or is not.
    pub fn start(service: &Service) -> Self {
        let data = tempfile::tempdir().unwrap();
        let (process, address) = run(service, data.path());
        Self {
            address,
            data,
            process,
        }
    }

    /// Ends it, and starts it again on the same comments.
    pub fn restart(self, service: &Service) -> Self {
        drop(self.process);
        let (process, address) = run(service, self.data.path());
        Self {
            address,
            data: self.data,
            process,
        }
    }

    pub fn post(&self) -> String {
        format!("{}/posts/three-speed-hub", self.address)
    }
}

fn run(service: &Service, data: &Path) -> (Process, String) {
    let mut blog = away_from_settings(program());
    blog.args(["--listen", "127.0.0.1:0", "--owner", "owner@blog.example"])
        .args(["--hamgate", &service.address, "--key", &service.key])
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
