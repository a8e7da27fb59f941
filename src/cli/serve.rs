//! `hamgate serve`: the service.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use jiff::Timestamp;
use tokio::sync::oneshot;
use tokio::time::MissedTickBehavior;

use super::say;
use super::settings::{self, SettingsOptions};
use crate::http::{Application, desk_address};
use crate::retraining::retrain_in_background;
use crate::service::{Courier, Installation, NewKeys, Service};
use crate::telemetry;

/// How often comments past their retention are forgotten.
const PURGE_EVERY: Duration = Duration::from_secs(3600);

/// How often another model is looked for.
const FOLLOW_EVERY: Duration = Duration::from_secs(1);
/// After so many looks the champion's errors are counted.
const WATCH_TICKS: u32 = 60;

/// Run the service.
///
/// The first start makes the database, a site with its keys and an admin for
/// the desk, and prints what to do next.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    settings: SettingsOptions,
    /// Address to listen on; port 0 takes any free one.
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        let config = self.settings.load(self.listen.as_deref())?.config;
        telemetry::start(&config.log);
        let filter = settings::filter(&config)?;
        let installation = Installation::open(&config.data)?;
        let keys = installation.first_start().await?;
        let admin = installation.first_admin().await?;
        let service = Arc::new(Service::new(installation.clone(), filter, &config));
        if let Err(error) = service.take_over_models().await {
            tracing::error!(%error, "the champion cannot judge; the model that ships does");
        }
        let application = Application::build(Arc::clone(&service), &config)
            .map_err(|error| cannot_listen(&config.listen, &error))?;
        let address = format!("http://{}", application.address());
        let desk = desk_address(&config, Some(application.address()));
        say::line_to_anyone(format_args!("listening on {address}"));
        if let Some((name, token)) = admin {
            say::line_to_anyone(format_args!(
                "\nModerate at {desk}. Set the password of `{name}` here, once, within 24 hours:\n\
                 \n  {desk}/welcome/{}",
                token.as_str()
            ));
        }
        match keys {
            Some(keys) => welcome(&address, &keys),
            None => say::line_to_anyone(format_args!("API reference: {address}/docs")),
        }
        let courier = Courier::new(&installation, &config.webhooks)
            .context("requests to other hosts cannot be set up")?;
        let (stop, stopped) = oneshot::channel::<()>();
        let delivering = actix_web::rt::spawn(courier.run(async {
            let _ = stopped.await;
        }));
        let retraining = retrain_in_background(Arc::clone(&service), config.training.clone());
        let following = actix_web::rt::spawn(follow(service));
        let purging = actix_web::rt::spawn(purge(installation));
        let outcome = application.run().await.context("the server failed");
        purging.abort();
        following.abort();
        drop(retraining);
        drop(stop);
        let _ = delivering.await;
        outcome
    }
}

fn cannot_listen(address: &str, error: &io::Error) -> anyhow::Error {
    let remedy = match error.kind() {
        ErrorKind::AddrInUse => "end the program that listens there, or name another address",
        ErrorKind::PermissionDenied => "name a port from 1024 up",
        _ => "name an address of this machine",
    };
    anyhow!("{address} cannot be listened on: {error}; {remedy} (--listen)")
}

/// Takes over what others decide about models, and looks whether the champion
/// does well.
async fn follow(service: Arc<Service>) {
    let mut tick = tokio::time::interval(FOLLOW_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ticks = 0_u32;
    loop {
        tick.tick().await;
        if let Err(error) = service.take_over_models().await {
            tracing::error!(%error, "a model could not be taken over");
        }
        ticks = ticks.wrapping_add(1);
        if ticks.is_multiple_of(WATCH_TICKS)
            && let Err(error) = service.watch_errors().await
        {
            tracing::error!(%error, "the champion's errors could not be counted");
        }
    }
}

async fn purge(installation: Installation) {
    let mut tick = tokio::time::interval(PURGE_EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = installation.purge(Timestamp::now()).await {
            tracing::error!(%error, "retention could not be kept");
        }
    }
}

fn welcome(address: &str, keys: &NewKeys) {
    let key = keys.api_key.as_str();
    say::line_to_anyone(format_args!(
        "\nThis is the first start: the site `{}` was made. Its keys are shown this once:\n\
         \n  API key      {key}\n  Akismet key  {}\n\
         \nTry it:\n\
         \n  curl {address}/v1/check -H 'Authorization: Bearer {key}' \\\n    \
         -H 'Content-Type: application/json' -d '{{\"content\": \"Great post! Visit my online casino\", \"author\": {{\"url\": \"http://best-casino.example\"}}}}'\n\
         \nThen:\n\
         \n  hamgate moderators add NAME            somebody who decides what was held\
         \n  hamgate sites add NAME --url ADDRESS   a site for each of your blogs\
         \n  {address}/docs             the whole API\n",
        keys.site.name,
        keys.akismet_key.as_str(),
    ));
}
