//! The tables and lists of the HTML report. Whatever comes from a comment, a file or a
//! model is escaped.

use crate::bayes::metrics::Rate;
use crate::evaluation::{
    Comparison, Curves, Estimate, FiredRule, Flip, Learning, Measures, WrongSide,
};

/// Text as HTML.
pub fn escaped(text: &str) -> String {
    htmlize::escape_all_quotes(text).into_owned()
}

/// An interval below its figure.
pub fn interval(low: f64, high: f64, digits: usize) -> String {
    format!("<small>{low:.digits$} – {high:.digits$}</small>")
}

/// A section with one table, which scrolls by itself where it is too wide.
/// Cells are HTML; `note` is a sentence above it.
pub fn table(
    title: &str,
    note: &str,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let header: String = header
        .iter()
        .map(|name| format!("<th scope=\"col\">{name}</th>"))
        .collect();
    let rows: String = rows
        .into_iter()
        .map(|cells| {
            let mut cells = cells.into_iter();
            let first = cells.next().unwrap_or_default();
            let rest: String = cells.map(|cell| format!("<td>{cell}</td>")).collect();
            format!("<tr><th scope=\"row\">{first}</th>{rest}</tr>\n")
        })
        .collect();
    let note = match note {
        "" => String::new(),
        note => format!("<p>{note}</p>\n"),
    };
    format!(
        "<section>\n<h2>{title}</h2>\n{note}<div class=\"scroll\" tabindex=\"0\">\n<table>\n\
         <thead><tr>{header}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</section>\n"
    )
}

fn none() -> String {
    "–".to_owned()
}

fn percent(rate: Rate, digits: usize) -> String {
    if rate.n == 0 {
        return none();
    }
    let [share, low, high] = [rate.rate, rate.low, rate.high].map(|share| 100.0 * share);
    format!("{share:.digits$}{}", interval(low, high, digits))
}

fn estimate(of: Estimate) -> String {
    format!("{:.3}{}", of.value, interval(of.low, of.high, 3))
}

/// Ranking, verdicts and calibration of some sets.
pub fn measures(title: &str, by: &str, sets: &[&Measures]) -> String {
    let row = |set: &&Measures| {
        let area = set.one_minus_roca_percent.map_or_else(none, |area| {
            format!("{:.2}{}", area.percent, interval(area.low, area.high, 2))
        });
        let caught = |rate: Option<Rate>| rate.map_or_else(none, |rate| percent(rate, 0));
        vec![
            escaped(&set.set),
            set.ham.to_string(),
            set.spam.to_string(),
            area,
            caught(set.spam_caught_at_0_1_percent),
            caught(set.spam_caught_at_0_5_percent),
            caught(set.spam_caught_at_1_percent),
            percent(set.ham_rejected, 2),
            percent(set.ham_held, 2),
            percent(set.spam_accepted, 2),
            percent(set.spam_held, 2),
            estimate(set.brier),
            estimate(set.ece),
        ]
    };
    let header = [
        by,
        "ham",
        "spam",
        "(1-ROCA) %",
        "caught % at 0.1 %",
        "at 0.5 %",
        "at 1 %",
        "ham rejected %",
        "ham held %",
        "spam accepted %",
        "spam held %",
        "Brier",
        "ECE",
    ];
    table(title, "", &header, sets.iter().map(row))
}

/// What each threshold would catch and wrong.
pub fn thresholds(curves: &Curves) -> String {
    if curves.thresholds.is_empty() {
        return String::new();
    }
    let rows = curves.thresholds.iter().map(|at| {
        vec![
            format!("{} %", 100.0 * at.allowed),
            at.log_odds
                .map_or_else(none, |log_odds| format!("{log_odds:+.3}")),
            format!("{} of {}", at.ham.count, at.ham.n),
            percent(at.ham, 2),
            percent(at.spam, 1),
        ]
    });
    let note = "The threshold that wrongs at most so much of this ham: chosen on these comments, \
                so it promises nothing for others.";
    let header = [
        "allowed",
        "log-odds above",
        "ham above",
        "% of ham",
        "% of spam caught",
    ];
    table("Thresholds", note, &header, rows)
}

pub fn learning(learning: &Learning) -> String {
    let errors = |rate: Rate| format!("{} of {}", rate.count, rate.n);
    let row = |site: &WrongSide| {
        vec![
            escaped(&site.site),
            errors(site.first_50),
            errors(site.first_200),
            errors(site.all),
            percent(site.all, 2),
            errors(site.all_without_learning),
        ]
    };
    let rows = std::iter::once(&learning.total)
        .chain(&learning.sites)
        .map(row);
    let note = "Comments on the wrong side of probability 1/2 when they came, each label learnt \
                before the next comment.";
    let header = [
        "site",
        "in the first 50",
        "in the first 200",
        "in all",
        "% of all",
        "without learning",
    ];
    table("Errors while learning", note, &header, rows)
}

pub fn comparison(first: &Measures, comparison: &Comparison) -> String {
    let named = |set: &Measures, name: &str| Measures {
        set: name.to_owned(),
        ..set.clone()
    };
    let (first, other) = (
        named(first, "the first"),
        named(&comparison.measures, "the other"),
    );
    let mut page = measures("Compared with another model", "model", &[&first, &other]);
    let with = comparison.with.first();
    let mut note = with.map_or_else(String::new, |with| {
        format!(
            "The other is model <code>{}</code>, policy <code>{}</code>. ",
            escaped(&with.model),
            escaped(&with.policy)
        )
    });
    if let Some(difference) = comparison.one_minus_roca_difference {
        note.push_str(&format!(
            "(1-ROCA) %, the other minus the first: {:+.3} [{:+.3}, {:+.3}]; below 0 the other is \
             better.",
            difference.value, difference.low, difference.high
        ));
    }
    let rows = comparison.flips.iter().map(|flips| {
        vec![
            flips.label.as_str().to_owned(),
            flips.from.as_str().to_owned(),
            flips.to.as_str().to_owned(),
            flips.count.to_string(),
        ]
    });
    let header = ["label", "from", "to", "comments"];
    page.push_str(&table("Verdicts that change", &note, &header, rows));
    page.push_str(&flips("Changed for the worse", &comparison.worse));
    page.push_str(&flips("Changed for the better", &comparison.better));
    page
}

fn flips(title: &str, flips: &[Flip]) -> String {
    if flips.is_empty() {
        return String::new();
    }
    let card = |flip: &Flip| {
        format!(
            "<article>\n<p class=\"where\"><b>{:+.2} → {:+.2}</b> {}: {} → {} · {}{}</p>\n\
             <blockquote dir=\"auto\">{}</blockquote>\n</article>\n",
            flip.log_odds_from,
            flip.log_odds_to,
            flip.label.as_str(),
            flip.from.as_str(),
            flip.to.as_str(),
            escaped(&flip.site),
            own_id(flip.id.as_deref()),
            escaped(&flip.excerpt),
        )
    };
    cards(title, flips.iter().map(card))
}

/// A section of cards, one for each comment.
pub fn cards(title: &str, cards: impl Iterator<Item = String>) -> String {
    let cards: String = cards.collect();
    format!("<section>\n<h2>{title}</h2>\n<div class=\"cards\">\n{cards}</div>\n</section>\n")
}

/// The line's own id, after its site.
pub fn own_id(id: Option<&str>) -> String {
    id.map_or(String::new(), |id| format!(" · {}", escaped(id)))
}

/// Rules that fired.
pub fn rules(rules: &[FiredRule]) -> String {
    let fired = rules.iter().filter(|rule| rule.mean_log_odds.is_some());
    let rows = fired.map(|rule| {
        vec![
            format!(
                "<code>{}</code><small>{}</small>",
                escaped(rule.id),
                escaped(rule.summary)
            ),
            rule.ham.count.to_string(),
            percent(rule.ham, 2),
            rule.spam.count.to_string(),
            percent(rule.spam, 2),
            rule.mean_log_odds
                .map_or_else(none, |mean| format!("{mean:+.2}")),
        ]
    });
    let silent = rules
        .iter()
        .filter(|rule| rule.mean_log_odds.is_none())
        .count();
    let note = format!(
        "What each rule fired on, and the log-odds that it added there on average. {silent} \
         rules never fired."
    );
    let header = [
        "rule",
        "ham",
        "% of ham",
        "spam",
        "% of spam",
        "mean log-odds",
    ];
    table("Rules", &note, &header, rows)
}
