//! `hamgate backup`: all of an installation, while it runs.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use indicatif::ProgressBar;
use serde_json::json;

use super::progress::bar;
use super::say::say;
use super::settings::SettingsOptions;
use crate::config::Origin;
use crate::service::{BackupStage, Extras, backup};

/// Back up the database, the secret, the models and the settings.
///
/// Works beside a running service, and holds all that was answered before it
/// began. Whoever has the backup has the installation's secret: keep it as you
/// keep the data directory.
#[derive(Debug, Args)]
pub struct BackupCommand {
    /// A name that ends in `.tar` is one file. An existing folder gets a new
    /// one in it, named by the time. Any other name is a folder to be made.
    #[arg(value_name = "FILE|DIR")]
    target: PathBuf,
    #[command(flatten)]
    settings: SettingsOptions,
    /// The manifest as JSON.
    #[arg(long)]
    json: bool,
}

impl BackupCommand {
    pub fn run(self) -> Result<()> {
        let loaded = self.settings.load(None)?;
        let changed = loaded.shown.into_iter();
        let changed = changed.filter(|row| row.origin != Origin::Default);
        let extras = Extras {
            settings_file: self.settings.config.clone(),
            model_file: loaded.config.model_file().map(Into::into),
            settings: changed.map(|row| (row.key, row.value)).collect(),
        };
        let bar = Bar::new();
        let made = backup(
            &loaded.config.data,
            &self.target,
            &extras,
            &mut |stage, done, all| {
                bar.show(stage, done, all);
            },
        );
        bar.0.finish_and_clear();
        let made = made?;
        let manifest = &made.manifest;
        if self.json {
            say!(
                "{}",
                serde_json::to_string_pretty(&json!({ "path": made.path, "manifest": manifest }))?
            );
        } else {
            say!(
                "{}: {} files, {:.1} MB, of {}",
                made.path.display(),
                manifest.files.len(),
                manifest.bytes() as f64 / 1e6,
                manifest.made_at,
            );
            say!("it holds the installation's secret: keep it where only you can read it");
        }
        Ok(())
    }
}

/// A bar for both stages.
pub(super) struct Bar(pub ProgressBar);

impl Bar {
    pub fn new() -> Self {
        Self(bar("", 0))
    }

    pub fn show(&self, stage: BackupStage, done: u64, all: u64) {
        self.0.set_message(match stage {
            BackupStage::Database => "pages of the database",
            BackupStage::Files => "bytes of files",
        });
        self.0.set_length(all);
        self.0.set_position(done);
    }
}
