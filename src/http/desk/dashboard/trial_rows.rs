//! What the what-if board lists: verdicts, ways between them, and comments.

use super::budget::percent;
use crate::domain::{DecisionKind, Label, LogOdds, Verdict};
use crate::http::desk::{phrases, shown};
use crate::http::locale::{Locale, Value};
use crate::service::{Change, Outcome, Trial, WhatIf};
use crate::store::JudgedComment;

/// Of a text, a row shows this many code points.
const EXCERPT: usize = 120;

/// A line of the comparison of what is in force with what is on trial.
pub struct VerdictRow {
    pub name: String,
    pub now: String,
    pub then: String,
}

impl VerdictRow {
    pub fn all(l: Locale, outcome: &WhatIf) -> Vec<Self> {
        let both = |name: String, of: &dyn Fn(&Outcome) -> String| Self {
            name,
            now: of(&outcome.now),
            then: of(&outcome.then),
        };
        let mut rows: Vec<Self> = Verdict::ALL
            .into_iter()
            .map(|verdict| {
                let name = l.say(&format!("dashboard-verdict-{}", verdict.as_str()));
                both(name, &|one| one.verdicts[verdict as usize].to_string())
            })
            .collect();
        if outcome.now.discarded + outcome.then.discarded > 0 {
            let name = l.say("what-if-discarded");
            rows.push(both(name, &|one| one.discarded.to_string()));
        }
        rows
    }
}

/// Comments that would go one way.
pub struct Move {
    pub name: String,
    pub number: usize,
    /// People called them ham, spam, and nothing.
    pub ham: usize,
    pub spam: usize,
    pub unsaid: usize,
}

impl Move {
    pub fn all(l: Locale, changes: &[Change]) -> Vec<Self> {
        let mut moves = Vec::new();
        for from in Verdict::ALL {
            for to in Verdict::ALL.into_iter().filter(|to| *to != from) {
                let of = changes
                    .iter()
                    .filter(|change| change.from == from && change.to == to);
                let labels: Vec<Option<Label>> = of.map(|change| change.judged.label).collect();
                let count = |label| labels.iter().filter(|one| **one == label).count();
                if !labels.is_empty() {
                    moves.push(Self {
                        name: moved(l, from, to),
                        number: labels.len(),
                        ham: count(Some(Label::Ham)),
                        spam: count(Some(Label::Spam)),
                        unsaid: count(None),
                    });
                }
            }
        }
        moves
    }
}

fn moved(l: Locale, from: Verdict, to: Verdict) -> String {
    l.say(&format!("what-if-move-{}-{}", from.as_str(), to.as_str()))
}

/// A comment that would get another verdict.
pub struct ChangeRow {
    pub id: String,
    pub author: String,
    pub excerpt: String,
    pub moved: String,
    pub percent: String,
    pub said: String,
    /// `ham`, `spam`, or empty where nobody has said either.
    pub tone: &'static str,
    pub at: String,
    pub machine_time: String,
}

impl ChangeRow {
    pub fn of(l: Locale, change: &Change) -> Self {
        let judged = &change.judged;
        let (said, tone) = said(judged);
        let probability = LogOdds(judged.judgement.log_odds.0).probability();
        let percent = phrases::percent(l, probability);
        Self {
            id: judged.comment_id.to_string(),
            author: author(l, judged.comment.author.name.as_deref()),
            excerpt: excerpt(&judged.comment.content).unwrap_or_else(|| l.say("what-if-no-text")),
            moved: moved(l, change.from, change.to),
            percent: l.with("percent-spam", &[("percent", Value::from(percent))]),
            said: l.say(said),
            tone,
            at: l.exact(judged.received_at),
            machine_time: judged.received_at.to_string(),
        }
    }
}

/// What people said of a comment.
fn said(judged: &JudgedComment) -> (&'static str, &'static str) {
    let decision = judged.decision.as_ref().map(|decision| decision.decision);
    match (judged.label, decision) {
        (Some(Label::Ham), _) => ("what-if-said-ham", "ham"),
        (Some(Label::Spam), _) => ("what-if-said-spam", "spam"),
        (None, Some(DecisionKind::Reject)) => ("what-if-said-only", ""),
        (None, Some(DecisionKind::Accept)) => ("what-if-said-accept", ""),
        (None, None) => ("what-if-said-none", ""),
    }
}

/// The author's name, fit to be shown.
pub fn author(l: Locale, name: Option<&str>) -> String {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    name.map_or_else(|| l.say("author-nameless"), cut)
}

/// The beginning of a text on one line, fit to be shown; `None` of none.
pub fn excerpt(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| cut(text))
}

fn cut(text: &str) -> String {
    let start: String = text.chars().take(EXCERPT).collect();
    let dots = if start.len() < text.len() { "…" } else { "" };
    shown::plain(&start) + dots
}

/// A setting before and after.
pub struct Setting {
    pub name: String,
    pub now: String,
    pub then: String,
}

impl Setting {
    /// Those that were moved.
    pub fn moved(l: Locale, now: &Trial, then: &Trial) -> Vec<Self> {
        let share = |share| {
            let number = Value::from(percent(share));
            l.with("percent", &[("number", number)])
        };
        let word = |key: &str, on: bool| {
            l.say(&format!("what-if-{key}-{}", if on { "on" } else { "off" }))
        };
        let all = [
            (
                "what-if-ham",
                share(now.max_ham_rejected),
                share(then.max_ham_rejected),
            ),
            (
                "what-if-spam",
                share(now.max_spam_accepted),
                share(then.max_spam_accepted),
            ),
            (
                "what-if-reject",
                word("reject", now.reject),
                word("reject", then.reject),
            ),
            (
                "what-if-hold",
                l.say(&format!("what-if-hold-{}", now.hold.as_str())),
                l.say(&format!("what-if-hold-{}", then.hold.as_str())),
            ),
            (
                "what-if-discard",
                word("discard", now.discard),
                word("discard", then.discard),
            ),
        ];
        all.into_iter()
            .filter(|(_, now, then)| now != then)
            .map(|(key, now, then)| Self {
                name: l.say(key),
                now,
                then,
            })
            .collect()
    }
}
