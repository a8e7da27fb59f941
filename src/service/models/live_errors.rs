//! How often the champion errs where it judges, as far as people have said, and
//! what follows if that is more than its owner accepts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bayes::metrics::{Rate, at_least};
use crate::domain::Verdict;
use crate::filter::Budget;
use crate::service::{Installation, Service, ServiceError};
use crate::store::{LiveCounts, ModelEventKind};

/// So few errors are no ground to change the model.
const LEAST_ERRORS: usize = 3;
/// Chance, where the budget is kept, of as many errors: below it, the budget is
/// not kept. It is looked at many times, so it is small.
const CHANCE: f64 = 0.01;

/// What is known of the champion's errors since it judges. What was accepted and
/// nobody objected to counts as honest, what was rejected and nobody asked for
/// as spam.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LiveErrors {
    pub since: Timestamp,
    pub comments: u64,
    /// Of the honest comments, those that were rejected and people called ham.
    pub ham_rejected: Rate,
    /// Of the spam, what was accepted and people called spam.
    pub spam_accepted: Rate,
}

impl LiveErrors {
    fn of(since: Timestamp, counts: &LiveCounts) -> Self {
        const ACCEPT: usize = Verdict::Accept as usize;
        const REJECT: usize = Verdict::Reject as usize;
        let known_ham: u64 = counts.ham.iter().sum();
        let known_spam: u64 = counts.spam.iter().sum();
        let unsaid =
            |verdict: usize| counts.all[verdict] - counts.ham[verdict] - counts.spam[verdict];
        let rate = |count: u64, n: u64| Rate::of(count as usize, n as usize);
        Self {
            since,
            comments: counts.all.iter().sum(),
            ham_rejected: rate(counts.ham[REJECT], known_ham + unsaid(ACCEPT)),
            spam_accepted: rate(counts.spam[ACCEPT], known_spam + unsaid(REJECT)),
        }
    }

    /// Why the budget is not kept, unless it may be: more errors than its owner
    /// accepts, than chance explains, and than the champion before made.
    pub fn beyond(&self, budget: Budget, before: Option<&Self>) -> Option<String> {
        let judged = |rate: Rate, allowed: f64, before: Option<Rate>, what: &str| {
            let worse = before.is_none_or(|before| rate.rate > before.rate);
            let chance = at_least(rate.count, rate.n, allowed);
            (rate.count >= LEAST_ERRORS && chance < CHANCE && worse).then(|| {
                format!(
                    "{} of {} {what}, {:.2} % [{:.2}, {:.2}]; the budget is {:.2} %",
                    rate.count,
                    rate.n,
                    100.0 * rate.rate,
                    100.0 * rate.low,
                    100.0 * rate.high,
                    100.0 * allowed
                )
            })
        };
        let ham = before.map(|before| before.ham_rejected);
        let spam = before.map(|before| before.spam_accepted);
        judged(
            self.ham_rejected,
            budget.max_ham_rejected,
            ham,
            "honest comments were rejected",
        )
        .or_else(|| {
            judged(
                self.spam_accepted,
                budget.max_spam_accepted,
                spam,
                "spam comments were accepted",
            )
        })
    }
}

impl Installation {
    /// Errors of the champion since it judges, on all sites; `None` where no
    /// model was ever promoted.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn live_errors(&self) -> Result<Option<LiveErrors>, ServiceError> {
        let Some(since) = self.store.model_roles().await?.champion_since else {
            return Ok(None);
        };
        let counts = self.store.live_counts(since).await?;
        Ok(Some(LiveErrors::of(since, &counts)))
    }
}

impl Service {
    /// Rolls back to the model before, if the champion makes more errors than
    /// the owner accepts; returns why.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn watch_errors(&self) -> Result<Option<String>, ServiceError> {
        let installation = self.installation();
        let roles = installation.store.model_roles().await?;
        let (Some(champion), true) = (roles.champion, self.follows_models()) else {
            return Ok(None);
        };
        let Some(errors) = installation.live_errors().await? else {
            return Ok(None);
        };
        let events = installation
            .store
            .model_events(Some(champion), usize::MAX)
            .await?;
        let promoted = events
            .into_iter()
            .find(|event| event.kind == ModelEventKind::Promoted);
        let before = promoted.and_then(|event| event.report).and_then(|report| {
            serde_json::from_value::<LiveErrors>(report.get(LIVE_BEFORE)?.clone()).ok()
        });
        let Some(reason) = errors.beyond(self.filter().budget(), before.as_ref()) else {
            return Ok(None);
        };
        installation.roll_back_model("hamgate", &reason).await?;
        self.take_over_models().await?;
        Ok(Some(reason))
    }
}

/// Where the report on a promotion keeps the errors of the champion before.
pub const LIVE_BEFORE: &str = "live_errors_before";

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(all: [u64; 3], ham: [u64; 3], spam: [u64; 3]) -> LiveErrors {
        LiveErrors::of(Timestamp::UNIX_EPOCH, &LiveCounts { all, ham, spam })
    }

    #[test]
    fn silence_counts_for_the_verdict() {
        let errors = errors([100, 10, 50], [5, 6, 2], [4, 3, 20]);
        assert_eq!(
            (errors.ham_rejected.count, errors.ham_rejected.n),
            (2, 13 + 91)
        );
        assert_eq!(
            (errors.spam_accepted.count, errors.spam_accepted.n),
            (4, 27 + 28)
        );
        assert_eq!(errors.comments, 160);
    }

    #[test]
    fn few_errors_and_those_of_the_one_before_are_no_ground_to_roll_back() {
        let budget = Budget::default();
        let two = errors([100, 0, 50], [0, 0, 2], [0; 3]);
        assert_eq!(two.beyond(budget, None), None);
        let many = errors([100, 0, 50], [0, 0, 5], [0; 3]);
        let reason = many.beyond(budget, None).expect("5 of 105 is too many");
        assert!(
            reason.starts_with("5 of 105 honest comments were rejected"),
            "{reason}"
        );
        assert_eq!(many.beyond(budget, Some(&many)), None);
        assert!(many.beyond(budget, Some(&two)).is_some());
        // What the budget lets one expect: 3 of 3,000.
        let within = errors([3_000, 0, 50], [0, 0, 3], [0; 3]);
        assert_eq!(within.beyond(budget, None), None);
        let spam = errors([100, 0, 50], [0; 3], [9, 0, 0]);
        assert!(
            spam.beyond(budget, None)
                .is_some_and(|reason| reason.contains("spam"))
        );
    }
}
