//! Settings of a command: file, environment and options put together.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;

use super::model_file;
use crate::config::{self, Config, Layers, Loaded};
use crate::filter::{Budget, Filter};
use crate::rules;

/// Where settings come from: a file, then `HAMGATE_…` in the environment, then
/// these options; the later one wins.
#[derive(Debug, Args)]
pub struct SettingsOptions {
    /// Settings file (TOML); see `hamgate config show`.
    #[arg(long, value_name = "FILE", env = "HAMGATE_CONFIG", global = true)]
    pub config: Option<PathBuf>,
    /// Directory of the database and the secret.
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<String>,
    /// Model file; the shipped model where none is named.
    #[arg(long, value_name = "FILE", global = true)]
    pub model: Option<String>,
}

impl SettingsOptions {
    /// All settings, each with where it came from.
    pub fn load(&self, listen: Option<&str>) -> Result<Loaded> {
        let named = [
            ("data", self.data.as_deref()),
            ("model", self.model.as_deref()),
            ("listen", listen),
        ];
        let flags = named
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())))
            .collect();
        let layers = Layers::read(self.config.as_deref(), flags)?;
        let ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
        config::load(&layers, &ids).map_err(|problems| anyhow!("settings:\n{problems}"))
    }
}

/// The filter that the settings ask for.
pub fn filter(config: &Config) -> Result<Filter> {
    let model = model_file::load(config.model_file())?;
    let budget = Budget {
        max_ham_rejected: config.policy.max_ham_rejected,
        max_spam_accepted: config.policy.max_spam_accepted,
        reject: config.policy.reject,
    };
    let rules = config.rules.iter();
    let weights = rules.map(|(id, setting)| (id.clone(), setting.log_odds()));
    Ok(Filter::new(model, budget, weights.collect()))
}
