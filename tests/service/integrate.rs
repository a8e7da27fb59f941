//! The programs and proxy settings of `docs/integrate.md`, run as they are.
//! What is not installed here is named and left out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::harness::{TestApp, send};

/// Each with what runs it, and how to ask whether that is there.
const PROGRAMS: [(&str, &[&str], &str); 6] = [
    ("check.sh", &["bash"], "--version"),
    ("check.py", &["python3"], "--version"),
    ("check.mjs", &["node"], "--version"),
    ("check.php", &["php"], "--version"),
    ("check.rb", &["ruby"], "--version"),
    ("check.go", &["go", "run"], "version"),
];

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/integrate")
        .join(name)
}

fn is_here(program: &str, question: &str) -> bool {
    let here = Command::new(program)
        .arg(question)
        .output()
        .is_ok_and(|output| output.status.success());
    if !here {
        eprintln!("left out: {program} is not installed here");
    }
    here
}

/// The programs that can be run here.
fn programs() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    PROGRAMS
        .into_iter()
        .filter(|(name, run, question)| {
            let curl = *name != "check.sh" || is_here("curl", "--version");
            curl && is_here(run[0], question)
        })
        .map(|(name, run, _)| (name, run))
}

fn run(name: &str, run: &[&str], url: &str, key: &str) -> Output {
    Command::new(run[0])
        .args(&run[1..])
        .arg(file(name))
        .env("HAMGATE_URL", url)
        .env("HAMGATE_KEY", key)
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap()
}

#[test]
fn each_program_checks_a_comment_and_reports_it() {
    let app = TestApp::start();
    let url = format!("http://{}", app.address);
    for (name, runner) in programs() {
        let key = app.add_site(name);
        let output = run(name, runner, &url, &key);
        assert!(output.status.success(), "{name}: {output:?}");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(printed.trim(), "reject", "{name}");

        let known = send(app.request("GET", "/v1/comments").bearer_auth(&key)).ok();
        let known = &known["items"][0];
        assert_eq!(known["comment"]["id"], "42", "{name}");
        assert_eq!(known["comment"]["author"]["name"], "Mia", "{name}");
        assert_eq!(known["verdict"], "reject", "{name}");
        assert_eq!(known["label"], "spam", "{name}");
    }
}

#[test]
fn each_program_holds_where_nobody_answers_or_the_key_is_wrong() {
    let app = TestApp::start();
    let url = format!("http://{}", app.address);
    // Port 9 discards, where anything listens at all.
    for (name, runner) in programs() {
        for (url, key) in [("http://127.0.0.1:9", "hg_x"), (url.as_str(), "hg_wrong")] {
            let output = run(name, runner, url, key);
            let printed = String::from_utf8_lossy(&output.stdout);
            assert_eq!(printed.trim(), "hold", "{name}: {output:?}");
        }
    }
}

#[test]
fn caddy_takes_its_settings() {
    if !is_here("caddy", "version") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    for name in ["Caddyfile", "Caddyfile.akismet"] {
        let output = Command::new("caddy")
            .args(["validate", "--adapter", "caddyfile", "--config"])
            .arg(file(name))
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
    }
}

#[test]
fn nginx_takes_its_settings() {
    if !is_here("nginx", "-v") || !is_here("openssl", "version") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let certified = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args(["-subj", "/CN=hamgate.example", "-keyout"])
        .arg(at("privkey.pem"))
        .arg("-out")
        .arg(at("fullchain.pem"))
        .output()
        .unwrap();
    assert!(certified.status.success(), "{certified:?}");
    let place = folder.path().display().to_string();
    let site = fs::read_to_string(file("nginx.conf")).unwrap();
    let site = site.replace("/etc/ssl/hamgate", &place);
    let whole = format!(
        "pid {place}/pid; error_log {place}/errors; events {{}}\n\
         http {{ access_log off; client_body_temp_path {place}/body;\n{site}}}"
    );
    fs::write(at("nginx.conf"), whole).unwrap();
    let output = Command::new("nginx")
        .args(["-t", "-q", "-p"])
        .arg(folder.path())
        .arg("-c")
        .arg(at("nginx.conf"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}
