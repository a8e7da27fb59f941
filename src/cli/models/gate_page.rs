//! The gate's report as one page that asks no other host for anything.

use std::path::Path;

use anyhow::{Context, Result};
use askama::Template;

use super::gate_tables::{rows, signed, verdict};
use crate::evaluation::{Check, Flipped, GateReport, PartDifference};

#[derive(Template)]
#[template(path = "gate.html")]
struct Page<'r> {
    report: &'r GateReport,
    verdict: String,
    rows: Vec<[String; 4]>,
    parts: Vec<(&'static str, Vec<[String; 6]>)>,
    flips: [(&'static str, &'r [Flipped], usize); 2],
    checks: &'r [Check],
    style: &'static str,
}

/// Writes the page.
pub fn write(path: &Path, report: &GateReport, promoted: Option<bool>) -> Result<()> {
    let [was, is] = [&report.champion_measures, &report.challenger_measures];
    let page = Page {
        report,
        verdict: verdict(report, promoted),
        rows: rows(report)
            .into_iter()
            .map(|(name, of, change)| [name.to_owned(), of(was), of(is), change])
            .collect(),
        parts: vec![
            ("site", parts(&report.by_site)),
            ("language", parts(&report.by_language)),
        ],
        flips: [
            ("for the worse", &report.worse, report.worse_count),
            ("for the better", &report.better, report.better_count),
        ],
        checks: &report.checks,
        style: include_str!("../evaluate/page.css"),
    };
    std::fs::write(path, page.render()?)
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn parts(parts: &[PartDifference]) -> Vec<[String; 6]> {
    let row = |part: &PartDifference| {
        [
            part.name.clone(),
            part.ham.to_string(),
            part.spam.to_string(),
            signed(Some(part.brier), 1.0, 4),
            format!("{:+}", part.ham_rejected),
            format!("{:+}", part.spam_accepted),
        ]
    };
    parts.iter().map(row).collect()
}
