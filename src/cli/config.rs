//! `hamgate config`: the settings in force, and what is wrong with them.

use anyhow::Result;
use clap::{Args, Subcommand};
use comfy_table::{Table, presets};
use serde_json::json;

use super::say::say;
use super::settings::{self, SettingsOptions};

/// Show or check the settings.
#[derive(Debug, Args)]
pub struct ConfigCommand {
    #[command(flatten)]
    settings: SettingsOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every setting, its value and where it comes from.
    Show {
        #[arg(long)]
        json: bool,
    },
    /// Every problem at once; the model too.
    Check {
        #[arg(long)]
        json: bool,
    },
}

impl ConfigCommand {
    pub fn run(self) -> Result<()> {
        let loaded = self.settings.load(None)?;
        match self.action {
            Action::Show { json } => {
                let origin = |origin: &crate::config::Origin| origin.to_string();
                if json {
                    let rows: Vec<_> = loaded
                        .shown
                        .iter()
                        .map(|row| json!({ "setting": row.key, "value": row.value, "from": origin(&row.origin) }))
                        .collect();
                    say!("{}", serde_json::to_string_pretty(&rows)?);
                } else {
                    let mut table = Table::new();
                    table
                        .load_style(presets::UTF8_HORIZONTAL_ONLY)
                        .set_header(["setting", "value", "from"]);
                    for row in loaded.shown {
                        table.add_row([row.key, row.value, row.origin.to_string()]);
                    }
                    say!("{table}");
                }
            }
            Action::Check { json } => {
                let filter = settings::filter(&loaded.config)?;
                let (model, policy) = (filter.model().id(), filter.policy().to_string());
                if json {
                    say!(
                        "{}",
                        json!({ "ok": true, "model": model, "policy": policy })
                    );
                } else {
                    say!("the settings are fine; model {model}, policy {policy}");
                }
            }
        }
        Ok(())
    }
}
