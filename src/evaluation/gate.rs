//! The gate: whether a challenger may take the champion's place. Both judge the
//! same comments, which neither has seen; what counts are the differences, with
//! their intervals, and what must never be rejected.

mod checks;
mod differences;

use serde::Serialize;

use super::judged::{Judged, Judges, judge};
use super::measures::Measures;
use crate::bayes::metrics::Rate;
use crate::domain::{Comment, Label, Sample, Verdict};
use crate::features::{Features, language};
use crate::filter::Filter;

pub use checks::Check;
pub(super) use differences::ranking;
pub use differences::{Differences, PartDifference};

/// Flips that a report lists each way.
const LISTED: usize = 200;

/// A labelled comment that neither model was trained on.
#[derive(Debug, Clone)]
pub struct HeldOut {
    /// hamgate's id of it.
    pub id: String,
    pub sample: Sample,
}

/// An honest comment that no challenger may reject where the champion does not.
#[derive(Debug, Clone)]
pub struct NeverReject {
    /// What a report calls it by.
    pub id: String,
    pub comment: Comment,
}

/// Why a challenger is promoted or kept. Holds ids and numbers, and no text.
#[derive(Debug, Clone, Serialize)]
pub struct GateReport {
    pub champion: String,
    pub challenger: String,
    /// All checks were passed.
    pub passes: bool,
    pub checks: Vec<Check>,
    pub champion_measures: Measures,
    pub challenger_measures: Measures,
    pub differences: Differences,
    pub by_site: Vec<PartDifference>,
    /// By the language that the text itself tells.
    pub by_language: Vec<PartDifference>,
    pub never_reject: NeverRejected,
    /// Verdicts that the challenger changes away from the label, the furthest
    /// moved first.
    pub worse: Vec<Flipped>,
    /// Verdicts that it changes towards the label.
    pub better: Vec<Flipped>,
    /// How many there are, if not all are listed.
    pub worse_count: usize,
    pub better_count: usize,
}

/// The never-reject set: which ones either model rejects and the other does not.
#[derive(Debug, Clone, Serialize)]
pub struct NeverRejected {
    pub comments: usize,
    /// Rejected by the challenger alone.
    pub gained: Vec<String>,
    /// Rejected by the champion alone.
    pub lost: Vec<String>,
}

/// A held-out comment whose verdict changes.
#[derive(Debug, Clone, Serialize)]
pub struct Flipped {
    pub id: String,
    pub site: String,
    pub label: Label,
    pub from: Verdict,
    pub to: Verdict,
    pub log_odds_from: f64,
    pub log_odds_to: f64,
}

/// The two that are compared.
#[derive(Debug)]
pub struct Gate {
    pub champion: Filter,
    pub challenger: Filter,
}

impl Gate {
    /// Compares them; `done` hears how many judgements are made.
    pub fn compare(
        &self,
        held_out: &[HeldOut],
        never_reject: &[NeverReject],
        done: &(dyn Fn(u64) + Sync),
    ) -> GateReport {
        let samples: Vec<Sample> = held_out.iter().map(|one| one.sample.clone()).collect();
        let judged = |filter: &Filter, before: usize| {
            let done = |count| done(before as u64 + count);
            judge(&samples, &Judges::one(filter.clone()), &done)
        };
        let champion = judged(&self.champion, 0);
        let challenger = judged(&self.challenger, samples.len());
        let differences = Differences::of(&champion, &challenger);
        let by_site = PartDifference::by(&champion, &challenger, |at| samples[at].site.clone());
        let languages: Vec<String> = samples.iter().map(tongue).collect();
        let by_language = PartDifference::by(&champion, &challenger, |at| languages[at].clone());
        let never_reject = self.never_rejected(never_reject);
        let (worse, better) = flips(held_out, &champion, &challenger);
        let champion_measures = Measures::of("champion", champion.iter());
        let challenger_measures = Measures::of("challenger", challenger.iter());
        let checks = checks::checks(&checks::Looked {
            budget: self.champion.budget(),
            champion: &champion_measures,
            challenger: &challenger_measures,
            differences: &differences,
            parts: [("site", &by_site), ("language", &by_language)],
            never_reject: &never_reject,
        });
        GateReport {
            champion: self.champion.model().id().to_owned(),
            challenger: self.challenger.model().id().to_owned(),
            passes: checks.iter().all(|check| check.passed),
            checks,
            champion_measures,
            challenger_measures,
            differences,
            by_site,
            by_language,
            never_reject,
            worse_count: worse.len(),
            better_count: better.len(),
            worse: worse.into_iter().take(LISTED).collect(),
            better: better.into_iter().take(LISTED).collect(),
        }
    }

    fn never_rejected(&self, set: &[NeverReject]) -> NeverRejected {
        let mut outcome = NeverRejected {
            comments: set.len(),
            gained: Vec::new(),
            lost: Vec::new(),
        };
        for one in set {
            let features = Features::of(&one.comment);
            let rejects = [&self.champion, &self.challenger].map(|filter| {
                let verdict = filter.judge(&features, &Default::default()).verdict;
                verdict == Verdict::Reject
            });
            match rejects {
                [false, true] => outcome.gained.push(one.id.clone()),
                [true, false] => outcome.lost.push(one.id.clone()),
                _ => {}
            }
        }
        outcome
    }
}

impl GateReport {
    /// In one sentence, why the challenger is promoted or kept.
    pub fn reason(&self) -> String {
        let failed = self.checks.iter().filter(|check| !check.passed);
        let failed: Vec<&str> = failed.map(|check| check.says.as_str()).collect();
        match failed.is_empty() {
            false => failed.join("; "),
            true => format!(
                "not worse on {} held-out comments, and nothing of {} is newly rejected",
                self.champion_measures.ham + self.champion_measures.spam,
                self.never_reject.comments
            ),
        }
    }
}

/// The language of a text as far as it can be told, its script otherwise.
fn tongue(sample: &Sample) -> String {
    let features = Features::of(&sample.comment);
    let tongues = language::tongues(&features);
    tongues.last().copied().unwrap_or("(none told)").to_owned()
}

/// Changed verdicts, for the worse and for the better.
fn flips(
    held_out: &[HeldOut],
    champion: &[Judged],
    challenger: &[Judged],
) -> (Vec<Flipped>, Vec<Flipped>) {
    let pairs = held_out.iter().zip(champion.iter().zip(challenger));
    let mut flipped: Vec<Flipped> = pairs
        .filter(|(_, (from, to))| from.verdict != to.verdict)
        .map(|(one, (from, to))| Flipped {
            id: one.id.clone(),
            site: one.sample.site.clone(),
            label: one.sample.label,
            from: from.verdict,
            to: to.verdict,
            log_odds_from: from.scored.log_odds,
            log_odds_to: to.scored.log_odds,
        })
        .collect();
    let moved = |one: &Flipped| (one.log_odds_to - one.log_odds_from).abs();
    flipped.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
    flipped
        .into_iter()
        .partition(|one| (one.to > one.from) == (one.label == Label::Ham))
}

/// Errors of a kind, as a person reads them.
fn share(rate: Rate) -> String {
    format!("{} of {}", rate.count, rate.n)
}
