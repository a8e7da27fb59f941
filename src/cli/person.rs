//! `hamgate person`: what is kept about a person, and its end.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::forget::{Manner, Narrowed, PersonFlags, write_whole};
use super::say::say;
use super::settings::SettingsOptions;
use crate::service::Installation;

/// Answer a person's request for access or erasure.
///
/// A person is found by the e-mail address, the name or the IP address that
/// their comments came with; of several, one that fits is enough.
#[derive(Debug, Args)]
pub struct Person {
    #[command(flatten)]
    settings: SettingsOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Everything that is kept about the person, as JSON.
    Export {
        #[command(flatten)]
        person: PersonFlags,
        #[command(flatten)]
        narrowed: Narrowed,
        /// Write it here, readable for you only, instead of showing it.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Forget everything about the person, and certify it: `hamgate forget` of a
    /// person.
    Erase {
        #[command(flatten)]
        person: PersonFlags,
        #[command(flatten)]
        narrowed: Narrowed,
        #[command(flatten)]
        manner: Manner,
    },
}

impl Person {
    pub async fn run(self) -> Result<()> {
        match self.action {
            Action::Export {
                person,
                narrowed,
                out,
            } => {
                person.someone()?;
                let config = self.settings.load(None)?.config;
                let installation = Installation::open_existing(&config.data)?;
                let export = installation.export_person(&person.whom(&narrowed)).await?;
                let json = serde_json::to_string_pretty(&export)?;
                match out {
                    Some(path) => {
                        write_whole(&path, &json)?;
                        say!("{}: {} comments", path.display(), export.comments.len());
                    }
                    None => say!("{json}"),
                }
                Ok(())
            }
            Action::Erase {
                person,
                narrowed,
                manner,
            } => {
                person.someone()?;
                manner.forget(&self.settings, &person.whom(&narrowed)).await
            }
        }
    }
}
