//! `hamgate webhooks`: who is told what became of a comment. Works beside a
//! running service, which delivers.

mod tables;

use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use serde_json::json;
use uuid::Uuid;

use super::queue::shown;
use super::say::say;
use super::settings::SettingsOptions;
use crate::config::Config;
use crate::domain::{EventKind, Site, WebhookId};
use crate::service::{Courier, Installation, KEY_OVERLAP};

/// Tell a blog what becomes of its comments; docs/webhooks.md says how to
/// receive that.
#[derive(Debug, Args)]
pub struct Webhooks {
    #[command(flatten)]
    settings: SettingsOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a webhook of a site; its secret is shown, this once.
    Add {
        site: String,
        /// Address that is sent a POST for each event.
        #[arg(long)]
        url: String,
        /// An event to be told of; all of them where none is named.
        #[arg(long = "event", value_name = "EVENT", value_parser = event())]
        events: Vec<EventKind>,
        #[arg(long)]
        json: bool,
    },
    /// Every webhook, or those of a site.
    List {
        site: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Send a signed `webhook.test` now, and show what came back.
    Test {
        #[arg(value_parser = webhook_id)]
        webhook: WebhookId,
        #[arg(long)]
        json: bool,
    },
    /// Send what waits and what was given up now. A webhook that is named is
    /// switched on again.
    Retry {
        site: String,
        /// Only of this webhook.
        #[arg(long, value_name = "ID", value_parser = webhook_id)]
        webhook: Option<WebhookId>,
        #[arg(long)]
        json: bool,
    },
    /// Give a webhook a fresh secret; the old one signs too for a while longer.
    Rotate {
        #[arg(value_parser = webhook_id)]
        webhook: WebhookId,
        /// Hours that the old secret still signs.
        #[arg(long, default_value_t = KEY_OVERLAP.as_secs() / 3600)]
        overlap_hours: u64,
        #[arg(long)]
        json: bool,
    },
    /// Forget a webhook, with what waits for it.
    Remove {
        #[arg(value_parser = webhook_id)]
        webhook: WebhookId,
        #[arg(long)]
        json: bool,
    },
    /// The newest deliveries of a site, those of Akismet's webhook too.
    Log {
        site: String,
        /// Only of this webhook.
        #[arg(long, value_name = "ID", value_parser = webhook_id)]
        webhook: Option<WebhookId>,
        #[arg(long, default_value_t = 50)]
        limit: usize,
        #[arg(long)]
        json: bool,
    },
}

fn event() -> impl TypedValueParser<Value = EventKind> {
    PossibleValuesParser::new(EventKind::ALL.map(EventKind::as_str))
        .map(|name| EventKind::named(&name).expect("clap lets only names of events pass"))
}

fn webhook_id(typed: &str) -> Result<WebhookId, String> {
    Uuid::try_parse(typed)
        .map(WebhookId)
        .map_err(|_| "expected an id, as `hamgate webhooks list` shows it".to_owned())
}

impl Webhooks {
    pub async fn run(self) -> Result<()> {
        let config = self.settings.load(None)?.config;
        let installation = Installation::open_existing(&config.data)?;
        match self.action {
            Action::Add {
                site,
                url,
                events,
                json,
            } => {
                let site = named(&installation, &site).await?;
                let allow_private = config.webhooks.allow_private;
                let (webhook, secret) = installation
                    .add_webhook(&site, &url, events, allow_private)
                    .await?;
                let secret = secret.shown;
                if json {
                    let (id, url, events) = (webhook.id, webhook.url, webhook.events);
                    let site = webhook.site_name;
                    say!(
                        "{}",
                        json!({ "id": id, "site": site, "url": url, "events": events, "secret": secret })
                    );
                } else {
                    say!("webhook {}: its secret, shown this once", webhook.id);
                    say!("  {secret}");
                    say!("try it: hamgate webhooks test {}", webhook.id);
                    if webhook.url.starts_with("http:") {
                        say!("note: over http, others on the way can read what is sent");
                    }
                }
            }
            Action::List { site, json } => {
                let site = match site {
                    Some(name) => Some(named(&installation, &name).await?),
                    None => None,
                };
                tables::list(installation.webhooks(site.as_ref()).await?, json)?;
            }
            Action::Test { webhook, json } => {
                test(&installation, &config, webhook, json).await?;
            }
            Action::Retry {
                site,
                webhook,
                json,
            } => {
                let site = named(&installation, &site).await?;
                let due = installation.retry_messages(&site, webhook).await?;
                if json {
                    say!("{}", json!({ "due": due }));
                } else {
                    say!("{due} messages are due; the running service sends them");
                }
            }
            Action::Rotate {
                webhook,
                overlap_hours,
                json,
            } => {
                let overlap = Duration::from_secs(overlap_hours.saturating_mul(3600));
                let secret = installation.rotate_webhook(webhook, overlap).await;
                let secret = secret.with_context(|| unknown(webhook))?.shown;
                if json {
                    say!("{}", json!({ "id": webhook, "secret": secret }));
                } else {
                    say!("{secret}");
                    say!("the old secret signs too for {overlap_hours} hours more");
                }
            }
            Action::Remove { webhook, json } => {
                let removed = installation.remove_webhook(webhook).await;
                removed.with_context(|| unknown(webhook))?;
                if json {
                    say!("{}", json!({ "removed": webhook }));
                } else {
                    say!("removed {webhook}");
                }
            }
            Action::Log {
                site,
                webhook,
                limit,
                json,
            } => {
                let site = named(&installation, &site).await?;
                tables::log(
                    installation.delivery_log(&site, webhook, limit).await?,
                    json,
                )?;
            }
        }
        Ok(())
    }
}

async fn named(installation: &Installation, name: &str) -> Result<Site> {
    let site = installation.site(name).await;
    site.with_context(|| format!("site `{name}`; see `hamgate sites list`"))
}

fn unknown(webhook: WebhookId) -> String {
    format!("webhook {webhook}; see `hamgate webhooks list`")
}

async fn test(
    installation: &Installation,
    config: &Config,
    webhook: WebhookId,
    json: bool,
) -> Result<()> {
    let courier = Courier::new(installation, &config.webhooks)
        .context("requests to other hosts cannot be set up")?;
    let report = courier.test(webhook).await;
    let report = report.with_context(|| unknown(webhook))?;
    let (url, millis) = (&report.url, report.millis);
    let (status, body, failure) = match &report.answer {
        Ok((status, body)) => (Some(*status), Some(shown(body)), None),
        Err(failure) => (None, None, Some(*failure)),
    };
    if json {
        let word = failure.map(|failure| failure.to_string());
        say!(
            "{}",
            json!({ "url": url, "millis": millis, "status": status, "failure": word, "body": body })
        );
    } else if let (Some(status), Some(body)) = (status, &body) {
        say!("{url} answered {status} after {millis} ms");
        if !body.trim().is_empty() {
            say!("{body}");
        }
    }
    match (status, failure) {
        (Some(200..=299), _) => Ok(()),
        (Some(300..=399), _) => {
            bail!(
                "that is a redirect, and none is followed: add the webhook with its final address"
            )
        }
        (Some(_), _) => bail!("only a status from 200 to 299 counts as delivered"),
        (None, Some(failure)) => bail!("{url} did not answer ({failure}): {}", failure.remedy()),
        (None, None) => bail!("{url} did not answer"),
    }
}
