//! `hamgate restore`: a backup into an empty folder.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::backup::Bar;
use super::say::say;
use crate::service::restore;

/// Restore a backup into an empty folder.
///
/// Every file is compared with its hash, and a database of an older version is
/// brought up to date. A restore that was interrupted leaves a folder that
/// nothing opens; run it again.
#[derive(Debug, Args)]
pub struct RestoreCommand {
    /// What `hamgate backup` made: a file or a folder.
    #[arg(value_name = "BACKUP")]
    backup: PathBuf,
    /// The folder: empty, or not there yet.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[arg(long)]
    json: bool,
}

impl RestoreCommand {
    pub fn run(self) -> Result<()> {
        let bar = Bar::new();
        let restored = restore(&self.backup, &self.data, &mut |stage, done, all| {
            bar.show(stage, done, all);
        });
        bar.0.finish_and_clear();
        let restored = restored?;
        let manifest = &restored.manifest;
        if self.json {
            let report = json!({
                "data": self.data,
                "schema": restored.schema,
                "settings_file": restored.settings_file,
                "model_file": restored.model_file,
                "manifest": manifest,
            });
            say!("{}", serde_json::to_string_pretty(&report)?);
            return Ok(());
        }
        say!(
            "{}: {} files, each as its hash says, of {}",
            self.data.display(),
            manifest.files.len(),
            manifest.made_at
        );
        if restored.schema != manifest.schema {
            let (from, to) = (manifest.schema, restored.schema);
            say!("the tables were brought from version {from} to {to}");
        }
        let mut start = format!("hamgate serve --data {}", self.data.display());
        for (flag, file) in [
            ("--config", &restored.settings_file),
            ("--model", &restored.model_file),
        ] {
            if let Some(file) = file {
                start.push_str(&format!(" {flag} {}", file.display()));
            }
        }
        say!("start it with\n\n  {start}\n");
        let kept = manifest.settings.iter().filter(|(key, _)| *key != "data");
        for (index, (key, value)) in kept.enumerate() {
            if index == 0 {
                say!("settings that were not at their default:");
            }
            say!("  {key} = {value}");
        }
        Ok(())
    }
}
