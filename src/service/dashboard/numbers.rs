//! Gathers the dashboard's numbers.

use jiff::{SignedDuration, Timestamp};

use super::audited::Audited;
use super::learning::{self, LearningStep};
use super::reasons::{self, ReasonPrecision};
use crate::domain::{Day, Site};
use crate::service::check::on_thread;
use crate::service::{Installation, Rate, ServiceError};
use crate::store::{AuditTally, DayCounts, DayTally, LabelledJudgement, QueueAges};

/// The learning curve is of the last two years.
const LEARNING_DAYS: i32 = 730;
/// The newest labels, of all sites together, of which reasons are weighed.
const LABELS: usize = 1_000;

/// What a dashboard shows.
#[derive(Debug, Clone)]
pub struct Dashboard {
    /// First and last day that were asked for.
    pub since: Day,
    pub until: Day,
    /// Days on which something happened, oldest first.
    pub days: Vec<DayTally>,
    /// Of all the days together.
    pub total: DayCounts,
    pub queue: QueueAges,
    pub errors: Errors,
    pub audited: Audited,
    /// Of the newest labels: reasons that spoke for spam, and for ham.
    pub reasons: [Vec<ReasonPrecision>; 2],
    /// How many labels those are.
    pub reasons_of: usize,
    pub learning: Vec<LearningStep>,
}

/// How often the filter erred on the comments that people labelled, by the
/// verdict that each had got. People label what they look at, so this is no
/// random sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// Shares of the labelled ham.
    pub ham_rejected: Rate,
    pub ham_held: Rate,
    /// Shares of the labelled spam.
    pub spam_accepted: Rate,
    pub spam_held: Rate,
}

impl Errors {
    fn of(counts: &DayCounts) -> Self {
        let share = |of: [u64; 3], verdict: usize| Rate::wilson(of[verdict], of.iter().sum());
        Self {
            ham_rejected: share(counts.ham, 2),
            ham_held: share(counts.ham, 1),
            spam_accepted: share(counts.spam, 0),
            spam_held: share(counts.spam, 1),
        }
    }
}

impl Installation {
    /// The numbers of some sites together, over the last `span` days with today.
    ///
    /// # Errors
    /// The store is unavailable.
    pub(in crate::service) async fn dashboard(
        &self,
        sites: &[Site],
        span: i32,
        now: Timestamp,
    ) -> Result<Dashboard, ServiceError> {
        let until = Day::of(now);
        let since = until.before(span - 1);
        let begin = now
            .checked_sub(SignedDuration::from_hours(24 * i64::from(span)))
            .unwrap_or(Timestamp::MIN);
        let mut long: Vec<DayTally> = Vec::new();
        let mut queue = QueueAges::default();
        let mut audits: Vec<[AuditTally; 2]> = Vec::new();
        let mut labelled: Vec<LabelledJudgement> = Vec::new();
        let longest = until.before(LEARNING_DAYS.max(span) - 1);
        for site in sites {
            long.extend(self.store.days(site.id, longest).await?);
            let waiting = self.store.queue_ages(site.id, now).await?;
            for (to, from) in queue.by_age.iter_mut().zip(waiting.by_age) {
                *to += from;
            }
            queue.oldest = [queue.oldest, waiting.oldest].into_iter().flatten().min();
            audits.push(self.store.audit_tallies(site.id, begin, now).await?);
            // Many sites share what one page may read.
            let fair = (LABELS / sites.len().max(1)).max(1);
            labelled.extend(self.store.labelled_judgements(site.id, fair).await?);
        }
        let long = together(long);
        let days: Vec<DayTally> = long
            .iter()
            .filter(|tally| tally.day >= since)
            .copied()
            .collect();
        let mut total = DayCounts::default();
        for tally in &days {
            total.add(&tally.counts);
        }
        let reasons_of = labelled.len();
        let reasons = on_thread(true, move || reasons::weighed(&labelled)).await?;
        Ok(Dashboard {
            since,
            until,
            errors: Errors::of(&total),
            audited: Audited::of(&audits, &total),
            learning: learning::steps(&long),
            days,
            total,
            queue,
            reasons,
            reasons_of,
        })
    }
}

/// Days of several sites, each day once, in order.
fn together(mut days: Vec<DayTally>) -> Vec<DayTally> {
    days.sort_by_key(|tally| tally.day);
    days.dedup_by(|next, first| {
        let same = next.day == first.day;
        if same {
            first.counts.add(&next.counts);
        }
        same
    });
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_sites_are_added_up() {
        let tally = |day, held| DayTally {
            day: Day(day),
            counts: DayCounts {
                answers: [1, held, 0],
                ..DayCounts::default()
            },
        };
        let days = together(vec![tally(3, 1), tally(5, 2), tally(3, 10), tally(4, 0)]);
        let seen: Vec<_> = days
            .iter()
            .map(|tally| (tally.day.0, tally.counts.answers))
            .collect();
        assert_eq!(seen, [(3, [2, 11, 0]), (4, [1, 0, 0]), (5, [1, 2, 0])]);
    }
}
