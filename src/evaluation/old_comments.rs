//! How a site's labelled comments were judged when they came, each before its label
//! was learnt, and what thresholds they support.

use jiff::Timestamp;
use serde::Serialize;

use crate::bayes::metrics::{OneMinusRoca, Rate, Scored, one_minus_roca};
use crate::bayes::{LabelNoise, Threshold, accept_thresholds, labels_needed, reject_thresholds};
use crate::domain::{Label, Verdict};
use crate::filter::{Budget, Policy};
use crate::store::LabelledVerdict;

/// Stretches of time that are told apart: the later ones show what was learnt. Each
/// has at least so many comments.
const STRETCHES: usize = 4;
const SHORTEST: usize = 50;

/// The labelled comments of a site, judged in the order of time.
#[derive(Debug, Clone, Serialize)]
pub struct OldComments {
    pub ham: usize,
    pub spam: usize,
    /// Absent where there is one class only.
    pub one_minus_roca_percent: Option<OneMinusRoca>,
    pub all: Stretch,
    /// As many comments in each, oldest first.
    pub stretches: Vec<Stretch>,
    pub reject: Supported,
    pub accept: Supported,
}

/// The verdicts of some time.
#[derive(Debug, Clone, Serialize)]
pub struct Stretch {
    pub from: Timestamp,
    pub to: Timestamp,
    pub ham_rejected: Rate,
    pub ham_held: Rate,
    pub spam_accepted: Rate,
    pub spam_held: Rate,
}

/// What the labels say of one threshold.
#[derive(Debug, Clone, Serialize)]
pub struct Supported {
    /// The owner's: the share of ham that may be rejected, or of spam accepted.
    pub budget: f64,
    /// The log-odds at which the labels keep that promise, with 95 % confidence.
    pub log_odds: Option<f64>,
    /// The log-odds in force, by the model's own promise.
    pub in_force: Option<f64>,
    /// Of the spam, or of the ham, the share that is beyond the supported one.
    pub decided: Option<Rate>,
    /// Labels of the kind that the promise is about.
    pub labels: usize,
    /// How many it takes.
    pub needed: usize,
    pub missing: usize,
}

impl OldComments {
    /// Of comments in the order of time; `None` where none is labelled.
    pub fn of(
        judged: &[LabelledVerdict],
        budget: Budget,
        policy: Policy,
        noise: LabelNoise,
    ) -> Option<Self> {
        let all = Stretch::of(judged)?;
        let log_odds = |label: Label| -> Vec<f64> {
            let of = judged.iter().filter(|one| one.label == label);
            of.map(|one| one.log_odds).collect()
        };
        let (ham, spam) = (log_odds(Label::Ham), log_odds(Label::Spam));
        let scored: Vec<Scored> = judged
            .iter()
            .map(|one| Scored {
                log_odds: one.log_odds,
                label: one.label,
            })
            .collect();
        let long = judged.len().div_ceil(STRETCHES).max(SHORTEST);
        let in_force = Some(policy.accept_below.0).filter(|limit| limit.is_finite());
        let promise = |thresholds: &[Threshold], budget: f64, labels: usize, noise: f64| {
            let within = thresholds.iter().filter(|one| one.budget <= budget);
            let needed = labels_needed(budget, noise);
            Supported {
                budget,
                log_odds: within.filter_map(|one| one.log_odds).next_back(),
                in_force: None,
                decided: None,
                labels,
                needed,
                missing: needed.saturating_sub(labels),
            }
        };
        let mut reject = promise(
            &reject_thresholds(ham.clone(), noise.ham),
            budget.max_ham_rejected,
            ham.len(),
            noise.ham,
        );
        reject.in_force = policy.reject_above.map(|limit| limit.0);
        reject.decided = reject
            .log_odds
            .map(|limit| share(&spam, |odds| odds >= limit));
        let mut accept = promise(
            &accept_thresholds(spam.clone(), noise.spam),
            budget.max_spam_accepted,
            spam.len(),
            noise.spam,
        );
        accept.in_force = in_force;
        accept.decided = accept
            .log_odds
            .map(|limit| share(&ham, |odds| odds <= limit));
        Some(Self {
            ham: ham.len(),
            spam: spam.len(),
            one_minus_roca_percent: one_minus_roca(&scored),
            all,
            stretches: judged.chunks(long).filter_map(Stretch::of).collect(),
            reject,
            accept,
        })
    }
}

impl Stretch {
    fn of(judged: &[LabelledVerdict]) -> Option<Self> {
        let rate = |label: Label, verdict: Verdict| {
            let of = judged.iter().filter(|one| one.label == label);
            let hits = of.clone().filter(|one| one.verdict == verdict);
            Rate::of(hits.count(), of.count())
        };
        Some(Self {
            from: judged.iter().map(|one| one.received_at).min()?,
            to: judged.iter().map(|one| one.received_at).max()?,
            ham_rejected: rate(Label::Ham, Verdict::Reject),
            ham_held: rate(Label::Ham, Verdict::Hold),
            spam_accepted: rate(Label::Spam, Verdict::Accept),
            spam_held: rate(Label::Spam, Verdict::Hold),
        })
    }
}

fn share(log_odds: &[f64], beyond: impl Fn(f64) -> bool) -> Rate {
    let hits = log_odds.iter().filter(|odds| beyond(**odds));
    Rate::of(hits.count(), log_odds.len())
}
