//! The report of an import, for people.

use comfy_table::{Table, presets};

use super::Imported;
use crate::bayes::metrics::Rate;
use crate::cli::queue::shown;
use crate::cli::say::say;
use crate::evaluation::{OldComments, Stretch, Supported};

pub fn print(imported: &Imported) {
    let report = &imported.report;
    let done = match imported.dry_run {
        true => "would be imported",
        false => "imported",
    };
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let mut row = |what: &str, count: u64, means: &str| {
        if count > 0 {
            table.add_row([what.to_owned(), count.to_string(), means.to_owned()]);
        }
    };
    row("entries", report.entries, "in the file");
    table_of(&mut row, imported, done);
    say!("{}", shown(&imported.file));
    say!("{table}");
    if !report.skipped.is_empty() {
        say!("\nLeft out:");
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        for skipped in &report.skipped {
            let more = if skipped.count > skipped.at.len() as u64 {
                ", …"
            } else {
                ""
            };
            table.add_row([
                skipped.count.to_string(),
                shown(&format!("it {}", skipped.reason)),
                shown(&format!("at {}{more}", skipped.at.join(", "))),
            ]);
        }
        say!("{table}");
    }
    if report.spam == 0 && report.ham > 0 {
        say!(
            "\nThere is no spam in it. hamgate learns from both: docs/import.md says how to get the \
             spam of your blog, too."
        );
    }
    if let Some(old) = &imported.old_comments {
        judged(old);
    }
}

fn table_of(row: &mut impl FnMut(&str, u64, &str), imported: &Imported, done: &str) {
    let report = &imported.report;
    row(done, report.imported, "new");
    row("  ham", report.ham, "approved on the blog");
    row("  spam", report.spam, "marked as spam on the blog");
    row(
        "  pending",
        report.pending,
        "wait in the queue, as on the blog",
    );
    row("  trashed", report.trashed, "rejected, not learnt from");
    row(
        "  unlabelled",
        report.unlabelled,
        "with hamgate's verdict only",
    );
    row(
        "decided",
        report.decided,
        "were here without a decision, and have the blog's now",
    );
    row("already here", report.already_here, "nothing changed");
    row("undated", report.undated, "taken for the oldest");
}

fn judged(old: &OldComments) {
    say!(
        "\nOn your {} old comments ({} ham, {} spam), each judged before its label was learnt:\n",
        old.ham + old.spam,
        old.ham,
        old.spam
    );
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header([
        "time",
        "ham rejected",
        "ham held",
        "spam accepted",
        "spam held",
    ]);
    for stretch in old.stretches.iter().filter(|_| old.stretches.len() > 1) {
        table.add_row(cells(stretch, &month(stretch)));
    }
    table.add_row(cells(&old.all, "all"));
    say!("{table}");
    if let Some(area) = old.one_minus_roca_percent {
        say!(
            "(1-ROCA) {:.2} % ({:.2} to {:.2}): how often a ham looks worse than a spam",
            area.percent,
            area.low,
            area.high
        );
    }
    say!("\nThresholds that these labels support within your error budget:");
    supported(
        &old.reject,
        "reject from",
        "ham rejected",
        "of the spam",
        "ham",
    );
    supported(
        &old.accept,
        "accept up to",
        "spam accepted",
        "of the ham",
        "spam",
    );
    let in_force =
        |limit: Option<f64>| limit.map_or("nothing".to_owned(), |odds| format!("{odds:+.2}"));
    say!(
        "In force, by what the model has seen elsewhere: reject from {}, accept up to {}.",
        in_force(old.reject.in_force),
        in_force(old.accept.in_force)
    );
}

fn supported(one: &Supported, what: &str, mistake: &str, of: &str, kind: &str) {
    let budget = format!("at most {} % {mistake}", trimmed(100.0 * one.budget));
    match (one.log_odds, one.decided) {
        (Some(odds), Some(decided)) => say!(
            "  {what} log-odds {odds:+.2} ({budget}): {:.1} % {of}",
            100.0 * decided.rate
        ),
        _ => say!(
            "  {budget} cannot be promised yet: it takes {} labels of {kind}, and {} are missing",
            one.needed,
            one.missing
        ),
    }
}

fn trimmed(percent: f64) -> String {
    let text = format!("{percent:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn month(stretch: &Stretch) -> String {
    let month = |time: jiff::Timestamp| time.to_string().chars().take(7).collect::<String>();
    format!("{} to {}", month(stretch.from), month(stretch.to))
}

fn cells(stretch: &Stretch, name: &str) -> [String; 5] {
    let cell = |rate: &Rate| match rate.n {
        0 => "none".to_owned(),
        n => format!("{:.1} % ({} of {n})", 100.0 * rate.rate, rate.count),
    };
    [
        name.to_owned(),
        cell(&stretch.ham_rejected),
        cell(&stretch.ham_held),
        cell(&stretch.spam_accepted),
        cell(&stretch.spam_held),
    ]
}
