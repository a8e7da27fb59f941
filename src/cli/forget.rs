//! `hamgate forget`: a comment, a person, a site, a time; with a certificate.

use std::io::{IsTerminal, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::progress::TrainingBar;
use super::say::say;
use super::settings::SettingsOptions;
use crate::domain::CommentId;
use crate::retraining::WithoutForgotten;
use crate::service::{Certificate, Forecast, How, Installation, ToForget};

/// Forget comments and all that was learnt from them, and certify it.
///
/// Reaches the comments with their judgements, decisions, labels and messages,
/// the tallies of their authors and links, near-copies, each site's own layer,
/// and the model: if it learnt from any of them, it is made anew from what is
/// left, and judges at once. Works beside a running service.
#[derive(Debug, Args)]
pub struct Forget {
    #[command(flatten)]
    settings: SettingsOptions,
    /// One comment, by hamgate's id.
    #[arg(long, value_name = "ID", conflicts_with_all = ["email", "name", "ip"])]
    comment: Option<uuid::Uuid>,
    #[command(flatten)]
    person: PersonFlags,
    #[command(flatten)]
    narrowed: Narrowed,
    /// Finish what was interrupted, instead of something new.
    #[arg(long, conflicts_with_all = ["comment", "email", "name", "ip", "site", "before", "dry_run"])]
    resume: bool,
    /// With --resume: write the database anew even if nothing was interrupted.
    #[arg(long, requires = "resume")]
    rewrite: bool,
    #[command(flatten)]
    manner: Manner,
}

/// Whose comments.
#[derive(Debug, Args)]
pub struct PersonFlags {
    /// Every comment from this e-mail address.
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// Every comment under this name. Others may share it: try --dry-run.
    #[arg(long)]
    pub name: Option<String>,
    /// Every comment from this IP address.
    #[arg(long, value_name = "ADDRESS")]
    pub ip: Option<IpAddr>,
}

/// Which of them.
#[derive(Debug, Args)]
pub struct Narrowed {
    /// Only of this site; alone, everything of it. The site and its keys stay.
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
    /// Only what came before this day or time (UTC, as 2026-01-31).
    #[arg(long, value_name = "DATE", value_parser = time)]
    before: Option<Timestamp>,
}

/// How it is done.
#[derive(Debug, Args)]
pub struct Manner {
    /// Show what would go, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Do not write the database anew. On a large one that keeps checks waiting
    /// for longer than they may take; zeros are written over what goes in any case.
    #[arg(long)]
    no_rewrite: bool,
    /// Write the certificate here, too, as JSON.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[arg(long)]
    json: bool,
}

impl PersonFlags {
    /// # Errors
    /// Nobody is named.
    pub fn someone(&self) -> Result<()> {
        if self.email.is_none() && self.name.is_none() && self.ip.is_none() {
            bail!("whose? Name the person by --email, --name or --ip");
        }
        Ok(())
    }

    /// What to look for.
    pub fn whom(&self, narrowed: &Narrowed) -> ToForget {
        ToForget {
            comment: None,
            email: self.email.clone(),
            name: self.name.clone(),
            ip: self.ip,
            site: narrowed.site.clone(),
            before: narrowed.before,
        }
    }
}

impl Forget {
    pub async fn run(self) -> Result<()> {
        let whom = ToForget {
            comment: self.comment.map(CommentId),
            ..self.person.whom(&self.narrowed)
        };
        if !self.resume {
            return self.manner.forget(&self.settings, &whom).await;
        }
        let (installation, mut how) = self.manner.begin(&self.settings)?;
        how.rewrite |= self.rewrite;
        let certificates = installation.resume_forgetting(&how).await?;
        if certificates.is_empty() {
            if self.rewrite {
                let done = installation.rewrite().await?;
                match done.whole && done.log {
                    true => say!("the database was written anew"),
                    false => bail!("somebody was in the way all the time; try again"),
                }
            } else {
                say!("nothing was interrupted");
            }
        }
        for certificate in &certificates {
            self.manner.show(certificate)?;
        }
        Ok(())
    }
}

impl Manner {
    fn begin(&self, settings: &SettingsOptions) -> Result<(Installation, How)> {
        let config = settings.load(None)?.config;
        let bar = TrainingBar::new();
        let how = How {
            by: super::by(),
            rewrite: !self.no_rewrite,
            model_file: config.model_file().map(Into::into),
            remake: Arc::new(WithoutForgotten {
                progress: move |stage, done, total| bar.show(stage, done, total),
            }),
        };
        Ok((Installation::open_existing(&config.data)?, how))
    }

    /// Shows, asks, forgets, certifies.
    pub async fn forget(&self, settings: &SettingsOptions, whom: &ToForget) -> Result<()> {
        let (installation, how) = self.begin(settings)?;
        let forecast = installation.forecast(whom).await?;
        if self.dry_run {
            match self.json {
                true => say!("{}", serde_json::to_string_pretty(&forecast)?),
                false => foretell(&forecast),
            }
            return Ok(());
        }
        if !self.yes {
            foretell(&forecast);
            if !agreed()? {
                bail!("nothing was forgotten");
            }
        }
        let certificate = installation
            .forget(whom, &how)
            .await
            .context("it is not finished; `hamgate forget --resume` goes on")?;
        self.show(&certificate)
    }

    fn show(&self, certificate: &Certificate) -> Result<()> {
        let json = serde_json::to_string_pretty(certificate)?;
        if let Some(path) = &self.out {
            write_whole(path, &json)?;
        }
        match self.json {
            true => say!("{json}"),
            false => certify(certificate),
        }
        Ok(())
    }
}

fn agreed() -> Result<bool> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        bail!("nobody can be asked here: look at --dry-run, then give --yes");
    }
    eprint!("It cannot be undone. Forget them? [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    input.read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn foretell(forecast: &Forecast) {
    say!("{} comments, or what is left of them", forecast.comments);
    if forecast.by_network_only > 0 {
        say!(
            "{} of them are known by their network alone, which others share",
            forecast.by_network_only
        );
    }
    rows(forecast.removed.iter());
    for model in &forecast.models {
        say!("a model learnt from them: {}", model.0);
    }
}

fn certify(certificate: &Certificate) {
    say!("Certificate of erasure {}", certificate.erasure);
    say!("asked by {}: {}", certificate.by, certificate.asked);
    say!(
        "begun {}, finished {}",
        certificate.begun_at,
        certificate.finished_at
    );
    say!("\nremoved:");
    match certificate.removed.is_empty() {
        true => say!("  nothing was there"),
        false => rows(certificate.removed.iter()),
    }
    say!("\nmodels:");
    for change in &certificate.models {
        say!("  before {}", change.before.0);
        if let Some(after) = &change.after {
            say!("  after  {}", after.0);
        }
        if let Some(on) = &change.trained_on {
            say!("         trained on {} ham and {} spam", on.ham, on.spam);
        }
        say!("         {}", change.outcome);
    }
    if certificate.models.is_empty() {
        say!(
            "  none had learnt from it; {} judges as before",
            certificate.champion.0
        );
    }
    say!(
        "\nto check it (label_changes {}):",
        certificate.label_changes
    );
    for check in &certificate.check {
        say!("  - {check}");
    }
    say!("\nnot reached:");
    for limit in &certificate.not_reached {
        say!("  - {limit}");
    }
}

fn rows<'r>(removed: impl Iterator<Item = (&'r String, &'r u64)>) {
    for (what, rows) in removed {
        say!("  {rows:>8} {}", what.replace('_', " "));
    }
}

fn time(text: &str) -> Result<Timestamp, anyhow::Error> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let date: Date = text
        .parse()
        .map_err(|_| anyhow!("give a day as 2026-01-31, or a time as 2026-01-31T12:00:00Z"))?;
    Ok(Offset::UTC.to_timestamp(date.to_datetime(Time::midnight()))?)
}

/// Readers never see half a file.
pub(super) fn write_whole(path: &Path, text: &str) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        writeln!(file, "{text}")?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        std::io::Result::Ok(())
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}
