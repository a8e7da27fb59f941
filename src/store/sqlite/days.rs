//! What happened on each day, counted as it is written; no page counts
//! comments.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::columns::{corrupt, micros, time};
use crate::domain::{Day, Decision, DecisionKind, Label, SiteId, Verdict};
use crate::store::{DayCounts, DayTally, QueueAges, StoreError};

const ADD: &str = "INSERT INTO day_tallies (site_id, day, what, number) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET number = number + excluded.number";
const SINCE: &str = "SELECT day, what, number FROM day_tallies
     WHERE site_id = ? AND day >= ? ORDER BY day";
const WAITING: &str = "SELECT count(*), min(received_at), total(received_at > ?2),
        total(received_at > ?3), total(received_at > ?4)
     FROM comments WHERE site_id = ?1 AND verdict = 'hold' AND decision IS NULL";

const HOUR: i64 = 3_600_000_000;

/// Something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Answer(Verdict),
    /// Its kind, and whether it taught.
    Decision(DecisionKind, bool),
    Label(Verdict, Label),
}

impl What {
    pub(super) fn decided(decision: &Decision) -> Self {
        Self::Decision(decision.decision, decision.learn)
    }

    fn word(self) -> String {
        match self {
            Self::Answer(verdict) => verdict.as_str().to_owned(),
            Self::Decision(DecisionKind::Reject, false) => "decided-only".to_owned(),
            Self::Decision(kind, _) => format!("decided-{}", kind.as_str()),
            Self::Label(verdict, label) => format!("{}-{}", verdict.as_str(), label.as_str()),
        }
    }

    fn all() -> impl Iterator<Item = Self> {
        let answers = Verdict::ALL.into_iter().map(Self::Answer);
        let labels = Verdict::ALL
            .into_iter()
            .flat_map(|verdict| [Label::Ham, Label::Spam].map(|label| Self::Label(verdict, label)));
        let decisions = [
            Self::Decision(DecisionKind::Accept, true),
            Self::Decision(DecisionKind::Reject, true),
            Self::Decision(DecisionKind::Reject, false),
        ];
        answers.chain(labels).chain(decisions)
    }

    fn place(self, counts: &mut DayCounts) -> &mut u64 {
        match self {
            Self::Answer(verdict) => &mut counts.answers[verdict as usize],
            Self::Decision(DecisionKind::Accept, _) => &mut counts.decisions.accept,
            Self::Decision(DecisionKind::Reject, true) => &mut counts.decisions.reject,
            Self::Decision(DecisionKind::Reject, false) => &mut counts.decisions.reject_only,
            Self::Label(verdict, Label::Ham) => &mut counts.ham[verdict as usize],
            Self::Label(verdict, Label::Spam) => &mut counts.spam[verdict as usize],
        }
    }
}

/// Adds `number` to a day of the site; takes off, where it is negative.
pub(super) fn count(
    connection: &Connection,
    site: SiteId,
    at: Timestamp,
    what: What,
    number: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(ADD)?
        .execute(params![site.0, Day::of(at).0, what.word(), number])?;
    Ok(())
}

pub(super) fn since(
    connection: &Connection,
    site: SiteId,
    since: Day,
) -> Result<Vec<DayTally>, StoreError> {
    let mut statement = connection.prepare_cached(SINCE)?;
    let mut rows = statement.query(params![site.0, since.0])?;
    let mut days: Vec<DayTally> = Vec::new();
    while let Some(row) = rows.next()? {
        let day = Day(row.get(0)?);
        if days.last().is_none_or(|last| last.day != day) {
            let counts = DayCounts::default();
            days.push(DayTally { day, counts });
        }
        let word: String = row.get(1)?;
        let what = What::all().find(|what| what.word() == word);
        let what = what.ok_or_else(|| corrupt("what a day's tally counts"))?;
        if let Some(last) = days.last_mut() {
            let number: i64 = row.get(2)?;
            *what.place(&mut last.counts) = u64::try_from(number).unwrap_or_default();
        }
    }
    // What was taken back left a day of nothing.
    days.retain(|day| day.counts != DayCounts::default());
    Ok(days)
}

pub(super) fn queue_ages(
    connection: &Connection,
    site: SiteId,
    now: Timestamp,
) -> Result<QueueAges, StoreError> {
    let before = |hours: i64| micros(now) - hours * HOUR;
    let (depth, oldest, newer) = connection.prepare_cached(WAITING)?.query_row(
        params![site.0, before(1), before(24), before(168)],
        |row| {
            let newer: [f64; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?, newer))
        },
    )?;
    let depth = u64::try_from(depth).unwrap_or_default();
    let [hour, day, week] = newer.map(|number| number as u64);
    Ok(QueueAges {
        by_age: [hour, day - hour, week - day, depth - week],
        oldest: oldest.map(time).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::plan::assert_no_scan;
    use super::*;

    #[test]
    fn a_million_comments_are_not_counted() {
        for sql in [SINCE, WAITING] {
            assert_no_scan(sql);
        }
    }

    #[test]
    fn each_thing_that_is_counted_has_its_word_and_its_place() {
        let mut counts = DayCounts::default();
        let all: Vec<What> = What::all().collect();
        for (number, what) in (1..).zip(&all) {
            *what.place(&mut counts) += number;
            let words = all.iter().filter(|other| other.word() == what.word());
            assert_eq!(words.count(), 1, "{what:?}");
        }
        for (number, what) in (1..).zip(all) {
            assert_eq!(*what.place(&mut counts), number, "{what:?}");
        }
    }
}
