//! Error rates from the audit: what a random sample says of all comments.
//!
//! The sample is stratified by verdict. Of the held ones people decide nearly
//! all, so their share of ham comes from the labels.

use crate::bayes::metrics;
use crate::service::Rate;
use crate::store::{AuditTally, DayCounts};

/// What the audit says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Audited {
    /// Of the accepted comments, how many are spam.
    pub accepted: AuditedVerdict,
    /// Of the rejected ones, how many are honest.
    pub rejected: AuditedVerdict,
    /// Of all honest comments, how many were rejected; `None` before something
    /// was answered.
    pub ham_rejected: Option<Bounded>,
    /// Of all spam, how many were accepted.
    pub spam_accepted: Option<Bounded>,
}

/// One stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AuditedVerdict {
    /// How often the verdict was wrong, with Wilson's interval.
    pub wrong: Rate,
    /// Drawn and not answered yet.
    pub open: u64,
}

/// An estimate between two bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounded {
    pub estimate: f64,
    /// Each stratum at its 95 % bound, all to the same side: rather too wide.
    pub low: f64,
    pub high: f64,
}

impl Bounded {
    fn of(rate: &Rate) -> Self {
        Self {
            estimate: rate.estimate.unwrap_or(0.5),
            low: rate.low,
            high: rate.high,
        }
    }

    fn not(self) -> Self {
        Self {
            estimate: 1.0 - self.estimate,
            low: 1.0 - self.high,
            high: 1.0 - self.low,
        }
    }

    fn times(self, number: u64) -> Self {
        let number = number as f64;
        Self {
            estimate: self.estimate * number,
            low: self.low * number,
            high: self.high * number,
        }
    }
}

impl Audited {
    /// From the tallies of each site, and what the filter answered in the time.
    pub fn of(sites: &[[AuditTally; 2]], total: &DayCounts) -> Self {
        let stratum = |place: usize, wrong: fn(&AuditTally) -> (u64, f64)| {
            let (mut errors, mut n, mut open) = (0, 0, 0);
            let (mut weight, mut whole) = (0.0, 0.0);
            for tally in sites.iter().map(|site| &site[place]) {
                let (count, weighed) = wrong(tally);
                errors += count;
                weight += weighed;
                n += tally.ham + tally.spam;
                whole += tally.ham_weight + tally.spam_weight;
                open += tally.open;
            }
            let mut rate = Rate::wilson(errors, n);
            // Where the share that is drawn changed, the weights are the truth.
            if whole > 0.0 {
                let share = (weight / whole).clamp(0.0, 1.0);
                let count = usize::try_from(n).unwrap_or(usize::MAX);
                (rate.low, rate.high) = metrics::wilson(share, count);
                rate.estimate = Some(share);
            }
            AuditedVerdict { wrong: rate, open }
        };
        let accepted = stratum(0, |tally| (tally.spam, tally.spam_weight));
        let rejected = stratum(1, |tally| (tally.ham, tally.ham_weight));
        let held = Rate::wilson(total.ham[1], total.ham[1] + total.spam[1]);

        let spam_of_accepted = Bounded::of(&accepted.wrong);
        let ham_of_rejected = Bounded::of(&rejected.wrong);
        let ham_of_held = Bounded::of(&held);
        let [accepts, holds, rejects] = total.answers;
        let known = accepted.wrong.n > 0 && rejected.wrong.n > 0 && (holds == 0 || held.n > 0);
        Self {
            accepted,
            rejected,
            ham_rejected: share_of(
                ham_of_rejected.times(rejects),
                [
                    spam_of_accepted.not().times(accepts),
                    ham_of_held.times(holds),
                ],
            )
            .filter(|_| known),
            spam_accepted: share_of(
                spam_of_accepted.times(accepts),
                [
                    ham_of_rejected.not().times(rejects),
                    ham_of_held.not().times(holds),
                ],
            )
            .filter(|_| known),
        }
    }
}

/// The share of one number in the sum of three. It grows with that number and
/// falls with the others, so its bounds lie where those of the numbers do.
fn share_of(part: Bounded, others: [Bounded; 2]) -> Option<Bounded> {
    let share = |part: f64, rest: f64| (part + rest > 0.0).then(|| part / (part + rest));
    let rest = |of: fn(&Bounded) -> f64| others.iter().map(of).sum::<f64>();
    Some(Bounded {
        estimate: share(part.estimate, rest(|other| other.estimate))?,
        low: share(part.low, rest(|other| other.high))?,
        high: share(part.high, rest(|other| other.low)).unwrap_or(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Verdict;

    fn tally(verdict: Verdict, ham: u64, spam: u64, share: f64) -> AuditTally {
        AuditTally {
            verdict,
            ham,
            spam,
            neither: 0,
            ham_weight: ham as f64 / share,
            spam_weight: spam as f64 / share,
            open: 2,
        }
    }

    fn total() -> DayCounts {
        DayCounts {
            answers: [10_000, 1_000, 5_000],
            ham: [0, 60, 0],
            spam: [0, 40, 0],
            ..DayCounts::default()
        }
    }

    #[test]
    fn strata_are_weighed_by_how_many_comments_they_stand_for() {
        let audits = [[
            tally(Verdict::Accept, 198, 2, 0.02),
            tally(Verdict::Reject, 1, 99, 0.02),
        ]];
        let audited = Audited::of(&audits, &total());
        assert_eq!(
            (audited.accepted.wrong.errors, audited.accepted.wrong.n),
            (2, 200)
        );
        assert_eq!(
            (audited.rejected.wrong.errors, audited.rejected.open),
            (1, 2)
        );
        // 50 rejected ham of 50 + 9,900 accepted + 600 held.
        let ham = audited.ham_rejected.unwrap();
        assert!((ham.estimate - 50.0 / 10_550.0).abs() < 1e-12, "{ham:?}");
        // 100 accepted spam of 100 + 4,950 + 400.
        let spam = audited.spam_accepted.unwrap();
        assert!((spam.estimate - 100.0 / 5_450.0).abs() < 1e-12, "{spam:?}");
        for one in [ham, spam] {
            assert!(one.low < one.estimate && one.estimate < one.high && one.high < 0.2);
        }
    }

    #[test]
    fn where_the_share_changed_the_weights_count() {
        let audits = [
            [
                tally(Verdict::Accept, 10, 10, 0.5),
                tally(Verdict::Reject, 0, 5, 0.5),
            ],
            [
                tally(Verdict::Accept, 10, 0, 0.01),
                tally(Verdict::Reject, 0, 5, 0.01),
            ],
        ];
        let wrong = Audited::of(&audits, &total()).accepted.wrong;
        assert_eq!((wrong.errors, wrong.n), (10, 30));
        assert!((wrong.estimate.unwrap() - 20.0 / 1_040.0).abs() < 1e-12);
        assert!(wrong.high > 0.019 && wrong.high < 0.2);
    }

    #[test]
    fn nothing_is_estimated_of_nothing() {
        let none = Audited::of(&[], &DayCounts::default());
        assert_eq!((none.ham_rejected, none.spam_accepted), (None, None));
        assert_eq!(none.accepted.wrong.estimate, None);
        let unanswered = [[
            tally(Verdict::Accept, 0, 0, 0.02),
            tally(Verdict::Reject, 0, 0, 0.02),
        ]];
        assert_eq!(Audited::of(&unanswered, &total()).ham_rejected, None);
    }
}
