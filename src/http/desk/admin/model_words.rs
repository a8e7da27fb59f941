//! What is known of a model, in words.

use jiff::Timestamp;
use uuid::Uuid;

use crate::bayes::metrics::Rate;
use crate::domain::Verdict;
use crate::evaluation::{Check, Flipped};
use crate::http::desk::{phrases, shown};
use crate::http::locale::Locale;
use crate::store::{ModelEvent, ModelEventKind, ShadowCount};

/// Changed verdicts that are shown each way.
const FLIPS: usize = 20;

/// A line of a model's history.
pub struct Event {
    pub said: String,
    pub at: String,
    pub ago: String,
    /// In English, as it is kept; of a training there is none.
    pub reason: String,
}

/// A condition of the gate.
pub struct CheckRow {
    pub name: String,
    pub passed: bool,
    pub passed_said: String,
    /// In English, as reports have it.
    pub says: String,
}

/// A verdict that would change.
pub struct Flip {
    pub said: String,
    /// The comment's page, where it is one of this installation.
    pub address: Option<String>,
}

/// What became of a model, the newest first.
pub fn events(l: Locale, events: &[ModelEvent]) -> Vec<Event> {
    let now = Timestamp::now();
    let said = |event: &ModelEvent| {
        let key = match event.kind {
            ModelEventKind::Trained => "model-event-trained",
            ModelEventKind::Kept => "model-event-kept",
            ModelEventKind::Promoted => "model-event-promoted",
            ModelEventKind::RolledBack => "model-event-rolled-back",
            ModelEventKind::Shadowed => "model-event-shadowed",
            ModelEventKind::Unshadowed => "model-event-unshadowed",
        };
        l.with(key, &[("by", shown::plain(&event.by).into())])
    };
    let event = |event: &ModelEvent| Event {
        said: said(event),
        at: event.at.to_string(),
        ago: l.ago(event.at, now),
        reason: match event.kind {
            ModelEventKind::Trained => String::new(),
            _ => shown::plain(&event.reason),
        },
    };
    events.iter().map(event).collect()
}

/// What the gate looked at.
pub fn checks(l: Locale, checks: &[Check]) -> Vec<CheckRow> {
    let row = |check: &Check| CheckRow {
        name: l
            .find(&format!("model-check-{}", check.name), &[])
            .unwrap_or_else(|| check.name.to_owned()),
        passed: check.passed,
        passed_said: match check.passed {
            true => l.say("model-yes"),
            false => l.say("model-no"),
        },
        says: shown::plain(&check.says),
    };
    checks.iter().map(row).collect()
}

/// Verdicts that would change.
pub fn flips(l: Locale, flips: &[Flipped]) -> Vec<Flip> {
    let flip = |flip: &Flipped| Flip {
        said: l.with(
            "model-flip",
            &[
                ("from", verdict(l, flip.from).into()),
                ("to", verdict(l, flip.to).into()),
                (
                    "label",
                    l.say(&format!("model-label-{}", flip.label.as_str()))
                        .into(),
                ),
                ("site", shown::plain(&flip.site).into()),
            ],
        ),
        address: Uuid::try_parse(&flip.id)
            .ok()
            .map(|id| format!("/desk/comments/{id}")),
    };
    flips.iter().take(FLIPS).map(flip).collect()
}

/// What a shadow said beside the champions, where it differed or not.
pub fn counts(l: Locale, counts: &[ShadowCount]) -> Vec<(String, u32)> {
    let said = |count: &ShadowCount| {
        l.with(
            "model-beside",
            &[
                ("was", verdict(l, count.was).into()),
                ("would", verdict(l, count.would_be).into()),
            ],
        )
    };
    let number = |count: &ShadowCount| u32::try_from(count.comments).unwrap_or(u32::MAX);
    counts
        .iter()
        .map(|count| (said(count), number(count)))
        .collect()
}

fn verdict(l: Locale, verdict: Verdict) -> String {
    phrases::verdict(l, verdict)
}

/// A share with its interval, in per cent.
pub fn share(l: Locale, rate: Rate) -> String {
    let percent = |share: f64| format!("{:.2}", 100.0 * share);
    l.with(
        "model-share",
        &[
            ("count", rate.count.into()),
            ("n", rate.n.into()),
            ("percent", percent(rate.rate).into()),
            ("low", percent(rate.low).into()),
            ("high", percent(rate.high).into()),
        ],
    )
}
