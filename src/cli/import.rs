//! `hamgate import`: a blog's old comments. Works beside a running service.

mod tables;

use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use encoding_rs::Encoding;
use serde::Serialize;

use super::progress::bar;
use super::say::say;
use super::settings::{self, SettingsOptions};
use crate::config::Config;
use crate::domain::{Label, Site};
use crate::evaluation::OldComments;
use crate::exchange::{self, Format, Opening, Options, Refused, Report, Spool, WordPress};
use crate::filter::Budget;
use crate::service::{Importer, Installation, OldComment, Service};

/// Not an option: the list of processes shows those to everybody.
const PASSWORD: &str = "WORDPRESS_APPLICATION_PASSWORD";

/// Take over the comments that a blog has, with what it decided on each.
///
/// What was approved is learnt as ham and what was marked as spam as spam, with
/// the date of the comment. What waits on the blog waits in the queue; what is in
/// the trash is rejected and not learnt from, for nobody says why it is there.
/// Comments are judged in the order of time, each before its label is learnt, so
/// at the end it shows how hamgate would have done on them. No webhook is sent.
///
/// Nothing is imported unless the whole file can be read. A comment is imported
/// once, however often the file is: known ones are recognised by the blog's own id,
/// or else by date, author and text. So an import that was interrupted is simply
/// started again. Retention counts from the import on, not from the comment's date.
///
/// docs/import.md says for each system how to get the file.
///
/// Examples:
///
///   hamgate import wxr export.xml --site bread --dry-run
///
///   hamgate import csv comments.csv --site bread --column content=Text
///
///   hamgate import mbox Junk --label spam --site bread
///
///   WORDPRESS_APPLICATION_PASSWORD='abcd efgh …' \
///     hamgate import wordpress https://blog.example --user admin --site bread
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Import {
    /// Where the comments come from.
    #[arg(value_enum)]
    format: Format,
    /// The file; `-` is standard input. A folder for staticman, an address for
    /// wordpress. Gzip is unpacked.
    file: PathBuf,
    #[command(flatten)]
    settings: SettingsOptions,
    /// The site that the comments are of.
    #[arg(long)]
    site: String,
    /// Read and count everything, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// What comments are of which the file does not say it: `ham` or `spam`.
    /// For mbox, csv and lines.
    #[arg(long, value_name = "LABEL", value_parser = label)]
    label: Option<Label>,
    /// Who asks WordPress; the environment has an application password of theirs in
    /// WORDPRESS_APPLICATION_PASSWORD.
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// The file's encoding, if it is not UTF-8: `windows-1252`, `utf-16le`, …
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static Encoding>,
    /// Where a CSV has a field: content, id, author, email, url, ip, user_agent,
    /// date, status, label, kind, post, post_url, parent. May be given more than
    /// once.
    #[arg(long = "column", value_name = "FIELD=COLUMN", value_parser = column)]
    columns: Vec<(String, String)>,
    /// What parts the cells of a CSV, if it is not found out: `,`, `;`, `tab`, …
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// The report as JSON.
    #[arg(long)]
    json: bool,
}

/// What is printed.
#[derive(Debug, Serialize)]
pub struct Imported {
    file: String,
    site: String,
    dry_run: bool,
    #[serde(flatten)]
    report: Report,
    /// All labelled comments of the site; absent in a dry run.
    old_comments: Option<OldComments>,
}

impl Import {
    pub async fn run(self) -> Result<()> {
        let config = self.settings.load(None)?.config;
        let installation = Installation::open_existing(&config.data)?;
        let site = installation
            .site(&self.site)
            .await
            .with_context(|| format!("site `{}`; see `hamgate sites list`", self.site))?;
        let filter = settings::filter(&config)?;
        let service = Service::new(installation, filter, &config);
        let mut spool = match self.format {
            Format::Wordpress => self.fetch(&config, &site).await?,
            _ => self.read(&config)?,
        };
        self.take_over(&service, &site, &mut spool).await?;
        let report = std::mem::take(&mut spool.report).sorted();
        spool.done()?;
        let imported = Imported {
            file: self.file.display().to_string(),
            site: site.name.clone(),
            dry_run: self.dry_run,
            report,
            old_comments: match self.dry_run {
                true => None,
                false => old_comments(&service, &site, &config).await?,
            },
        };
        match self.json {
            true => say!("{}", serde_json::to_string_pretty(&imported)?),
            false => tables::print(&imported),
        }
        Ok(())
    }

    fn refused(&self, error: &Refused) -> anyhow::Error {
        anyhow!("{}: {error}. Nothing was imported.", self.file.display())
    }

    /// Fetches everything before anything of it is imported.
    async fn fetch(&self, config: &Config, site: &Site) -> Result<Spool> {
        let refused = |error: Refused| self.refused(&error);
        let user = self.user.as_deref();
        let user = user.context("name the user who asks WordPress (--user)")?;
        let password = std::env::var(PASSWORD).with_context(|| {
            format!("give an application password of {user} in the environment as {PASSWORD}")
        })?;
        let address = self.file.to_string_lossy();
        let blog = WordPress::new(&address, user, &password).map_err(refused)?;
        let kept = config.data.join(format!("import-{}.spool", site.id.0));
        let mut spool = Spool::kept(&kept, &address).map_err(refused)?;
        let fetching = bar("fetching", 0);
        fetching.set_length(spool.report.entries);
        blog.read(&mut spool, &|count| {
            fetching.set_length(count);
            fetching.set_position(count);
        })
        .await
        .map_err(refused)?;
        fetching.finish_and_clear();
        Ok(spool)
    }

    /// Reads the whole file before anything of it is imported.
    fn read(&self, config: &Config) -> Result<Spool> {
        let refused = |error: Refused| self.refused(&error);
        let size = std::fs::metadata(&self.file).map_or(0, |about| about.len());
        let reading = bar("reading", size);
        let watched = reading.clone();
        let options = Options {
            opening: Opening {
                encoding: self.encoding,
                watch: Some(Rc::new(move |bytes| watched.set_position(bytes))),
                raw: false,
            },
            unlabelled: self.label,
            columns: self.columns.clone(),
            delimiter: self.delimiter,
        };
        let mut spool = Spool::new(&config.data).map_err(refused)?;
        exchange::read(self.format, &self.file, &options, &mut spool).map_err(refused)?;
        reading.finish_and_clear();
        if spool.report.entries == 0 {
            bail!(
                "{} has no comment in it; is it the right file and format?",
                self.file.display()
            );
        }
        Ok(spool)
    }

    /// Imports in the order of time, batch by batch.
    async fn take_over(&self, service: &Service, site: &Site, spool: &mut Spool) -> Result<()> {
        let importing = bar(
            if self.dry_run {
                "comparing"
            } else {
                "judging and learning"
            },
            spool.sort()?,
        );
        let mut importer = Importer::new(service, site).await?;
        let mut last = None;
        loop {
            let batch = spool.after(last.as_ref(), importer.batch())?;
            if batch.is_empty() {
                break;
            }
            let old: Vec<OldComment> = batch.iter().map(|one| one.old.clone()).collect();
            let outcomes = importer.import(old, self.dry_run).await?;
            for (one, outcome) in batch.iter().zip(&outcomes) {
                spool.report.became(one.line, one.old.moderation, outcome);
            }
            importing.inc(batch.len() as u64);
            last = batch.into_iter().next_back();
        }
        importing.finish_and_clear();
        Ok(())
    }
}

async fn old_comments(
    service: &Service,
    site: &Site,
    config: &Config,
) -> Result<Option<OldComments>> {
    let judged = service.installation().labelled_verdicts(site).await?;
    let budget = Budget {
        max_ham_rejected: config.policy.max_ham_rejected,
        max_spam_accepted: config.policy.max_spam_accepted,
        reject: config.policy.reject,
    };
    let filter = service.filter();
    Ok(OldComments::of(
        &judged,
        budget.of_site(&site.settings),
        filter.policy_for(&site.settings),
        filter.model().card().label_noise,
    ))
}

fn label(text: &str) -> Result<Label, String> {
    match text {
        "ham" => Ok(Label::Ham),
        "spam" => Ok(Label::Spam),
        _ => Err("give `ham` or `spam`".to_owned()),
    }
}

fn encoding(name: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        "give a name of the WHATWG Encoding Standard, such as windows-1252".to_owned()
    })
}

fn column(text: &str) -> Result<(String, String), String> {
    let fields: Vec<&str> = exchange::columns().collect();
    text.split_once('=')
        .filter(|(field, column)| fields.contains(field) && !column.is_empty())
        .map(|(field, column)| (field.to_owned(), column.to_owned()))
        .ok_or_else(|| format!("give FIELD=COLUMN; the fields are: {}", fields.join(", ")))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] if one.is_ascii() && !one.is_ascii_alphanumeric() && *one != b'"' => Ok(*one),
        _ => Err("give one character, such as `;`, or `tab`".to_owned()),
    }
}
