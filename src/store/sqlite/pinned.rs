//! Honest comments that no model may reject which is to be promoted.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::columns::{comment_id, from_json, micros, time, to_json};
use crate::store::{NewPin, Pinned, StoreError};

pub(super) fn add(
    connection: &Connection,
    pin: &NewPin,
    by: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let (comment, body) = match pin {
        NewPin::Own(comment) => (None, to_json(comment)?),
        NewPin::Stored(id) => {
            let (comment, body) = connection
                .prepare_cached(
                    "SELECT comments.comment, body FROM sites
                     CROSS JOIN comments ON comments.site_id = sites.site_id AND comment_id = ?",
                )?
                .query_row([id.0.as_bytes()], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
                })
                .optional()?
                .ok_or(StoreError::NotFound)?;
            (Some(comment), body)
        }
    };
    let hash: [u8; 32] = Sha256::digest(&body).into();
    let pinned = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO pinned (pinned_at, pinned_by, comment, body_hash, body)
             VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![micros(at), by, comment, hash, body])?;
    Ok(pinned > 0)
}

pub(super) fn remove(connection: &Connection, pin: i64) -> Result<(), StoreError> {
    let removed = connection
        .prepare_cached("DELETE FROM pinned WHERE pin = ?")?
        .execute([pin])?;
    if removed == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

pub(super) fn all(connection: &Connection) -> Result<Vec<Pinned>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT pin, pinned_at, pinned_by, comments.comment_id, pinned.body FROM pinned
         LEFT JOIN comments USING (comment) ORDER BY pin",
    )?;
    let mut rows = statement.query([])?;
    let mut pinned = Vec::new();
    while let Some(row) = rows.next()? {
        let stored = row.get_ref(3)? != rusqlite::types::ValueRef::Null;
        pinned.push(Pinned {
            pin: row.get(0)?,
            at: time(row.get(1)?)?,
            by: row.get(2)?,
            comment_id: stored.then(|| comment_id(row, "comment_id")).transpose()?,
            comment: from_json(&row.get::<_, String>(4)?, "a pinned comment")?,
        });
    }
    Ok(pinned)
}
