//! The numbers behind the charts, and the reasons.

use super::charts::Bar;
use super::shares::{Estimate, share};
use crate::domain::Source;
use crate::http::desk::{phrases, reasons, shown};
use crate::http::locale::{Locale, isolated};
use crate::service::{Dashboard, ReasonPrecision};
use crate::store::{DayCounts, DayTally};

/// The bars of some weeks, one for each so many days, the last one ending today.
pub fn bars(l: Locale, board: &Dashboard, days_of_a_bar: i32) -> Vec<Bar> {
    let count = (board.until.0 - board.since.0 + 1) / days_of_a_bar;
    let mut bars: Vec<Bar> = (0..count)
        .map(|place| {
            let first = board.until.before((count - place) * days_of_a_bar - 1);
            Bar {
                name: l.day(first.date()),
                counts: DayCounts::default(),
            }
        })
        .collect();
    for DayTally { day, counts } in &board.days {
        let from_end = (board.until.0 - day.0) / days_of_a_bar;
        let place = usize::try_from(count - 1 - from_end).ok();
        if let Some(bar) = place.and_then(|place| bars.get_mut(place)) {
            bar.counts.add(counts);
        }
    }
    bars
}

/// The estimates of errors: by people's labels, and by the audit.
pub fn errors(l: Locale, board: &Dashboard) -> [Vec<Estimate>; 2] {
    let errors = &board.errors;
    let rate = |key: &str, rate| Estimate::of_rate(l, l.say(key), rate);
    let people = vec![
        rate("dashboard-error-ham-rejected", &errors.ham_rejected),
        rate("dashboard-error-ham-held", &errors.ham_held),
        rate("dashboard-error-spam-accepted", &errors.spam_accepted),
        rate("dashboard-error-spam-held", &errors.spam_held),
    ];
    let audited = &board.audited;
    if audited.accepted.wrong.n + audited.rejected.wrong.n == 0 {
        return [people, Vec::new()];
    }
    let bounded = |key: &str, bounded| Estimate::of_bounded(l, l.say(key), bounded);
    let audit = vec![
        bounded(
            "dashboard-audit-ham-rejected",
            audited.ham_rejected.as_ref(),
        ),
        bounded(
            "dashboard-audit-spam-accepted",
            audited.spam_accepted.as_ref(),
        ),
        rate("dashboard-audit-of-accepted", &audited.accepted.wrong),
        rate("dashboard-audit-of-rejected", &audited.rejected.wrong),
    ];
    [people, audit]
}

/// A reason in a table.
pub struct ReasonRow {
    pub source: String,
    pub what: String,
    pub estimate: Estimate,
}

impl ReasonRow {
    pub fn of(l: Locale, reason: &ReasonPrecision) -> Self {
        Self {
            source: phrases::source(l, reason.source),
            what: named(l, reason),
            estimate: Estimate::of_rate(l, String::new(), &reason.right),
        }
    }
}

/// A reason without the comment that it was found in.
fn named(l: Locale, reason: &ReasonPrecision) -> String {
    let what = isolated(&shown::plain(&reason.what));
    match (reason.source, reason.reason.as_str()) {
        (_, "word" | "pair") => l.with("reason-words", &[("words", what)]),
        (Source::Links, "link") => l.with("reason-link", &[("host", what)]),
        (Source::Rules, id) => reasons::rule_named(l, id),
        (_, id) => {
            let id = id.replace('_', "-");
            let own = l.find(&format!("dashboard-reason-{id}"), &[]);
            own.or_else(|| l.find(&format!("reason-{id}"), &[]))
                .unwrap_or(id)
        }
    }
}

/// A step of the learning curve in a table.
pub struct StepRow {
    pub labels: u64,
    pub held: Estimate,
    pub wrong: Estimate,
}

/// The steps of the learning curve.
pub fn steps(l: Locale, board: &Dashboard) -> Vec<StepRow> {
    board
        .learning
        .iter()
        .map(|step| StepRow {
            labels: step.labels,
            held: Estimate::of_rate(l, String::new(), &step.held),
            wrong: Estimate::of_rate(l, String::new(), &step.wrong),
        })
        .collect()
}

/// The share of held comments, in words.
pub fn held_share(l: Locale, total: &DayCounts) -> String {
    match total.answered() {
        0 => l.say("dashboard-unknown"),
        all => share(l, total.answers[1] as f64 / all as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    #[test]
    fn each_day_is_in_one_bar_and_the_last_bar_ends_today() {
        let tally = |day| DayTally {
            day: Day(day),
            counts: DayCounts {
                answers: [1, 0, 0],
                ..DayCounts::default()
            },
        };
        let mut board = crate::service::Dashboard {
            since: Day(110),
            until: Day(200),
            days: (110..=200).map(tally).collect(),
            total: DayCounts::default(),
            queue: Default::default(),
            errors: crate::service::Errors::of(&DayCounts::default()),
            audited: crate::service::Audited::of(&[], &DayCounts::default()),
            reasons: [Vec::new(), Vec::new()],
            reasons_of: crate::service::Rate::wilson(0, 0),
            learning: Vec::new(),
        };
        let weeks = bars(Locale::english(), &board, 7);
        assert_eq!(weeks.len(), 13);
        assert!(weeks.iter().all(|bar| bar.counts.answered() == 7));
        board.since = Day(173);
        let days = bars(Locale::english(), &board, 1);
        assert_eq!(days.len(), 28);
        assert_eq!(
            days[27].name,
            Day(200).date().strftime("%-d %B").to_string()
        );
    }
}
