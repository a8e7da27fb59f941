//! `hamgate export`: a site's comments, for elsewhere. Works beside a running service.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use super::progress::bar;
use super::settings::SettingsOptions;
use crate::exchange::{CsvWriter, LinesWriter, exported};
use crate::service::Installation;
use crate::store::{CommentFilter, Order, StoredComment};

/// Comments that are read at once.
const PAGE: usize = 500;

/// Write the comments of a site with their labels, oldest first.
///
/// Each comes with the label that is in force. Comments without one are there,
/// too. `hamgate import lines` and `hamgate import csv` read it back.
///
/// Examples:
///
///   hamgate export --site bread > bread.jsonl
///
///   hamgate export --site bread --format csv --out bread.csv
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Export {
    #[command(flatten)]
    settings: SettingsOptions,
    /// The site.
    #[arg(long, default_value = "default")]
    site: String,
    #[arg(long, value_enum, default_value = "lines")]
    format: Form,
    /// Where it goes; standard output where no file is named.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// Comment lines: one JSON object a line.
    Lines,
    /// For spreadsheets. What one could take for a formula has an apostrophe in
    /// front, which `hamgate import csv` takes off again.
    Csv,
}

impl Export {
    pub async fn run(self) -> Result<()> {
        let installation = Installation::open_existing(&self.settings.load(None)?.config.data)?;
        let site = installation
            .site(&self.site)
            .await
            .with_context(|| format!("site `{}`; see `hamgate sites list`", self.site))?;
        let out: Box<dyn Write> = match &self.out {
            None => Box::new(io::stdout()),
            Some(path) => Box::new(
                File::create(path)
                    .with_context(|| format!("{} cannot be written", path.display()))?,
            ),
        };
        let mut writer = Writer::new(self.format, BufWriter::new(out))?;
        let shown = bar("writing", installation.stats(&site).await?.comments.total);
        let mut after = None;
        loop {
            let filter = CommentFilter {
                order: Order::Oldest,
                limit: PAGE,
                after,
                ..CommentFilter::default()
            };
            let page = installation.stored_comments(&site, filter).await?;
            after = page.last().map(StoredComment::place);
            let full = page.len() == PAGE;
            shown.inc(page.len() as u64);
            for stored in page {
                writer.write(stored)?;
            }
            if !full {
                break;
            }
        }
        shown.finish_and_clear();
        Ok(writer.flush()?)
    }
}

enum Writer<W: Write> {
    Lines(LinesWriter<W>),
    Csv(CsvWriter<W>),
}

impl<W: Write> Writer<W> {
    fn new(form: Form, to: W) -> io::Result<Self> {
        Ok(match form {
            Form::Lines => Self::Lines(LinesWriter(to)),
            Form::Csv => Self::Csv(CsvWriter::new(to)?),
        })
    }

    fn write(&mut self, stored: StoredComment) -> io::Result<()> {
        let line = exported(stored);
        match self {
            Self::Lines(writer) => writer.write(&line),
            Self::Csv(writer) => writer.write(&line),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Lines(writer) => writer.0.flush(),
            Self::Csv(writer) => writer.flush(),
        }
    }
}
