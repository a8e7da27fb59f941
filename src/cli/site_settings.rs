//! The settings of one site, as they are typed and shown.

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use comfy_table::{Table, presets};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::say::say;
use crate::domain::{HoldAnswer, Site, SiteSettings};

/// A flag for each setting; those that are not given stay as they are.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct SettingsFlags {
    /// What Akismet's protocol answers for a held comment: `ask` lets the blog
    /// ask its moderator, `second-look` keeps it back without a mail, `spam` and
    /// `ham` treat it as such.
    #[arg(long, value_parser = words::<HoldAnswer>(&HoldAnswer::ALL.map(HoldAnswer::as_str)))]
    hold: Option<HoldAnswer>,
}

impl SettingsFlags {
    pub fn apply(self, settings: &mut SiteSettings) {
        let Self { hold } = self;
        if let Some(hold) = hold {
            settings.hold = hold;
        }
    }
}

/// One of a type's words, as serde names them.
fn words<T>(known: &[&'static str]) -> impl TypedValueParser<Value = T> + use<T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(known.iter().copied())
        .try_map(|word| serde_json::from_value(Value::String(word)))
}

/// Prints a site with every setting.
pub fn show(site: &Site, json: bool) -> Result<()> {
    if json {
        say!("{}", serde_json::to_string_pretty(site)?);
        return Ok(());
    }
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .add_row(["site", &site.name])
        .add_row(["url", &site.url])
        .add_row(["live keys", &site.live_keys.to_string()])
        .add_row(["since", &site.created_at.to_string()]);
    if let Value::Object(settings) = serde_json::to_value(&site.settings)? {
        for (name, value) in settings {
            let value = value.as_str().map_or_else(|| value.to_string(), Into::into);
            table.add_row([name, value]);
        }
    }
    say!("{table}");
    Ok(())
}
