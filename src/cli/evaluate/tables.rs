//! The report for a terminal.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle, presets};

use crate::bayes::metrics::Rate;
use crate::cli::say::say;
use crate::evaluation::{Comparison, Estimate, Flip, Learning, Measures, Report, Shown};

pub fn print(report: &Report) {
    match report.judged_by.as_slice() {
        [one] => say!("model {}  policy {}", one.model, one.policy),
        several => say!("{} models, each for what it did not see", several.len()),
    }
    say!("95 % intervals in brackets\n");
    print_sets("set", &[&report.pooled]);
    for section in &report.sections {
        print_sets(section.by, &section.sets.iter().collect::<Vec<_>>());
    }
    if let Some(learning) = &report.learning {
        print_learning(learning);
    }
    if let Some(comparison) = &report.comparison {
        print_comparison(&report.pooled, comparison);
    }
    print_errors("ham with the highest log-odds", &report.worst.ham);
    print_errors("spam with the lowest log-odds", &report.worst.spam);
}

/// Columns under a line; there can be many rows.
const RULED: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

fn table<const N: usize>(style: TableStyle, header: [&str; N]) -> Table {
    let mut table = Table::new();
    table
        .load_style(style)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header);
    table
}

/// Two tables, lest one be too wide to read: ranking and calibration, verdicts.
fn print_sets(by: &str, sets: &[&Measures]) {
    let mut ranking = table(
        RULED,
        [
            by,
            "ham",
            "spam",
            "(1-ROCA) %",
            "caught % at 0.1 %",
            "at 0.5 %",
            "at 1 % ham",
            "Brier",
            "ECE",
        ],
    );
    let mut verdicts = table(
        RULED,
        [
            by,
            "ham rejected %",
            "ham held %",
            "spam accepted %",
            "spam held %",
        ],
    );
    for set in sets {
        ranking.add_row([
            set.set.clone(),
            set.ham.to_string(),
            set.spam.to_string(),
            area(set),
            set.spam_caught_at_0_1_percent.map_or_else(none, whole),
            set.spam_caught_at_0_5_percent.map_or_else(none, whole),
            set.spam_caught_at_1_percent.map_or_else(none, whole),
            estimate(set.brier),
            estimate(set.ece),
        ]);
        verdicts.add_row([
            set.set.clone(),
            percent(set.ham_rejected),
            percent(set.ham_held),
            percent(set.spam_accepted),
            percent(set.spam_held),
        ]);
    }
    say!("{ranking}\n{verdicts}\n");
}

fn none() -> String {
    "-".to_owned()
}

fn area(set: &Measures) -> String {
    set.one_minus_roca_percent.map_or_else(none, |area| {
        format!("{:.2} [{:.2}, {:.2}]", area.percent, area.low, area.high)
    })
}

fn percent(rate: Rate) -> String {
    if rate.n == 0 {
        return none();
    }
    let [rate, low, high] = [rate.rate, rate.low, rate.high].map(|share| 100.0 * share);
    format!("{rate:.2} [{low:.2}, {high:.2}]")
}

fn whole(rate: Rate) -> String {
    let [rate, low, high] = [rate.rate, rate.low, rate.high].map(|share| 100.0 * share);
    format!("{rate:.0} [{low:.0}, {high:.0}]")
}

fn estimate(of: Estimate) -> String {
    format!("{:.3} [{:.3}, {:.3}]", of.value, of.low, of.high)
}

/// Errors of how many, with the interval of their share.
fn errors(rate: Rate) -> String {
    format!("{} of {}", rate.count, rate.n)
}

fn print_learning(learning: &Learning) {
    say!("learning each label in turn: comments on the wrong side of probability 1/2");
    let mut table = table(
        RULED,
        [
            "site",
            "in the first 50",
            "in the first 200",
            "in all",
            "% of all",
            "without learning",
        ],
    );
    for site in std::iter::once(&learning.total).chain(&learning.sites) {
        table.add_row([
            site.site.clone(),
            errors(site.first_50),
            errors(site.first_200),
            errors(site.all),
            percent(site.all),
            errors(site.all_without_learning),
        ]);
    }
    say!("{table}\n");
}

fn print_comparison(first: &Measures, comparison: &Comparison) {
    let Some(with) = comparison.with.first() else {
        return;
    };
    say!("compared with model {}  policy {}", with.model, with.policy);
    let other = Measures {
        set: "the other".to_owned(),
        ..comparison.measures.clone()
    };
    let first = Measures {
        set: "the first".to_owned(),
        ..first.clone()
    };
    print_sets("model", &[&first, &other]);
    if let Some(difference) = comparison.one_minus_roca_difference {
        say!(
            "(1-ROCA) %, the other minus the first: {:+.3} [{:+.3}, {:+.3}]; below 0 the other is better\n",
            difference.value,
            difference.low,
            difference.high
        );
    }
    let mut table = table(RULED, ["label", "from", "to", "comments"]);
    for flips in &comparison.flips {
        table.add_row([
            flips.label.as_str().to_owned(),
            flips.from.as_str().to_owned(),
            flips.to.as_str().to_owned(),
            flips.count.to_string(),
        ]);
    }
    say!("verdicts that change\n{table}\n");
    print_flips("changed for the worse", &comparison.worse);
    print_flips("changed for the better", &comparison.better);
}

fn print_flips(title: &str, flips: &[Flip]) {
    if flips.is_empty() {
        return;
    }
    let mut table = table(
        presets::UTF8_HORIZONTAL_ONLY,
        ["comment", "label", "verdict", "log-odds", "text"],
    );
    for flip in flips {
        table.add_row([
            named(&flip.site, flip.id.as_deref()),
            flip.label.as_str().to_owned(),
            format!("{} → {}", flip.from.as_str(), flip.to.as_str()),
            format!("{:+.2} → {:+.2}", flip.log_odds_from, flip.log_odds_to),
            flip.excerpt.clone(),
        ]);
    }
    say!("{title}\n{table}\n");
}

/// The site, and the line's own id below it.
fn named(site: &str, id: Option<&str>) -> String {
    let id = id.map_or(String::new(), |id| format!("\n{}", plain(id)));
    format!("{}{id}", plain(site))
}

/// Without anything that moves a terminal's cursor.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn print_errors(title: &str, errors: &[Shown]) {
    if errors.is_empty() {
        return;
    }
    let mut table = table(
        presets::UTF8_HORIZONTAL_ONLY,
        ["comment", "verdict", "log-odds", "text and evidence"],
    );
    for error in errors {
        let evidence: Vec<String> = error
            .evidence
            .iter()
            .map(|piece| {
                format!(
                    "{:+.2} {}: {}",
                    piece.log_odds.0,
                    piece.reason,
                    plain(&piece.detail)
                )
            })
            .collect();
        table.add_row([
            named(&error.site, error.id.as_deref()),
            error.verdict.as_str().to_owned(),
            format!("{:+.2}", error.log_odds),
            format!("{}\n{}", error.excerpt, evidence.join("\n")),
        ]);
    }
    say!("{title}\n{table}\n");
}
