//! Where moderators are signed in.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::columns::{micros, stored_time, time};
use super::moderators::{by_id, changed_one};
use crate::domain::{Moderator, ModeratorId, Session, SessionId, TokenHash};
use crate::store::{NewSession, StoreError};

pub(super) fn open(connection: &Connection, new: &NewSession) -> Result<Session, StoreError> {
    changed_one(
        connection
            .prepare_cached(
                "UPDATE moderators SET last_sign_in = ?3 WHERE moderator_id = ?1 AND epoch = ?2",
            )?
            .execute(params![new.moderator.0, new.epoch, micros(new.at)])?,
    )?;
    let id = connection
        .prepare_cached(
            "INSERT INTO sessions (token, moderator_id, epoch, created_at, seen_at, ends_at, agent)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
        )?
        .insert(params![
            new.token.0,
            new.moderator.0,
            new.epoch,
            micros(new.at),
            micros(new.ends_at),
            new.agent
        ])?;
    Ok(Session {
        id: SessionId(id),
        created_at: stored_time(new.at)?,
        seen_at: stored_time(new.at)?,
        agent: new.agent.clone(),
    })
}

pub(super) fn by_token(
    connection: &Connection,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<(Session, Moderator)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT session_id, sessions.created_at, seen_at, agent, moderator_id
         FROM sessions JOIN moderators USING (moderator_id, epoch)
         WHERE token = ? AND ends_at > ?",
    )?;
    let mut rows = statement.query(params![token.0, micros(now)])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let moderator = by_id(connection, ModeratorId(row.get(4)?))?;
    Ok(Some((session(row)?, moderator)))
}

pub(super) fn touch(
    connection: &Connection,
    id: SessionId,
    at: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE sessions SET seen_at = ? WHERE session_id = ?")?
        .execute([micros(at), id.0])?;
    Ok(())
}

pub(super) fn of_moderator(
    connection: &Connection,
    moderator: ModeratorId,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT session_id, created_at, seen_at, agent FROM sessions
         WHERE moderator_id = ? AND ends_at > ? ORDER BY seen_at DESC, session_id DESC",
    )?;
    let mut rows = statement.query([moderator.0, micros(now)])?;
    let mut sessions = Vec::new();
    while let Some(row) = rows.next()? {
        sessions.push(session(row)?);
    }
    Ok(sessions)
}

pub(super) fn end(
    connection: &Connection,
    moderator: ModeratorId,
    id: SessionId,
) -> Result<(), StoreError> {
    changed_one(
        connection
            .prepare_cached("DELETE FROM sessions WHERE moderator_id = ? AND session_id = ?")?
            .execute([moderator.0, id.0])?,
    )
}

/// Forgets sessions and one-time links that are past their end.
pub(super) fn purge(connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
    for ended in [
        "DELETE FROM sessions WHERE ends_at <= ?",
        "DELETE FROM one_time_links WHERE ends_at <= ?",
    ] {
        connection.prepare_cached(ended)?.execute([micros(now)])?;
    }
    Ok(())
}

fn session(row: &Row<'_>) -> Result<Session, StoreError> {
    Ok(Session {
        id: SessionId(row.get(0)?),
        created_at: time(row.get(1)?)?,
        seen_at: time(row.get(2)?)?,
        agent: row.get(3)?,
    })
}
