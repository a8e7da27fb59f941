//! `hamgate evaluate`: how good a model is on labelled lines, with intervals.

mod charts;
mod page;
mod page_tables;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::origins::SiteOrigins;
use super::progress::{TrainingBar, bar};
use super::say::say;
use super::{lines, model_file};
use crate::bayes::TrainingSet;
use crate::evaluation::{self, Comparison, Judged, Judges, Lines, Report, without_each_group};
use crate::filter::{Budget, Filter};

/// Measure the filter on labelled comment lines.
///
/// Reports ranking ((1-ROCA) %, ROC AUC, spam caught at 0.1, 0.5 and 1 % false
/// positives), verdicts (ham rejected and held, spam accepted and held) and
/// calibration (Brier score, ECE), each with its n and a 95 % interval: pooled,
/// and by file, site and language where they differ.
///
/// A model flatters itself on what it was trained on. Give lines that it has not
/// seen, or let `--leave-one-site-out` train one model for each site on all the
/// others. Intervals take comments as independent; where one campaign wrote a
/// hundred of them they are too narrow.
///
/// Examples:
///
///   hamgate evaluate --show 20 my-blog.jsonl
///
///   hamgate evaluate --leave-one-site-out --together "a,b" --html report.html *.jsonl
///
///   hamgate evaluate --online my-blog.jsonl
///
///   hamgate evaluate --compare new.model my-blog.jsonl
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Evaluate {
    /// Files of comment lines with labels; standard input where none is named.
    pub files: Vec<PathBuf>,
    /// The model; the shipped one where none is named.
    #[arg(long, value_name = "FILE", conflicts_with = "leave_one_site_out")]
    pub model: Option<PathBuf>,
    /// List the worst errors, so many of ham and of spam, with the heaviest
    /// evidence; with --compare also so many verdicts that change each way.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub show: usize,
    /// Judge each site by a model trained from nothing on all others, with
    /// calibration and thresholds from the others' out-of-site scores. A site
    /// with spam is left out alone and whole; sites of ham alone are left out in
    /// five folds. `blog-import` belongs to `blog`.
    #[arg(long)]
    pub leave_one_site_out: bool,
    #[command(flatten)]
    pub origins: SiteOrigins,
    /// Judge each comment and then learn its label, as a running service does,
    /// in order of dates, each site in an empty installation of its own. Also
    /// counts errors among the first 50, the first 200 and all: comments whose
    /// probability is on the wrong side of 1/2 when they come.
    #[arg(long)]
    pub online: bool,
    /// Judge by this model too: verdicts that change, its measures, and the
    /// difference of (1-ROCA) with a paired bootstrap interval.
    #[arg(long, value_name = "MODEL")]
    pub compare: Option<PathBuf>,
    /// Write the report as one page without any outside host: tables, ROC,
    /// reliability, histograms, thresholds, rules.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// The report as JSON.
    #[arg(long)]
    pub json: bool,
}

impl Evaluate {
    pub async fn run(self) -> Result<()> {
        let lines = lines::with_files(&self.files)?;
        if lines.samples.is_empty() {
            bail!("there is no labelled comment to evaluate: lines need `content` and `label`");
        }
        let (judges, left_out) = self.judges(&lines)?;
        let (judged, without_learning) = self.judged(&lines, &judges).await?;
        let mut report = Report::of(&lines, &judges, &judged, left_out.as_ref(), self.show);
        report.learning =
            without_learning.map(|without| evaluation::learning(&lines, &judged, &without));
        if let Some(model) = &self.compare {
            let other = frozen(Some(model))?;
            let (others, _) = self.judged(&lines, &other).await?;
            let comparison = Comparison::of(&lines, &judged, &others, &other, self.show);
            report.comparison = Some(comparison);
        }
        if let Some(path) = &self.html {
            std::fs::write(path, page::render(&report)?)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        if self.json {
            say!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            tables::print(&report);
        }
        Ok(())
    }

    /// Who judges, and of what groups the lines are where groups are left out.
    fn judges<'l>(&self, lines: &'l Lines) -> Result<(Judges, Option<TrainingSet<'l>>)> {
        if !self.leave_one_site_out {
            if !self.origins.is_empty() {
                bail!("--together and --other-genre go with --leave-one-site-out");
            }
            return Ok((frozen(self.model.as_deref())?, None));
        }
        let set = self.origins.training_set(lines)?;
        let progress = TrainingBar::new();
        let judges = without_each_group(&set, Budget::default(), &|stage, done, total| {
            progress.show(stage, done, total);
        })
        .context("without one of the groups")?;
        progress.finish();
        Ok((judges, Some(set)))
    }

    /// The judgements; where they were learnt from, also those without.
    async fn judged(
        &self,
        lines: &Lines,
        judges: &Judges,
    ) -> Result<(Vec<Judged>, Option<Vec<Judged>>)> {
        let total = lines.samples.len() as u64;
        let judging = bar("judging", total);
        let by_themselves =
            evaluation::judge(&lines.samples, judges, &|done| judging.set_position(done));
        judging.finish_and_clear();
        if !self.online {
            return Ok((by_themselves, None));
        }
        let directory = tempfile::tempdir().context("no temporary directory can be made")?;
        let learning = bar("judging and learning", total);
        let done = |count| learning.inc(count);
        let judged = evaluation::learn_in_order(lines, judges, directory.path(), &done).await?;
        learning.finish_and_clear();
        Ok((judged, Some(by_themselves)))
    }
}

/// One model for all comments, with the default error budget.
fn frozen(model: Option<&Path>) -> Result<Judges> {
    let model = model_file::load(model)?;
    Ok(Judges::one(Filter::new(
        model,
        Budget::default(),
        Default::default(),
    )))
}
