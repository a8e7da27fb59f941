//! Decisions that were made together.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::columns::uuid;
use super::decisions::{self, DECISION};
use crate::domain::{CommentId, Decision, SiteId};
use crate::store::{BulkOutcome, BulkState, DecisionWrite, StoreError};

/// Decides some of a bulk.
pub(super) fn decide(
    connection: &Connection,
    bulk: Uuid,
    writes: Vec<DecisionWrite>,
) -> Result<BulkOutcome, StoreError> {
    let mut outcome = BulkOutcome::default();
    let mut remember = connection
        .prepare_cached("INSERT INTO bulk_decisions (bulk_id, decision_id) VALUES (?, ?)")?;
    for write in writes {
        // Both are found out before anything is written.
        let decision = match decisions::write(connection, write) {
            Err(StoreError::Changed) => {
                outcome.changed += 1;
                continue;
            }
            Err(StoreError::NotFound) => {
                outcome.absent += 1;
                continue;
            }
            written => written?,
        };
        remember.execute(params![bulk.as_bytes(), decision.id.as_bytes()])?;
        outcome.decided.push(decision);
    }
    Ok(outcome)
}

/// The comments whose decision of the bulk is in force.
pub(super) fn in_force(
    connection: &Connection,
    site: SiteId,
    bulk: Uuid,
) -> Result<Vec<(CommentId, Uuid)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT comments.comment_id, decisions.decision_id FROM bulk_decisions
         JOIN decisions USING (decision_id) JOIN comments USING (comment)
         WHERE bulk_id = ? AND comments.site_id = ? AND decisions.undone_at IS NULL",
    )?;
    let mut rows = statement.query(params![bulk.as_bytes(), site.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let [comment, decision] = [0, 1].map(|column| row.get::<_, Vec<u8>>(column));
        found.push((CommentId(uuid(&comment?)?), uuid(&decision?)?));
    }
    Ok(found)
}

/// Ends some of a bulk's decisions; those that ended meanwhile stay ended.
pub(super) fn undo(
    connection: &Connection,
    site: SiteId,
    decided: &[(CommentId, Uuid)],
    at: Timestamp,
) -> Result<(), StoreError> {
    for (comment, decision) in decided {
        match decisions::undo(connection, site, *comment, Some(*decision), at) {
            Err(StoreError::Changed | StoreError::NotFound) => {}
            undone => drop(undone?),
        }
    }
    Ok(())
}

pub(super) fn state(
    connection: &Connection,
    site: SiteId,
    bulk: Uuid,
) -> Result<(BulkState, Decision), StoreError> {
    let count = |is: &str| {
        let sql = format!(
            "SELECT count(*) FROM bulk_decisions
             JOIN decisions USING (decision_id) JOIN comments USING (comment)
             WHERE bulk_id = ? AND comments.site_id = ? AND decisions.undone_at {is} NULL"
        );
        let number: i64 = connection
            .prepare_cached(&sql)?
            .query_row(params![bulk.as_bytes(), site.0], |row| row.get(0))?;
        Ok::<_, StoreError>(number.unsigned_abs())
    };
    let state = BulkState {
        in_force: count("IS")?,
        ended: count("IS NOT")?,
    };
    let one = connection
        .prepare_cached(&format!(
            "SELECT {DECISION} FROM bulk_decisions
             JOIN decisions USING (decision_id) JOIN comments USING (comment)
             WHERE bulk_id = ? AND comments.site_id = ?
             ORDER BY decisions.undone_at IS NOT NULL LIMIT 1"
        ))?
        .query_row(params![bulk.as_bytes(), site.0], |row| {
            Ok(decisions::read(row, 0))
        })
        .optional()?
        .ok_or(StoreError::NotFound)??;
    Ok((state, one))
}
