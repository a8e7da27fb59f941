//! The settings of one site, as they are typed and shown.

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use comfy_table::{Table, presets};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::say::say;
use crate::domain::{HoldAnswer, RuleSetting, Site, SiteSettings};
use crate::rules;

/// A flag for each setting; those that are not given stay as they are.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct SettingsFlags {
    /// Address of the blog.
    #[arg(long)]
    pub url: Option<String>,
    /// Another name for the site.
    #[arg(long, value_name = "NAME")]
    pub rename: Option<String>,
    /// What Akismet's protocol answers for a held comment: `ask` lets the blog
    /// ask its moderator, `second-look` keeps it back without a mail, `spam` and
    /// `ham` treat it as such.
    #[arg(long, value_parser = words::<HoldAnswer>(&HoldAnswer::ALL.map(HoldAnswer::as_str)))]
    hold: Option<HoldAnswer>,
    /// Whether Akismet's clients are told to throw away what is spam beyond
    /// doubt instead of keeping it in their spam folder.
    #[arg(long, value_name = "ON_OR_OFF", value_parser = on_or_off)]
    discard: Option<bool>,
    /// Error budget: the share of honest comments that may be rejected, such as
    /// 0.001; `default` for the installation's.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    max_ham_rejected: Option<OrDefault<f64>>,
    /// Error budget: the share of spam that may be accepted, such as 0.01;
    /// `default` for the installation's.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    max_spam_accepted: Option<OrDefault<f64>>,
    /// Whether anything is rejected: `on`, `off` (what would be rejected is
    /// held), or `default` for what the installation does.
    #[arg(long, value_name = "WHETHER", value_parser = whether)]
    reject: Option<OrDefault<bool>>,
    /// A rule's weight here: log-odds from -20 to 20, `off`, or `default` for
    /// the installation's; once for each rule, such as `links/flood=2.5`.
    #[arg(long = "rule", value_name = "RULE=WEIGHT", value_parser = rule, allow_hyphen_values = true)]
    rules: Vec<(String, OrDefault<RuleSetting>)>,
    /// The share of accepted and rejected comments that the desk's audit draws,
    /// from 0 to 1: from them the filter's errors are estimated.
    #[arg(long, value_name = "SHARE", value_parser = any_share)]
    audit_share: Option<f64>,
}

/// A value of the site's own, or the installation's.
#[derive(Debug, Clone, Copy)]
struct OrDefault<T>(Option<T>);

fn share(typed: &str) -> Result<OrDefault<f64>, String> {
    if typed == "default" {
        return Ok(OrDefault(None));
    }
    let share = typed.parse().ok();
    let share = share.filter(|share| (0.000_01..=0.5).contains(share));
    let share = share.ok_or("give a share from 0.00001 to 0.5, such as 0.001, or `default`")?;
    Ok(OrDefault(Some(share)))
}

fn any_share(typed: &str) -> Result<f64, String> {
    let share = typed.parse().ok();
    let share = share.filter(|share| (0.0..=1.0).contains(share));
    share.ok_or("give a share from 0 to 1, such as 0.02".to_owned())
}

fn whether(typed: &str) -> Result<OrDefault<bool>, String> {
    match typed {
        "default" => Ok(OrDefault(None)),
        word => on_or_off(word)
            .map(|on| OrDefault(Some(on)))
            .map_err(|_| "give `on`, `off` or `default`".to_owned()),
    }
}

fn rule(typed: &str) -> Result<(String, OrDefault<RuleSetting>), String> {
    let (id, weight) = typed
        .split_once('=')
        .ok_or("give a rule and its weight, such as links/flood=2.5")?;
    if !rules::all().any(|rule| rule.id == id) {
        return Err(format!("`{id}` is no rule; see `hamgate rules`"));
    }
    let setting = match weight {
        "default" => None,
        weight => Some(
            RuleSetting::read(weight).ok_or("give log-odds from -20 to 20, `off`, or `default`")?,
        ),
    };
    Ok((id.to_owned(), OrDefault(setting)))
}

fn on_or_off(typed: &str) -> Result<bool, String> {
    match typed {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("give `on` or `off`".to_owned()),
    }
}

impl SettingsFlags {
    pub fn apply(self, settings: &mut SiteSettings) {
        let Self {
            hold,
            discard,
            max_ham_rejected,
            max_spam_accepted,
            reject,
            rules,
            url: _,
            rename: _,
            audit_share,
        } = self;
        set(&mut settings.hold, hold);
        set(&mut settings.discard, discard);
        set(
            &mut settings.max_ham_rejected,
            max_ham_rejected.map(|v| v.0),
        );
        set(
            &mut settings.max_spam_accepted,
            max_spam_accepted.map(|v| v.0),
        );
        set(&mut settings.reject, reject.map(|v| v.0));
        for (id, setting) in rules {
            match setting.0 {
                Some(setting) => settings.rules.insert(id, setting),
                None => settings.rules.remove(&id),
            };
        }
        set(&mut settings.audit_share, audit_share);
    }
}

/// What is not given stays.
fn set<T>(setting: &mut T, given: Option<T>) {
    if let Some(value) = given {
        *setting = value;
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
            let value = match value {
                Value::Null => "as the installation".to_owned(),
                Value::String(word) => word,
                other => other.to_string(),
            };
            table.add_row([name, value]);
        }
    }
    say!("{table}");
    Ok(())
}
