//! A hamgate for a first try, in this process: no second terminal, no keys to
//! copy. A real blog runs `hamgate serve` and gives its address and key.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use actix_web::rt::System;
use anyhow::{Context, Result};
use hamgate::config::Config;
use hamgate::domain::{Contact, KeyKind, Site, SiteSettings};
use hamgate::filter::{Budget, Filter};
use hamgate::http::{Application, desk_address, privacy_address};
use hamgate::service::{Courier, Installation, Service};
use hamgate::telemetry;

const SITE: &str = "windowsill";

/// What a blog needs to know of a hamgate.
pub struct Access {
    pub url: String,
    pub key: String,
    pub webhook_secret: Option<String>,
    /// Where it says what it does with comments.
    pub privacy: Option<String>,
}

/// Runs until the process is told to stop; then it finishes what is under way.
pub type Running = JoinHandle<io::Result<()>>;

/// Starts it, with its own data in `folder`, for the blog at that address.
pub async fn start(folder: &Path, blog: &str, owner: &str) -> Result<(Access, Running)> {
    let listen = free_address(blog)?;
    let mut config = Config {
        // Links to it, such as those for objecting, need to know where it is.
        public_url: format!("http://{listen}"),
        listen,
        data: folder.to_owned(),
        ..Config::default()
    };
    config.log.level = "warn".into();
    // This blog is on this machine, where webhooks may not go unless allowed,
    // and nobody who tries it out wants to wait.
    config.webhooks.allow_private = true;
    config.webhooks.undo_seconds = 0;
    telemetry::start(&config.log);

    let installation = Installation::open(&config.data).context("hamgate's data")?;
    let (site, key) = site(&installation, blog).await?;
    let contact = Contact::parse(owner);
    let opened = move |settings: &mut SiteSettings| {
        settings.contact = contact;
        settings.appeals = true;
    };
    installation.site_settings(&site.name, opened).await?;
    let admin = installation.first_admin().await?;
    let webhook_secret = Some(webhook(&installation, &site, blog).await?);
    let courier = Courier::new(&installation, &config.webhooks)?;
    let model = hamgate::cli::load_model(None)?;
    let filter = Filter::new(model, Budget::default(), Default::default());
    let service = Arc::new(Service::new(installation, filter, &config));
    let application = Application::build(service, &config)?;
    let url = format!("http://{}", application.address());
    let running = thread::spawn(|| {
        System::new().block_on(async {
            // The courier takes decisions to the webhook for as long as it is served.
            tokio::select! {
                outcome = application.run() => outcome,
                () = courier.run(std::future::pending()) => Ok(()),
            }
        })
    });
    let desk = desk_address(&config, None);
    let welcome = admin.map(|(_, token)| format!("{desk}/welcome/{}", token.as_str()));
    say_what_to_try(&url, &key, &desk, welcome.as_deref());
    let access = Access {
        url,
        key,
        webhook_secret,
        privacy: Some(privacy_address(&config, None, &site.public_id)),
    };
    Ok((access, running))
}

/// The blog's site and a key of it. Keys are stored as hashes and cannot be
/// read again: later starts make a new one, and end the old.
async fn site(installation: &Installation, blog: &str) -> Result<(Site, String)> {
    let known = installation.sites().await?;
    let (site, key) = match known.into_iter().find(|site| site.name == SITE) {
        None => {
            let keys = installation.add_site(SITE, blog, None).await?;
            (keys.site, keys.api_key)
        }
        Some(site) => {
            let (kind, overlap) = (KeyKind::Api, Duration::ZERO);
            (site, installation.rotate_key(SITE, kind, overlap).await?)
        }
    };
    Ok((site, key.as_str().to_owned()))
}

/// The secret of the webhook by which this blog hears of decisions; the same
/// holds for it as for the key.
async fn webhook(installation: &Installation, site: &Site, blog: &str) -> Result<String> {
    let url = format!("{blog}/hamgate/webhook");
    let mut known = None;
    for webhook in installation.webhooks(Some(site)).await? {
        match webhook.url == url {
            true => known = Some(webhook.id),
            // Of an earlier start at another port.
            false => installation.remove_webhook(webhook.id).await?,
        }
    }
    let secret = match known {
        Some(id) => installation.rotate_webhook(id, Duration::ZERO).await?,
        None => {
            let events = Vec::new();
            let added = installation.add_webhook(site, &url, events, true);
            added.await?.1
        }
    };
    Ok(secret.shown)
}

/// The port after the blog's, so that links still lead here after a restart; if
/// somebody else has that, any.
fn free_address(blog: &str) -> io::Result<String> {
    let port = blog.rsplit(':').next().and_then(|port| port.parse().ok());
    let next = port.and_then(|port: u16| port.checked_add(1)).unwrap_or(0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, next))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
    Ok(listener.local_addr()?.to_string())
}

fn say_what_to_try(url: &str, key: &str, desk: &str, welcome: Option<&str>) {
    println!(
        "\nThis blog has a hamgate of its own, at {url}. Its key is {key}\n\
         \nWrite a comment. If it waits for a person, be that person: {desk}"
    );
    if let Some(welcome) = welcome {
        println!("First set the password of `admin` there, once, within 24 hours:\n\n  {welcome}");
    }
    println!();
}
