//! `hamgate evaluate`: how good a model is on labelled lines, with intervals.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use comfy_table::{Table, presets};
use rayon::prelude::*;
use serde::Serialize;

use super::say::say;
use super::{lines, models};
use crate::bayes::metrics::{self, OneMinusRoca, Rate, Scored};
use crate::domain::{History, Label, Sample, Verdict};
use crate::features::Features;
use crate::filter::{Budget, Filter};

/// Measure a model on labelled comment lines it was not trained on.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// Files of comment lines with labels; standard input where none is named.
    pub files: Vec<PathBuf>,
    /// The model; the shipped one where none is named.
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// The report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Everything that is reported of one set of comments.
#[derive(Debug, Serialize)]
pub struct Metrics {
    pub set: String,
    pub ham: usize,
    pub spam: usize,
    /// Absent where there is only one class.
    pub one_minus_roca_percent: Option<OneMinusRoca>,
    pub roc_auc: Option<f64>,
    pub spam_caught_at_0_1_percent: Rate,
    pub spam_caught_at_0_5_percent: Rate,
    pub spam_caught_at_1_percent: Rate,
    pub ham_rejected: Rate,
    pub ham_held: Rate,
    pub spam_accepted: Rate,
    pub spam_held: Rate,
    pub brier: f64,
    pub ece: f64,
}

#[derive(Debug, Serialize)]
struct Report {
    model: String,
    policy: String,
    pooled: Metrics,
    sites: Vec<Metrics>,
}

type Judged = (Scored, Verdict);

impl Evaluate {
    pub fn run(self) -> Result<()> {
        let samples = lines::samples(&self.files)?;
        if samples.is_empty() {
            bail!("there is no labelled comment to evaluate: lines need `content` and `label`");
        }
        let filter = Filter::new(
            models::load(self.model.as_deref())?,
            Budget::default(),
            Default::default(),
        );
        let judged: Vec<Judged> = samples
            .par_iter()
            .map(|sample| judge(&filter, sample))
            .collect();
        let mut names: Vec<&str> = samples.iter().map(|sample| sample.site.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let of_site = |name: &&str| {
            let of: Vec<Judged> = samples
                .iter()
                .zip(&judged)
                .filter(|(sample, _)| sample.site == *name)
                .map(|(_, judged)| *judged)
                .collect();
            metrics_of(name, &of)
        };
        let report = Report {
            model: filter.model().id().to_owned(),
            policy: filter.policy().to_string(),
            pooled: metrics_of("all", &judged),
            sites: names.iter().map(of_site).collect(),
        };
        if self.json {
            say!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            print(&report);
        }
        Ok(())
    }
}

fn judge(filter: &Filter, sample: &Sample) -> Judged {
    let features = Features::of(&sample.comment);
    let judgement = filter.judge(&features, &History::default());
    let scored = Scored {
        log_odds: judgement.log_odds.0,
        label: sample.label,
    };
    (scored, judgement.verdict)
}

fn metrics_of(set: &str, judged: &[Judged]) -> Metrics {
    let scores: Vec<Scored> = judged.iter().map(|(scored, _)| *scored).collect();
    let count = |label| scores.iter().filter(|score| score.label == label).count();
    let (ham, spam) = (count(Label::Ham), count(Label::Spam));
    let share = |label, verdict| {
        let hits = judged
            .iter()
            .filter(|(score, given)| score.label == label && *given == verdict)
            .count();
        Rate::of(hits, count(label))
    };
    let area = metrics::one_minus_roca(&scores);
    Metrics {
        set: set.to_owned(),
        ham,
        spam,
        one_minus_roca_percent: area,
        roc_auc: area.map(|area| 1.0 - area.percent / 100.0),
        spam_caught_at_0_1_percent: metrics::caught_at(&scores, 0.001),
        spam_caught_at_0_5_percent: metrics::caught_at(&scores, 0.005),
        spam_caught_at_1_percent: metrics::caught_at(&scores, 0.01),
        ham_rejected: share(Label::Ham, Verdict::Reject),
        ham_held: share(Label::Ham, Verdict::Hold),
        spam_accepted: share(Label::Spam, Verdict::Accept),
        spam_held: share(Label::Spam, Verdict::Hold),
        brier: metrics::brier(&scores),
        ece: metrics::ece(&scores),
    }
}

fn print(report: &Report) {
    say!("model {}  policy {}", report.model, report.policy);
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header([
        "set",
        "ham",
        "spam",
        "(1-ROCA) %",
        "caught 0.1/0.5/1 %",
        "ham rejected %",
        "ham held %",
        "spam accepted %",
        "spam held %",
        "Brier",
        "ECE",
    ]);
    let percent = |rate: Rate| {
        if rate.n == 0 {
            return "-".to_owned();
        }
        format!(
            "{:.2} [{:.2}, {:.2}]",
            100.0 * rate.rate,
            100.0 * rate.low,
            100.0 * rate.high
        )
    };
    for metrics in std::iter::once(&report.pooled).chain(&report.sites) {
        let area = metrics
            .one_minus_roca_percent
            .map_or("-".to_owned(), |area| {
                format!("{:.2} [{:.2}, {:.2}]", area.percent, area.low, area.high)
            });
        let caught = [
            metrics.spam_caught_at_0_1_percent,
            metrics.spam_caught_at_0_5_percent,
            metrics.spam_caught_at_1_percent,
        ]
        .map(|rate| format!("{:.0}", 100.0 * rate.rate))
        .join(" / ");
        table.add_row([
            metrics.set.clone(),
            metrics.ham.to_string(),
            metrics.spam.to_string(),
            area,
            caught,
            percent(metrics.ham_rejected),
            percent(metrics.ham_held),
            percent(metrics.spam_accepted),
            percent(metrics.spam_held),
            format!("{:.3}", metrics.brier),
            format!("{:.3}", metrics.ece),
        ]);
    }
    say!("{table}");
}
