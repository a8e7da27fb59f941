//! `hamgate score`: comment lines in, verdicts out, one for each, in order.

use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use rayon::prelude::*;
use serde_json::json;

use super::lines::unreadable;
use super::progress;
use super::settings::{self, SettingsOptions};
use crate::domain::{CommentLine, History};
use crate::features::Features;
use crate::filter::Filter;

/// Lines judged side by side, at most.
const BATCH: usize = 1_024;

/// Judge comment lines: the same `id` comes out with `verdict`,
/// `spam_probability` and `log_odds`. A line that cannot be read is answered by
/// one with an `error`.
#[derive(Debug, Args)]
pub struct Score {
    /// Files of comment lines; standard input where none is named.
    files: Vec<PathBuf>,
    #[command(flatten)]
    settings: SettingsOptions,
    /// Accepted for symmetry: the output always is JSON lines.
    #[arg(long, hide = true)]
    json: bool,
}

impl Score {
    pub fn run(self) -> Result<()> {
        let config = self.settings.load(None)?.config;
        let filter = settings::filter(&config)?;
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        // Where lines appear on the same terminal, a bar would break them up.
        let bar = match std::io::stdout().is_terminal() {
            true => indicatif::ProgressBar::hidden(),
            false => progress::bar("judging", 0),
        };
        if self.files.is_empty() {
            score(&filter, std::io::stdin().lock(), &mut out, &bar)?;
        }
        for file in &self.files {
            let opened = std::fs::File::open(file).map_err(|error| unreadable(file, &error))?;
            score(&filter, BufReader::new(opened), &mut out, &bar)?;
        }
        bar.finish_and_clear();
        Ok(out.flush()?)
    }
}

fn score(
    filter: &Filter,
    mut input: impl BufRead,
    out: &mut impl Write,
    bar: &indicatif::ProgressBar,
) -> Result<()> {
    loop {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            let mut line = Vec::new();
            if input
                .read_until(b'\n', &mut line)
                .context("the input cannot be read")?
                == 0
            {
                break;
            }
            if !line.trim_ascii().is_empty() {
                batch.push(line);
            }
        }
        if batch.is_empty() {
            return Ok(());
        }
        let answers: Vec<String> = batch.par_iter().map(|line| answer(filter, line)).collect();
        bar.inc_length(answers.len() as u64);
        bar.inc(answers.len() as u64);
        for answer in answers {
            writeln!(out, "{answer}").context("the verdicts cannot be written")?;
        }
    }
}

fn answer(filter: &Filter, line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    let line = match CommentLine::parse(text.trim_end()) {
        Ok(line) => line,
        Err(error) => return json!({ "id": null, "error": error.to_string() }).to_string(),
    };
    let id = line.id.clone();
    let comment = line.into_comment();
    let judgement = filter.judge(&Features::of(&comment), &History::default());
    json!({
        "id": id,
        "verdict": judgement.verdict,
        "spam_probability": judgement.spam_probability,
        "log_odds": judgement.log_odds,
    })
    .to_string()
}
