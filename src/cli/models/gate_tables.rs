//! The gate's report on a terminal: ids and numbers, and no text.

use comfy_table::{ContentArrangement, Table, presets};

use crate::bayes::metrics::Rate;
use crate::cli::say::say;
use crate::evaluation::{Estimate, Flipped, GateReport, Measures, PartDifference};

/// Flips that are printed each way.
const PRINTED: usize = 10;

/// Prints the report; `promoted` is what came of it, if anything was to.
pub fn print(report: &GateReport, promoted: Option<bool>) {
    let [was, is] = [&report.champion_measures, &report.challenger_measures];
    say!(
        "{} against {}, on {} ham and {} spam that neither has seen",
        report.challenger,
        report.champion,
        was.ham,
        was.spam
    );
    if was.ham + was.spam > 0 {
        let mut table = table(&["", &report.champion, &report.challenger, "change"]);
        for (name, of, change) in rows(report) {
            table.add_row([name.to_owned(), of(was), of(is), change]);
        }
        say!("{table}");
    }
    parts("site", &report.by_site);
    parts("language", &report.by_language);
    flips("for the worse", &report.worse, report.worse_count);
    flips("for the better", &report.better, report.better_count);
    for check in &report.checks {
        say!("{} {}", if check.passed { "✓" } else { "✗" }, check.says);
    }
    say!("{}", verdict(report, promoted));
}

/// What came of it, in one sentence.
pub fn verdict(report: &GateReport, promoted: Option<bool>) -> String {
    let model = &report.challenger;
    match (promoted, report.passes) {
        (Some(true), true) => format!("{model} is promoted: {}", report.reason()),
        (Some(true), false) => format!("{model} is promoted although: {}", report.reason()),
        (Some(false), true) => format!("{model} passes, and waits to be promoted"),
        (_, false) => format!("{model} is kept back: {}", report.reason()),
        (None, true) => format!("{model} passes"),
    }
}

type Row = (&'static str, fn(&Measures) -> String, String);

/// What the report's first table shows of both models.
pub fn rows(report: &GateReport) -> Vec<Row> {
    let differences = &report.differences;
    let percent = |one: Option<Estimate>| signed(one, 100.0, 2);
    vec![
        (
            "(1-ROCA) %",
            |one| {
                one.one_minus_roca_percent.map_or("-".into(), |area| {
                    format!("{:.2} [{:.2}, {:.2}]", area.percent, area.low, area.high)
                })
            },
            signed(differences.one_minus_roca_percent, 1.0, 2),
        ),
        (
            "ham rejected %",
            |one| share(one.ham_rejected),
            percent(differences.ham_rejected),
        ),
        ("ham held %", |one| share(one.ham_held), String::new()),
        (
            "spam accepted %",
            |one| share(one.spam_accepted),
            percent(differences.spam_accepted),
        ),
        ("spam held %", |one| share(one.spam_held), String::new()),
        (
            "Brier",
            |one| format!("{:.4}", one.brier.value),
            signed(differences.brier, 1.0, 4),
        ),
    ]
}

fn share(rate: Rate) -> String {
    if rate.n == 0 {
        return "-".to_owned();
    }
    let [value, low, high] = [rate.rate, rate.low, rate.high].map(|share| 100.0 * share);
    format!("{value:.2} [{low:.2}, {high:.2}]")
}

/// A change with its interval, in `unit`s.
pub fn signed(estimate: Option<Estimate>, unit: f64, digits: usize) -> String {
    estimate.map_or("-".to_owned(), |one| {
        let [value, low, high] = [one.value, one.low, one.high].map(|number| unit * number);
        format!("{value:+.digits$} [{low:+.digits$}, {high:+.digits$}]")
    })
}

fn parts(by: &str, parts: &[PartDifference]) {
    if parts.len() < 2 {
        return;
    }
    let mut table = table(&[by, "ham", "spam", "Brier", "ham rejected", "spam accepted"]);
    for part in parts {
        table.add_row([
            part.name.clone(),
            part.ham.to_string(),
            part.spam.to_string(),
            signed(Some(part.brier), 1.0, 4),
            format!("{:+}", part.ham_rejected),
            format!("{:+}", part.spam_accepted),
        ]);
    }
    say!("{table}");
}

fn flips(which: &str, flips: &[Flipped], count: usize) {
    if count == 0 {
        return;
    }
    say!("{count} verdicts change {which}");
    for flip in flips.iter().take(PRINTED) {
        say!(
            "  {}  {}  {}: {} → {}, {:+.2} → {:+.2}",
            flip.id,
            flip.site,
            flip.label.as_str(),
            flip.from.as_str(),
            flip.to.as_str(),
            flip.log_odds_from,
            flip.log_odds_to
        );
    }
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header.iter().copied());
    table
}
