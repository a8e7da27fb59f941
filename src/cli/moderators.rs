//! `hamgate moderators`: who may use the desk. Works beside a running service.

use std::io::Read;

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use comfy_table::{Table, presets};
use serde_json::json;

use super::say::say;
use super::settings::SettingsOptions;
use crate::config::Config;
use crate::domain::Role;
use crate::http::desk_address;
use crate::service::{Installation, NewAccount, ServiceError};

/// Add, list, change, reset and remove the people who moderate.
#[derive(Debug, Args)]
pub struct Moderators {
    #[command(flatten)]
    settings: SettingsOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add a person; prints a one-time link to set the password.
    Add {
        name: String,
        #[arg(long, value_enum, default_value = "moderator")]
        role: RoleName,
        /// A site that the person sees; once for each. An admin sees all.
        #[arg(long = "site", value_name = "NAME")]
        sites: Vec<String>,
        /// Read the password from standard input, and make no link.
        #[arg(long)]
        password_stdin: bool,
        #[arg(long)]
        json: bool,
    },
    /// Everybody.
    List {
        #[arg(long)]
        json: bool,
    },
    /// Change what a person may do, and where; it holds from their next page on.
    Set {
        name: String,
        #[arg(long, value_enum, required_unless_present = "sites")]
        role: Option<RoleName>,
        /// A site that the person sees, in place of all earlier ones; once for
        /// each.
        #[arg(long = "site", value_name = "NAME")]
        sites: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Take the password away, sign the person out everywhere, and print a
    /// fresh one-time link.
    Reset {
        name: String,
        /// Take the second factor away, and nothing else: for who lost the app
        /// and the recovery codes.
        #[arg(long)]
        second_factor: bool,
        #[arg(long)]
        json: bool,
    },
    /// Remove a person; what they decided stays, under their name.
    Remove {
        name: String,
        #[arg(long)]
        json: bool,
    },
}

/// What a person may do.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleName {
    /// Sees every site, and who moderates.
    Admin,
    /// Decides on comments.
    Moderator,
    /// Looks.
    Viewer,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Admin => Self::Admin,
            RoleName::Moderator => Self::Moderator,
            RoleName::Viewer => Self::Viewer,
        }
    }
}

impl Moderators {
    pub async fn run(self) -> Result<()> {
        let config = self.settings.load(None)?.config;
        let installation = Installation::open_existing(&config.data)?;
        match self.action {
            Action::Add {
                name,
                role,
                sites,
                password_stdin,
                json,
            } => {
                let role = Role::from(role);
                let sees_none = sites.is_empty() && role != Role::Admin;
                let new = NewAccount {
                    name: name.clone(),
                    role,
                    sites,
                };
                if password_stdin {
                    installation
                        .add_moderator_with(new, &password_of_stdin()?)
                        .await?;
                    match json {
                        true => say!("{}", json!({ "name": name, "role": role })),
                        false => say!("{name} can sign in at {}", desk_address(&config, None)),
                    }
                } else {
                    let token = installation.add_moderator(new).await?;
                    print_link(&config, &name, token.as_str(), json);
                }
                if sees_none && !json {
                    say!("{name} sees no site: give them one with --site NAME");
                }
            }
            Action::List { json } => {
                let people = installation.moderators().await?;
                if json {
                    say!("{}", serde_json::to_string_pretty(&people)?);
                    return Ok(());
                }
                let mut table = Table::new();
                table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header([
                    "name",
                    "role",
                    "sites",
                    "last sign-in",
                    "second factor",
                ]);
                for person in people {
                    let sites = person.sites.map_or("all".into(), |sites| sites.join(", "));
                    let last = match person.last_sign_in {
                        Some(at) => at.to_string(),
                        None if person.has_password => "never".into(),
                        None => "no password yet".into(),
                    };
                    let second = if person.has_second_factor {
                        "yes"
                    } else {
                        "no"
                    };
                    table.add_row([
                        person.name,
                        person.role.as_str().into(),
                        sites,
                        last,
                        second.into(),
                    ]);
                }
                say!("{table}");
            }
            Action::Set {
                name,
                role,
                sites,
                json,
            } => {
                let sites = (!sites.is_empty()).then_some(sites.as_slice());
                let changed = installation
                    .change_rights(&name, role.map(Role::from), sites)
                    .await;
                let role = changed.map_err(|error| of_account(error, &name))?;
                match json {
                    true => say!("{}", json!({ "name": name, "role": role })),
                    false => say!("{name} is {} now", role.as_str()),
                }
            }
            Action::Reset {
                name,
                second_factor: true,
                json,
            } => {
                let dropped = installation.drop_second_factor(&name).await;
                dropped.with_context(|| {
                    format!(
                        "moderator `{name}` with a second factor; see `hamgate moderators list`"
                    )
                })?;
                match json {
                    true => say!("{}", json!({ "name": name, "second_factor": false })),
                    false => say!("{name} signs in with the password alone now"),
                }
            }
            Action::Reset { name, json, .. } => {
                let token = installation.reset_moderator(&name).await;
                let token = token.with_context(|| unknown(&name))?;
                print_link(&config, &name, token.as_str(), json);
            }
            Action::Remove { name, json } => {
                let removed = installation.remove_moderator(&name).await;
                removed.with_context(|| unknown(&name))?;
                match json {
                    true => say!("{}", json!({ "name": name, "removed": true })),
                    false => say!("{name} is removed, and signed out everywhere"),
                }
            }
        }
        Ok(())
    }
}

/// A site that is not known says so itself.
fn of_account(error: ServiceError, name: &str) -> anyhow::Error {
    match error {
        ServiceError::Field(_) => error.into(),
        other => anyhow::Error::from(other).context(unknown(name)),
    }
}

fn unknown(name: &str) -> String {
    format!("moderator `{name}`; see `hamgate moderators list`")
}

fn print_link(config: &Config, name: &str, token: &str, json: bool) {
    let link = format!("{}/welcome/{token}", desk_address(config, None));
    if json {
        say!("{}", json!({ "name": name, "link": link }));
    } else {
        say!("{name} sets the password here, once, within 24 hours:");
        say!("  {link}");
    }
}

/// Without the line's end that `echo` adds.
fn password_of_stdin() -> Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .context("the password on standard input cannot be read")?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}
