//! A moderator's decisions: at most one of a comment is in force, all are kept.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::columns::{decision_kind, micros, stored_time, time, uuid, why as read_why};
use super::days::{self, What};
use super::decision_log;
use super::labels;
use super::outbox::{self, Happened};
use crate::domain::{Cause, CommentId, Decision, SiteId, Why};
use crate::store::{DecisionWrite, Ended, Seen, StoreError};

/// The columns that [`read`] reads.
pub(super) const DECISION: &str = "decisions.decision_id, decisions.kind, decisions.learn, \
     decisions.note, decisions.decided_by, decisions.at, decisions.undone_at, decisions.why";

pub(super) fn write(connection: &Connection, write: DecisionWrite) -> Result<Decision, StoreError> {
    let comment = comment(connection, write.site, write.comment_id)?;
    if let Some(seen) = write.seen
        && seen != state(connection, comment)?
    {
        return Err(StoreError::Changed);
    }
    let before = outbox::standing(connection, comment)?;
    let decision = in_force(connection, write.site, comment, write.decision)?;
    let happened = Happened {
        cause: Cause::Decision,
        by: Some(&decision.by),
        at: decision.at,
        before,
    };
    outbox::note(connection, comment, &happened)?;
    Ok(decision)
}

/// Puts a decision in force, and tells nobody.
pub(super) fn in_force(
    connection: &Connection,
    site: SiteId,
    comment: i64,
    decision: Decision,
) -> Result<Decision, StoreError> {
    let decision = Decision {
        at: stored_time(decision.at)?,
        undone_at: None,
        ..decision
    };
    end(connection, comment, decision.at, Ended::Replaced)?;
    connection
        .prepare_cached(
            "INSERT INTO decisions (decision_id, comment, kind, learn, why, note, decided_by, at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            decision.id.as_bytes(),
            comment,
            decision.decision.as_str(),
            decision.learn,
            decision.why.map(Why::as_str),
            decision.note,
            decision.by,
            micros(decision.at),
        ])?;
    decision_log::keep_shown(connection, comment, &decision)?;
    days::count(connection, site, decision.at, What::decided(&decision), 1)?;
    connection
        .prepare_cached("UPDATE comments SET decision = ?, decision_id = ? WHERE comment = ?")?
        .execute(params![
            decision.decision.as_str(),
            decision.id.as_bytes(),
            comment
        ])?;
    labels::take_back(connection, comment)?;
    if decision.learn {
        let label = decision.decision.label();
        labels::learn(connection, comment, label, decision.at, Some(decision.id))?;
    }
    Ok(decision)
}

pub(super) fn undo(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
    only: Option<Uuid>,
    at: Timestamp,
) -> Result<Decision, StoreError> {
    let comment = comment(connection, site, id)?;
    let before = outbox::standing(connection, comment)?;
    let mut decision = connection
        .prepare_cached(&format!(
            "SELECT {DECISION} FROM decisions WHERE comment = ? AND undone_at IS NULL"
        ))?
        .query_row([comment], |row| Ok(read(row, 0)))
        .optional()?
        .unwrap_or(Err(StoreError::NotFound))?;
    if only.is_some_and(|only| only != decision.id) {
        return Err(StoreError::Changed);
    }
    end(connection, comment, at, Ended::Undone)?;
    days::count(connection, site, decision.at, What::decided(&decision), -1)?;
    connection
        .prepare_cached(
            "UPDATE comments SET decision = NULL, decision_id = NULL WHERE comment = ?",
        )?
        .execute([comment])?;
    // A label given since then is not this decision's to take.
    let taught = labels::of_comment(connection, comment)?
        .is_some_and(|(_, learnt)| learnt.decision == Some(decision.id));
    if taught {
        labels::take_back(connection, comment)?;
    }
    let happened = Happened {
        cause: Cause::Undo,
        by: None,
        at,
        before,
    };
    outbox::note(connection, comment, &happened)?;
    decision.undone_at = Some(stored_time(at)?);
    Ok(decision)
}

/// All decisions on the comment, oldest first.
pub(super) fn all(connection: &Connection, comment: i64) -> Result<Vec<Decision>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {DECISION} FROM decisions WHERE comment = ? ORDER BY rowid"
    ))?;
    let mut rows = statement.query([comment])?;
    let mut decisions = Vec::new();
    while let Some(row) = rows.next()? {
        decisions.push(read(row, 0)?);
    }
    Ok(decisions)
}

/// Reads [`DECISION`], which begins at column `first`.
pub(super) fn read(row: &Row<'_>, first: usize) -> Result<Decision, StoreError> {
    let why: Option<String> = row.get(first + 7)?;
    Ok(Decision {
        id: uuid(&row.get::<_, Vec<u8>>(first)?)?,
        decision: decision_kind(&row.get::<_, String>(first + 1)?)?,
        learn: row.get(first + 2)?,
        why: why.as_deref().map(read_why).transpose()?,
        note: row.get(first + 3)?,
        by: row.get(first + 4)?,
        at: time(row.get(first + 5)?)?,
        undone_at: row
            .get::<_, Option<i64>>(first + 6)?
            .map(time)
            .transpose()?,
    })
}

/// Ends the decision in force, if there is one.
pub(super) fn end(
    connection: &Connection,
    comment: i64,
    at: Timestamp,
    because: Ended,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE decisions SET undone_at = ?, ended_because = ?
             WHERE comment = ? AND undone_at IS NULL",
        )?
        .execute(params![micros(at), because.as_str(), comment])?;
    Ok(())
}

fn state(connection: &Connection, comment: i64) -> Result<Seen, StoreError> {
    let (updated_at, decision) = connection
        .prepare_cached("SELECT updated_at, decision_id FROM comments WHERE comment = ?")?
        .query_row([comment], |row| {
            Ok((row.get(0)?, row.get::<_, Option<[u8; 16]>>(1)?))
        })?;
    Ok(Seen {
        updated_at: time(updated_at)?,
        decision: decision.map(Uuid::from_bytes),
    })
}

pub(super) fn comment(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<i64, StoreError> {
    connection
        .prepare_cached("SELECT comment FROM comments WHERE site_id = ? AND comment_id = ?")?
        .query_row(params![site.0, id.0.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotFound)
}
