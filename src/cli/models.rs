//! `hamgate models`: which model judges, and why. Works beside a running
//! service, which takes over within seconds what is decided here.

mod gate_page;
mod gate_tables;
mod shown;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use super::say::say;
use super::settings::{self, SettingsOptions};
use crate::config::Config;
use crate::domain::CommentId;
use crate::evaluation::GateReport;
use crate::retraining::{LineFiles, Threads, compare_models, promote_through_gate};
use crate::service::{Installation, ModelName};

pub use gate_page::write as write_gate_page;
pub use gate_tables::print as print_gate;

/// List, compare and promote models, or go back to the one before.
///
/// A model is named by four or more of its hash's first digits, or as `champion`
/// (it judges), `challenger` (the newest one), `shadow` (it judges beside, and
/// only its verdicts are counted) or `shipped` (it came with the program).
#[derive(Debug, Args)]
pub struct Models {
    #[command(flatten)]
    settings: SettingsOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every model, the newest first.
    List {
        #[arg(long)]
        json: bool,
    },
    /// A model's card, what became of it, its errors where it judges, and how
    /// often it differed where it was the shadow.
    Show {
        #[arg(value_name = "MODEL")]
        which: String,
        #[arg(long)]
        json: bool,
    },
    /// Judge the labels that neither model has seen by both: what the second one
    /// would change, with intervals.
    Compare {
        first: String,
        second: String,
        #[command(flatten)]
        report: ReportTo,
    },
    /// Let a model judge from now on, if it is shown not to be worse than the
    /// champion.
    Promote {
        #[arg(value_name = "MODEL", default_value = "challenger")]
        which: String,
        /// Whatever the comparison says; the history keeps that it was asked for.
        #[arg(long)]
        anyway: bool,
        /// Why, for the history.
        #[arg(long, requires = "anyway")]
        reason: Option<String>,
        #[command(flatten)]
        report: ReportTo,
    },
    /// Let the model judge again that did before the champion was promoted.
    Rollback {
        /// Why, for the history.
        #[arg(long, default_value = "asked for")]
        reason: String,
        #[arg(long)]
        json: bool,
    },
    /// Let a model judge beside the champion, and count where they differ; `off`
    /// ends that.
    Shadow {
        #[arg(value_name = "MODEL", default_value = "challenger")]
        which: String,
    },
    /// Pin honest comments: no model that rejects one of them, where the
    /// champion does not, passes the comparison.
    Pin {
        /// hamgate's ids of stored comments.
        #[arg(required_unless_present = "lines")]
        comment_ids: Vec<String>,
        /// A file of comment lines; those labelled ham are pinned.
        #[arg(long, value_name = "FILE")]
        lines: Option<PathBuf>,
    },
    /// What is pinned.
    Pins {
        #[arg(long)]
        json: bool,
    },
    /// End a pin, by its number.
    Unpin { pin: i64 },
}

/// Where a report goes.
#[derive(Debug, Args)]
pub struct ReportTo {
    /// Write the report as one page without any outside host.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// The report as JSON.
    #[arg(long)]
    pub json: bool,
}

impl Models {
    pub async fn run(self) -> Result<()> {
        let config = self.settings.load(None)?.config;
        let installation = Installation::open_existing(&config.data)?;
        match self.action {
            Action::List { json } => shown::list(&installation, json).await,
            Action::Show { which, json } => {
                let model = installation.model(&which.as_str().into()).await?;
                shown::show(&installation, &model, json).await
            }
            Action::Compare {
                first,
                second,
                report,
            } => {
                let first = installation.model(&first.as_str().into()).await?;
                let second = installation.model(&second.as_str().into()).await?;
                let base = settings::filter(&config)?;
                let compared =
                    compare_models(&installation, &base, &first, &second, &Threads::All).await?;
                report.give(&compared, None)
            }
            Action::Promote {
                which,
                anyway,
                reason,
                report,
            } => {
                let model = ModelName::from(which.as_str());
                promote(&installation, &config, &model, anyway, reason, &report).await
            }
            Action::Rollback { reason, json } => {
                let champion = installation.roll_back_model(&super::by(), &reason).await?;
                match json {
                    true => say!("{}", serde_json::to_string_pretty(&champion)?),
                    false => say!("{} judges again", champion.id),
                }
                warn_if_settings_name_a_model(&config);
                Ok(())
            }
            Action::Shadow { which } => {
                let model = match which.as_str() {
                    "off" => None,
                    name => Some(installation.model(&name.into()).await?),
                };
                installation
                    .shadow_model(model.as_ref(), &super::by())
                    .await?;
                match &model {
                    Some(model) => say!(
                        "{} judges beside the champion; see `hamgate models show {}`",
                        model.id,
                        model.id
                    ),
                    None => say!("no model judges beside the champion"),
                }
                warn_if_settings_name_a_model(&config);
                Ok(())
            }
            Action::Pin { comment_ids, lines } => pin(&installation, comment_ids, lines).await,
            Action::Pins { json } => shown::pins(&installation, json).await,
            Action::Unpin { pin } => {
                let unpinned = installation.unpin(pin).await;
                unpinned.with_context(|| format!("pin {pin}; see `hamgate models pins`"))?;
                say!("pin {pin} is ended");
                Ok(())
            }
        }
    }
}

impl ReportTo {
    /// Prints the report, and writes the page if one is asked for; `promoted` is
    /// what came of it, if anything was to.
    pub fn give(&self, report: &GateReport, promoted: Option<bool>) -> Result<()> {
        if let Some(path) = &self.html {
            write_gate_page(path, report, promoted)?;
        }
        if self.json {
            let value = serde_json::json!({ "promoted": promoted, "gate": report });
            say!("{}", serde_json::to_string_pretty(&value)?);
        } else {
            print_gate(report, promoted);
        }
        Ok(())
    }
}

async fn promote(
    installation: &Installation,
    config: &Config,
    model: &ModelName,
    anyway: bool,
    reason: Option<String>,
    report: &ReportTo,
) -> Result<()> {
    let by = super::by();
    let model = installation.model(model).await?;
    let base = settings::filter(config)?;
    if anyway {
        let champion = installation.model(&ModelName::Champion).await?;
        let compared =
            compare_models(installation, &base, &champion, &model, &Threads::All).await?;
        let reason = reason.unwrap_or_else(|| "asked for, whatever the comparison says".to_owned());
        let written = serde_json::to_value(&compared).ok();
        installation
            .promote_model(&model, &champion, &by, &reason, written)
            .await?;
        report.give(&compared, Some(true))?;
    } else {
        let outcome = promote_through_gate(installation, &base, &model, &by, &Threads::All).await?;
        report.give(&outcome.report, Some(outcome.promoted))?;
        if !outcome.promoted {
            bail!(
                "{} was not promoted; `--anyway` promotes it all the same",
                model.id
            );
        }
    }
    warn_if_settings_name_a_model(config);
    Ok(())
}

fn warn_if_settings_name_a_model(config: &Config) {
    if let Some(file) = config.model_file() {
        eprintln!(
            "hamgate: the setting `model` names {}, so that one judges; leave it out to follow what is promoted",
            file.display()
        );
    }
}

async fn pin(
    installation: &Installation,
    comment_ids: Vec<String>,
    lines: Option<PathBuf>,
) -> Result<()> {
    let by = super::by();
    let mut new = 0;
    for id in comment_ids {
        let parsed = uuid::Uuid::parse_str(&id)
            .context("a comment's id is a UUID, as `hamgate queue list` shows it")?;
        let pinned = installation.pin_comment(CommentId(parsed), &by).await;
        new += u32::from(pinned.with_context(|| format!("comment {id}"))?);
    }
    if let Some(lines) = lines {
        let mut samples = Vec::new();
        LineFiles::open(&[lines])?.pass(&mut |batch, _, _| {
            samples.extend(batch);
            Ok(())
        })?;
        for sample in samples {
            if sample.label == crate::domain::Label::Ham {
                new += u32::from(installation.pin_text(sample.comment, &by).await?);
            }
        }
    }
    say!(
        "{new} newly pinned; {} in all",
        installation.pinned().await?.len()
    );
    Ok(())
}
