//! What a challenger has to pass, and why it did or did not.

use serde::Serialize;

use super::super::measures::{Estimate, Measures};
use super::{Differences, NeverRejected, PartDifference, share};
use crate::bayes::metrics::at_least;
use crate::filter::Budget;

/// Held-out comments, and of each label, below which nothing can be told.
const ENOUGH: usize = 50;
const ENOUGH_OF_EACH: usize = 10;
/// The mean squared error may be this much larger, at the upper end of its
/// interval: half a percentage point of probability at an error of 1/2, and
/// what a blog of a few hundred labels can show.
const BRIER_MARGIN: f64 = 0.005;
/// A part, which is smaller, may be this much worse at the lower end.
const PART_MARGIN: f64 = 0.01;
/// (1-ROCA) may be this many percentage points larger at the lower end.
const ROCA_MARGIN: f64 = 0.1;
/// The share of spam that is accepted may be this much larger at the lower end:
/// the budget's own default.
const SPAM_MARGIN: f64 = 0.01;
/// Rejected ham has to be explained by the budget with this chance, where it
/// is more than the champion rejects.
const CHANCE: f64 = 0.05;

/// One condition.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub passed: bool,
    /// What was seen, in a sentence without its full stop.
    pub says: String,
}

/// What the checks look at.
pub struct Looked<'l> {
    pub budget: Budget,
    pub champion: &'l Measures,
    pub challenger: &'l Measures,
    pub differences: &'l Differences,
    pub parts: [(&'static str, &'l [PartDifference]); 2],
    pub never_reject: &'l NeverRejected,
}

/// All conditions, in the order in which they are told.
pub fn checks(looked: &Looked) -> Vec<Check> {
    let mut checks = vec![
        enough(looked.champion),
        never_reject(looked.never_reject),
        probabilities(looked.differences),
        ranking(looked.differences),
        ham_rejected(looked),
        spam_accepted(looked),
    ];
    checks.extend(
        looked
            .parts
            .iter()
            .map(|(by, parts)| no_part_worse(by, parts)),
    );
    checks
}

fn enough(measures: &Measures) -> Check {
    let (ham, spam) = (measures.ham, measures.spam);
    Check {
        name: "enough",
        passed: ham + spam >= ENOUGH && ham.min(spam) >= ENOUGH_OF_EACH,
        says: format!(
            "{ham} ham and {spam} spam were held out, of {ENOUGH} and {ENOUGH_OF_EACH} of each that it takes"
        ),
    }
}

fn never_reject(set: &NeverRejected) -> Check {
    Check {
        name: "never-reject",
        passed: set.gained.is_empty(),
        says: match set.gained.is_empty() {
            true => format!(
                "none of {} comments that must not be rejected newly is",
                set.comments
            ),
            false => format!(
                "{} of {} comments that must not be rejected newly are: {}",
                set.gained.len(),
                set.comments,
                set.gained
                    .iter()
                    .take(5)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        },
    }
}

fn probabilities(differences: &Differences) -> Check {
    let (passed, says) = match differences.brier {
        None => (
            false,
            "there is nothing to compare probabilities on".to_owned(),
        ),
        Some(brier) => (
            brier.high <= BRIER_MARGIN,
            format!(
                "the squared error of probabilities changes by {}; at most {BRIER_MARGIN:+} is let through",
                signed(brier, 4)
            ),
        ),
    };
    Check {
        name: "probabilities",
        passed,
        says,
    }
}

fn ranking(differences: &Differences) -> Check {
    let (passed, says) = match differences.one_minus_roca_percent {
        None => (
            true,
            "the ranking cannot be compared without both labels".to_owned(),
        ),
        Some(area) => (
            area.low <= ROCA_MARGIN,
            format!(
                "(1-ROCA) changes by {} percentage points; shown to be {ROCA_MARGIN:+} or more is not let through",
                signed(area, 2)
            ),
        ),
    };
    Check {
        name: "ranking",
        passed,
        says,
    }
}

fn ham_rejected(looked: &Looked) -> Check {
    let (was, is) = (looked.champion.ham_rejected, looked.challenger.ham_rejected);
    let explained = at_least(is.count, is.n, looked.budget.max_ham_rejected) >= CHANCE;
    let shown_worse = looked
        .differences
        .ham_rejected
        .is_some_and(|change| change.low > 0.0);
    Check {
        name: "ham-rejected",
        passed: is.count <= was.count || explained && !shown_worse,
        says: format!(
            "{} honest comments are rejected, {} were; the budget is {:.2} %",
            share(is),
            share(was),
            100.0 * looked.budget.max_ham_rejected
        ),
    }
}

fn spam_accepted(looked: &Looked) -> Check {
    let (was, is) = (
        looked.champion.spam_accepted,
        looked.challenger.spam_accepted,
    );
    let change = looked.differences.spam_accepted;
    Check {
        name: "spam-accepted",
        passed: change.is_none_or(|change| change.low <= SPAM_MARGIN),
        says: format!(
            "{} spam comments are accepted, {} were; shown to be {SPAM_MARGIN:+} or more is not let through",
            share(is),
            share(was)
        ),
    }
}

fn no_part_worse(by: &'static str, parts: &[PartDifference]) -> Check {
    let worse: Vec<String> = parts
        .iter()
        .filter(|part| part.brier.low > PART_MARGIN)
        .map(|part| format!("{} by {}", part.name, signed(part.brier, 4)))
        .collect();
    Check {
        name: match by {
            "site" => "sites",
            _ => "languages",
        },
        passed: worse.is_empty(),
        says: match worse.is_empty() {
            true => format!(
                "no {by} of {} is shown to be worse by {PART_MARGIN}",
                parts.len()
            ),
            false => format!("a {by} is worse: {}", worse.join(", ")),
        },
    }
}

fn signed(estimate: Estimate, digits: usize) -> String {
    let Estimate {
        value, low, high, ..
    } = estimate;
    format!("{value:+.digits$} [{low:+.digits$}, {high:+.digits$}]")
}
