//! A small blog on hamgate's JSON API. `cargo run --example blog` starts it
//! together with a hamgate of its own; then open the address that it prints.
//!
//! To read it: `pages::write` is the way of a comment, `hamgate.rs` what is
//! asked, `asking.rs` what happens if there is no answer, `webhook.rs` how a
//! moderator's decision comes back. The rest is a blog.

mod asking;
mod comments;
mod draft;
mod hamgate;
mod own_hamgate;
mod pages;
mod posts;
mod site;
mod templates;
mod thread;
mod ticket;
mod trouble;
mod webhook;

use std::fs::DirBuilder;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::thread::JoinHandle;

use actix_web::web::Data;
use actix_web::{App, HttpServer};
use anyhow::{Context, Result};
use clap::Parser;
use own_hamgate::Access;
use standardwebhooks::Webhook;
use tokio::sync::Notify;

/// A blog whose comments hamgate looks after.
#[derive(Parser)]
#[command(name = "blog")]
struct Options {
    /// Address to listen on; port 0 takes any free one.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8000")]
    listen: String,
    /// Directory of the comments. Made if it does not exist.
    #[arg(long, value_name = "DIR", default_value = "blog-data")]
    data: PathBuf,
    /// Address of a hamgate that runs; without it, one is started for this blog.
    #[arg(long, value_name = "URL", requires = "key")]
    hamgate: Option<String>,
    /// The site's API key, `hg_…`.
    #[arg(long, requires = "hamgate")]
    key: Option<String>,
    /// What `hamgate webhooks add` has shown, `whsec_…`.
    #[arg(long, value_name = "SECRET", requires = "hamgate")]
    webhook_secret: Option<String>,
    /// The site's privacy page, as `hamgate sites show` tells it; the form links to it.
    #[arg(long, value_name = "URL", requires = "hamgate")]
    privacy: Option<String>,
    /// E-mail address at which a refused person reaches the blog's owner.
    #[arg(long, value_name = "ADDRESS", default_value = "ina@windowsill.example")]
    owner: String,
}

/// What every request needs.
struct Blog {
    /// Where readers find it.
    address: String,
    owner: String,
    /// Where hamgate says what it does with comments.
    privacy: Option<String>,
    comments: comments::Comments,
    tickets: ticket::Tickets,
    hamgate: hamgate::Hamgate,
    webhook: Option<Webhook>,
    /// Rung when a comment waits for hamgate's answer.
    unanswered: Notify,
}

#[actix_web::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    DirBuilder::new()
        .recursive(true)
        // What commenters typed is for nobody else on this machine.
        .mode(0o700)
        .create(&options.data)
        .with_context(|| format!("{} cannot be made", options.data.display()))?;
    let comments = comments::Comments::open(&options.data.join("comments.sqlite"))
        .context("the comments cannot be opened")?;
    let listener = TcpListener::bind(&options.listen)
        .with_context(|| format!("{} cannot be listened on", options.listen))?;
    let address = format!("http://{}", reachable(listener.local_addr()?));

    let (access, own) = match (options.hamgate, options.key) {
        (Some(url), Some(key)) => {
            let access = Access {
                url,
                key,
                webhook_secret: options.webhook_secret,
                privacy: options.privacy,
            };
            (access, None)
        }
        _ => {
            let folder = options.data.join("hamgate");
            let (access, own) = own_hamgate::start(&folder, &address, &options.owner).await?;
            (access, Some(own))
        }
    };
    let secret = access.webhook_secret.as_deref().map(webhook::secret);
    let blog = Data::new(Blog {
        address: address.clone(),
        owner: options.owner,
        privacy: access.privacy,
        tickets: ticket::Tickets::new(comments.secret()?),
        comments,
        hamgate: hamgate::Hamgate::new(&access.url, &access.key)?,
        webhook: secret.transpose()?,
        unanswered: Notify::new(),
    });
    let asking = actix_web::rt::spawn(asking::ask_again(blog.clone().into_inner()));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(blog.clone())
            .configure(site::routes)
            .wrap(site::headers())
    })
    .workers(2)
    .listen(listener)?
    .run();
    println!("listening on {address}");
    server.await?;
    asking.abort();
    if let Some(Ok(outcome)) = own.map(JoinHandle::join) {
        outcome.context("the blog's own hamgate")?;
    }
    Ok(())
}

/// What listens on every address is reached on this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}
