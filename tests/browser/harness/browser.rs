//! Chromium by way of chromedriver: one of each for a test.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::Command;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use futures_util::FutureExt;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::page::Page;
use super::process::Process;

/// Whose browser it is.
#[derive(Clone, Copy, PartialEq)]
pub enum Setup {
    Desk,
    /// 390 × 844, as many phones are.
    Phone,
    /// A desk whose owner has switched JavaScript off.
    WithoutJavaScript,
}

/// Runs `test` in a fresh browser, and ends the browser whatever comes of it.
pub fn in_a_browser(setup: Setup, test: impl AsyncFnOnce(&Page)) {
    run(async {
        let browser = Browser::start(setup).await;
        let outcome = AssertUnwindSafe(test(&browser.page)).catch_unwind().await;
        browser.end().await;
        outcome
    });
}

/// The same with two that know nothing of each other: two people.
pub fn in_two_browsers(test: impl AsyncFnOnce(&Page, &Page)) {
    run(async {
        let one = Browser::start(Setup::Desk).await;
        let other = Browser::start(Setup::Desk).await;
        let work = AssertUnwindSafe(test(&one.page, &other.page));
        let outcome = work.catch_unwind().await;
        one.end().await;
        other.end().await;
        outcome
    });
}

fn run(work: impl Future<Output = std::thread::Result<()>>) {
    if std::env::var_os("HAMGATE_BROWSER").is_some_and(|wish| wish == "skip") {
        eprintln!("skipped, as HAMGATE_BROWSER says");
        return;
    }
    hamgate::outbound::choose_cryptography();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Err(panic) = runtime.block_on(work) {
        resume_unwind(panic);
    }
}

struct Browser {
    page: Page,
    client: Client,
    _driver: Process,
    _profile: TempDir,
}

impl Browser {
    async fn start(setup: Setup) -> Self {
        let (driver, address) = driver();
        let profile = tempfile::tempdir().unwrap();
        let profile_path = profile.path().to_str().unwrap();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(setup, profile_path))
            .connect(&address)
            .await
            .expect("Chromium does not start; `./test.sh --prepare` installs it");
        Self {
            page: Page::new(client.clone()),
            client,
            _driver: driver,
            _profile: profile,
        }
    }

    async fn end(self) {
        let _ = self.client.close().await;
    }
}

fn driver() -> (Process, String) {
    if Command::new("chromedriver")
        .arg("--version")
        .output()
        .is_err()
    {
        panic!(
            "there is no chromedriver: `./test.sh --prepare` installs it on Debian; \
             HAMGATE_BROWSER=skip skips these tests"
        );
    }
    let mut driver = Command::new("chromedriver");
    driver.arg("--port=0");
    Process::start(&mut driver, |line| {
        let port = line.split("started successfully on port ").nth(1)?;
        Some(format!(
            "http://127.0.0.1:{}",
            port.trim().trim_end_matches('.')
        ))
    })
}

fn capabilities(setup: Setup, profile: &str) -> Capabilities {
    let mut chrome = json!({
        "args": [
            "--headless",
            // Chromium's sandbox refuses to run as root, as containers often do.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            // No calls to others: only our own pages are asked for.
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            // A page that glides moves from under the pointer.
            "--force-prefers-reduced-motion",
            "--window-size=1280,900",
            format!("--user-data-dir={profile}"),
        ],
    });
    match setup {
        Setup::Desk => {}
        Setup::Phone => {
            let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 1.0 });
            chrome["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        Setup::WithoutJavaScript => {
            let name = "profile.managed_default_content_settings.javascript";
            chrome["prefs"] = json!({ name: 2 });
        }
    }
    // What the page asked for, and what it was refused, can be read afterwards.
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    let wanted = json!({ "goog:chromeOptions": chrome, "goog:loggingPrefs": logs });
    let Value::Object(capabilities) = wanted else {
        unreachable!("it was written as an object");
    };
    capabilities
}
