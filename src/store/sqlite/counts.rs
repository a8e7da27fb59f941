//! The counts of one site: kept as comments change, not counted when asked for.

use rusqlite::{Connection, OptionalExtension};

use jiff::Timestamp;

use super::columns::{self, time};
use crate::domain::{DecisionKind, Label, SiteId, Verdict};
use crate::store::{Counts, StoreError};

pub(super) fn read(connection: &Connection, site: SiteId) -> Result<Counts, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT verdict, nullif(decision, ''), nullif(label, ''), comments FROM standings
         WHERE site_id = ?",
    )?;
    let mut rows = statement.query([site.0])?;
    let mut counts = Counts::default();
    while let Some(row) = rows.next()? {
        let verdict = columns::verdict(&row.get::<_, String>(0)?)?;
        let decision = row.get::<_, Option<String>>(1)?;
        let label = row.get::<_, Option<String>>(2)?;
        let number = u64::try_from(row.get::<_, i64>(3)?).unwrap_or_default();
        *by_verdict(&mut counts, verdict) += number;
        match decision
            .as_deref()
            .map(columns::decision_kind)
            .transpose()?
        {
            Some(DecisionKind::Accept) => counts.decided_accept += number,
            Some(DecisionKind::Reject) => counts.decided_reject += number,
            None if verdict == Verdict::Hold => counts.queue += number,
            None => {}
        }
        match label.as_deref().map(columns::label).transpose()? {
            Some(Label::Ham) => counts.ham_by_verdict[verdict as usize] += number,
            Some(Label::Spam) => counts.spam_by_verdict[verdict as usize] += number,
            None => {}
        }
    }
    counts.oldest_in_queue = oldest_in_queue(connection, site)?;
    Ok(counts)
}

/// When the first of the queue came: ids are in the order of time.
fn oldest_in_queue(connection: &Connection, site: SiteId) -> Result<Option<Timestamp>, StoreError> {
    connection
        .prepare_cached(
            "SELECT received_at FROM comments
             WHERE site_id = ? AND verdict = 'hold' AND decision IS NULL
             ORDER BY comment_id LIMIT 1",
        )?
        .query_row([site.0], |row| Ok(time(row.get(0)?)))
        .optional()?
        .transpose()
}

fn by_verdict(counts: &mut Counts, verdict: Verdict) -> &mut u64 {
    match verdict {
        Verdict::Accept => &mut counts.accepted,
        Verdict::Hold => &mut counts.held,
        Verdict::Reject => &mut counts.rejected,
    }
}
