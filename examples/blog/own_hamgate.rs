//! A hamgate for a first try, in this process: no second terminal, no keys to
//! copy. A real blog runs `hamgate serve` and gives its address and key.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use actix_web::rt::System;
use anyhow::{Context, Result};
use hamgate::config::Config;
use hamgate::domain::KeyKind;
use hamgate::filter::{Budget, Filter};
use hamgate::http::Application;
use hamgate::service::{Installation, Service};
use hamgate::telemetry;

const SITE: &str = "windowsill";

/// What a blog needs to know of a hamgate.
pub struct Access {
    pub url: String,
    pub key: String,
    pub webhook_secret: Option<String>,
}

/// Runs until the process is told to stop; then it finishes what is under way.
pub type Running = JoinHandle<io::Result<()>>;

/// Starts it, with its own data in `folder`, for the blog at that address.
pub async fn start(folder: &Path, blog: &str) -> Result<(Access, Running)> {
    let mut config = Config {
        listen: "127.0.0.1:0".into(),
        data: folder.to_owned(),
        ..Config::default()
    };
    config.log.level = "warn".into();
    telemetry::start(&config.log);

    let installation = Installation::open(&config.data).context("hamgate's data")?;
    let key = key(&installation, blog).await?;
    let model = hamgate::cli::load_model(None)?;
    let filter = Filter::new(model, Budget::default(), Default::default());
    let service = Arc::new(Service::new(installation, filter, &config));
    let application = Application::build(service, &config)?;
    let url = format!("http://{}", application.address());
    let running = thread::spawn(|| System::new().block_on(application.run()));
    say_what_to_try(&url, &key, folder);
    let access = Access {
        url,
        key,
        webhook_secret: None,
    };
    Ok((access, running))
}

/// Keys are stored as hashes and cannot be read again: later starts make a
/// new one, and end the old.
async fn key(installation: &Installation, blog: &str) -> Result<String> {
    let known = installation.sites().await?;
    let key = match known.iter().any(|site| site.name == SITE) {
        false => installation.add_site(SITE, blog, None).await?.api_key,
        true => {
            let (kind, overlap) = (KeyKind::Api, Duration::ZERO);
            installation.rotate_key(SITE, kind, overlap).await?
        }
    };
    Ok(key.as_str().to_owned())
}

fn say_what_to_try(url: &str, key: &str, folder: &Path) {
    let folder = folder.display();
    println!(
        "\nThis blog has a hamgate of its own, at {url}. Its key is {key}\n\
         \nWrite a comment. If it waits for a person, be that person:\n\
         \n  cargo run -- queue --site {SITE} --data {folder} list\
         \n  cargo run -- queue --site {SITE} --data {folder} accept COMMENT_ID\n"
    );
}
