//! `hamgate sites`: blogs and their keys. Works beside a running service.

use std::time::Duration;

use anyhow::Result;
use clap::{Args, Subcommand};
use comfy_table::{Table, presets};
use serde_json::json;

use super::say::say;
use super::settings::SettingsOptions;
use super::site_settings::{self, SettingsFlags};
use crate::domain::KeyKind;
use crate::service::{Installation, KEY_OVERLAP};

/// Add, list, show, set, rotate and revoke: each site has an API key and an Akismet key.
#[derive(Debug, Args)]
pub struct Sites {
    #[command(flatten)]
    settings: SettingsOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a site; both keys are shown, this once.
    Add {
        name: String,
        /// Address of the blog.
        #[arg(long)]
        url: String,
        /// The Akismet key that the blog already has.
        #[arg(long, value_name = "KEY")]
        akismet_key: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Every site.
    List {
        #[arg(long)]
        json: bool,
    },
    /// One site with its settings.
    Show {
        name: String,
        #[arg(long)]
        json: bool,
    },
    /// Change a site's address, name or settings; they hold at once, also of a
    /// running service.
    Set {
        name: String,
        #[command(flatten)]
        flags: SettingsFlags,
        #[arg(long)]
        json: bool,
    },
    /// Give a site a fresh key; the old one works for a while longer.
    Rotate {
        name: String,
        /// The Akismet key instead of the API key.
        #[arg(long)]
        akismet: bool,
        /// Hours that the old key still works.
        #[arg(long, default_value_t = KEY_OVERLAP.as_secs() / 3600)]
        overlap_hours: u64,
        #[arg(long)]
        json: bool,
    },
    /// End every key of a site at once.
    Revoke {
        name: String,
        #[arg(long)]
        json: bool,
    },
}

impl Sites {
    pub async fn run(self) -> Result<()> {
        let data = self.settings.load(None)?.config.data;
        let installation = match self.action {
            Action::Add { .. } => Installation::open(&data)?,
            _ => Installation::open_existing(&data)?,
        };
        match self.action {
            Action::Add {
                name,
                url,
                akismet_key,
                json,
            } => {
                let keys = installation
                    .add_site(&name, &url, akismet_key.as_deref())
                    .await?;
                let (api, akismet) = (keys.api_key.as_str(), keys.akismet_key.as_str());
                if json {
                    let site = &keys.site.name;
                    say!(
                        "{}",
                        json!({ "site": site, "api_key": api, "akismet_key": akismet })
                    );
                } else {
                    say!("site {}: keys, shown this once", keys.site.name);
                    say!("  API key      {api}\n  Akismet key  {akismet}");
                }
            }
            Action::List { json } => {
                let sites = installation.sites().await?;
                if json {
                    say!("{}", serde_json::to_string_pretty(&sites)?);
                } else {
                    let mut table = Table::new();
                    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header([
                        "site",
                        "url",
                        "live keys",
                        "since",
                    ]);
                    for site in sites {
                        let keys = site.live_keys.to_string();
                        table.add_row([site.name, site.url, keys, site.created_at.to_string()]);
                    }
                    say!("{table}");
                }
            }
            Action::Show { name, json } => {
                site_settings::show(&installation.site(&name).await?, json)?;
            }
            Action::Set { name, flags, json } => {
                let (rename, url) = (flags.rename.clone(), flags.url.clone());
                let moved = installation
                    .move_site(&name, rename.as_deref(), url.as_deref())
                    .await?;
                let change = move |settings: &mut _| flags.apply(settings);
                let site = installation.site_settings(&moved.name, change).await?;
                site_settings::show(&site, json)?;
            }
            Action::Rotate {
                name,
                akismet,
                overlap_hours,
                json,
            } => {
                let kind = if akismet {
                    KeyKind::Akismet
                } else {
                    KeyKind::Api
                };
                let overlap = Duration::from_secs(overlap_hours.saturating_mul(3600));
                let key = installation.rotate_key(&name, kind, overlap).await?;
                if json {
                    let field = if akismet { "akismet_key" } else { "api_key" };
                    say!("{}", json!({ "site": name, field: key.as_str() }));
                } else {
                    say!("{}", key.as_str());
                    say!("the old key works for {overlap_hours} hours more");
                }
            }
            Action::Revoke { name, json } => {
                let revoked = installation.revoke_keys(&name).await?;
                if json {
                    say!("{}", json!({ "site": name, "revoked": revoked }));
                } else {
                    say!(
                        "{revoked} keys of {name} were ended; `hamgate sites rotate {name}` makes a new one"
                    );
                }
            }
        }
        Ok(())
    }
}
