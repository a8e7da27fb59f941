//! The audit's sample: drawn when a comment is recorded, answered by whatever
//! people say of it. Triggers keep the answers; see the migration.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, named_params, params};

use super::columns::{micros, verdict as read_verdict};
use super::comments::{select, stored};
use super::decisions;
use crate::domain::{CommentId, Decision, SiteId, Verdict, is_drawn};
use crate::store::{AuditTally, Check, DecisionWrite, StoreError, StoredComment};

/// The longest page of the queue.
const LONGEST: usize = 500;

/// Draws the comment or does not, by its id and what it is now.
pub(super) fn draw(
    connection: &Connection,
    check: &Check,
    id: CommentId,
) -> Result<(), StoreError> {
    let judgement = &check.judgement;
    if judgement.verdict == Verdict::Hold || !is_drawn(id, check.audit_share) {
        connection
            .prepare_cached("DELETE FROM audits WHERE comment_id = ?")?
            .execute([id.0.as_bytes()])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO audits
                (comment_id, site_id, drawn_at, verdict, log_odds, model, share)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id.0.as_bytes(),
            check.site.0,
            micros(check.at),
            judgement.verdict.as_str(),
            judgement.log_odds.0,
            judgement.model,
            check.audit_share.min(1.0),
        ])?;
    Ok(())
}

pub(super) fn queue(
    connection: &Connection,
    site: SiteId,
    after: Option<CommentId>,
    limit: usize,
) -> Result<Vec<StoredComment>, StoreError> {
    // The order is the sample's, so that its index is gone along.
    let sql = format!(
        "{} AND comments.comment_id IN (
            SELECT audits.comment_id FROM audits
            WHERE audits.site_id = :site AND audits.label IS NULL AND audits.comment_id > :after
            ORDER BY audits.comment_id LIMIT :limit)
         ORDER BY comments.comment_id",
        select()
    );
    let after = after.map_or([0; 16], |id| *id.0.as_bytes());
    let limit = i64::try_from(limit.clamp(1, LONGEST)).unwrap_or(1);
    let values: [(&str, &dyn ToSql); 3] =
        [(":site", &site.0), (":after", &after), (":limit", &limit)];
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(&values)?;
    let mut comments = Vec::new();
    while let Some(row) = rows.next()? {
        comments.push(stored(row)?);
    }
    Ok(comments)
}

pub(super) fn open(connection: &Connection, site: SiteId) -> Result<u64, StoreError> {
    let open: i64 = connection
        .prepare_cached("SELECT count(*) FROM audits WHERE site_id = ? AND label IS NULL")?
        .query_row([site.0], |row| row.get(0))?;
    Ok(open.unsigned_abs())
}

pub(super) fn answer(
    connection: &Connection,
    write: DecisionWrite,
) -> Result<(Decision, Verdict), StoreError> {
    let id = write.comment_id;
    let drawn: String = connection
        .prepare_cached(
            "SELECT verdict FROM audits WHERE comment_id = ? AND site_id = ? AND label IS NULL",
        )?
        .query_row(params![id.0.as_bytes(), write.site.0], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotFound)?;
    let decision = decisions::write(connection, write)?;
    connection
        .prepare_cached("UPDATE audits SET blind = 1 WHERE comment_id = ?")?
        .execute([id.0.as_bytes()])?;
    Ok((decision, read_verdict(&drawn)?))
}

pub(super) fn tallies(
    connection: &Connection,
    site: SiteId,
    from: Timestamp,
    until: Timestamp,
) -> Result<[AuditTally; 2], StoreError> {
    let mut tallies = [Verdict::Accept, Verdict::Reject].map(|verdict| AuditTally {
        verdict,
        ham: 0,
        spam: 0,
        neither: 0,
        ham_weight: 0.0,
        spam_weight: 0.0,
        open: 0,
    });
    let mut statement = connection.prepare_cached(
        "SELECT verdict, label, count(*), sum(1.0 / share) FROM audits
         WHERE site_id = :site AND drawn_at >= :from AND drawn_at < :until
            AND (label IS NULL OR comment_id <=
                (SELECT max(comment_id) FROM audits WHERE site_id = :site AND blind = 1))
         GROUP BY verdict, label",
    )?;
    let mut rows = statement.query(named_params! {
        ":site": site.0, ":from": micros(from), ":until": micros(until),
    })?;
    while let Some(row) = rows.next()? {
        let verdict = read_verdict(&row.get::<_, String>(0)?)?;
        let tally = &mut tallies[usize::from(verdict == Verdict::Reject)];
        let (number, weight): (i64, f64) = (row.get(2)?, row.get(3)?);
        let number = number.unsigned_abs();
        match row.get::<_, Option<String>>(1)?.as_deref() {
            Some("ham") => (tally.ham, tally.ham_weight) = (number, weight),
            Some("spam") => (tally.spam, tally.spam_weight) = (number, weight),
            Some(_) => tally.neither = number,
            None => tally.open = number,
        }
    }
    Ok(tallies)
}
