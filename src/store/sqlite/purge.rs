//! Forgets what has been kept long enough, in steps small enough that writes
//! fit in between.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::columns::micros;
use super::{sample_sets, sessions};
use crate::store::StoreError;

/// A request may come again for this long.
const IDEMPOTENCY: SignedDuration = SignedDuration::from_hours(48);
/// How long what was delivered or given up can be looked at, if its comment is
/// kept so long.
const LOG: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Rows that one step forgets at most.
const STEP: usize = 200;

/// What one step did.
pub(super) struct Step {
    pub comments: u64,
    pub more: bool,
}

pub(super) fn step(connection: &Connection, now: Timestamp) -> Result<Step, StoreError> {
    let comments = comments(connection, now)?;
    let requests = requests(connection, now)?;
    let messages = messages(connection, now)?;
    sessions::purge(connection, now)?;
    sample_sets::purge(connection)?;
    Ok(Step {
        comments: comments as u64,
        more: comments == STEP || requests == STEP || messages == STEP,
    })
}

/// Judgements and decisions go with their comment. The label stays without its
/// text: tallies are still the sum of the labels.
fn comments(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    let mut due = connection.prepare_cached(
        "SELECT comment, comment_id, site_id FROM comments WHERE purge_after <= ?
         ORDER BY purge_after LIMIT ?",
    )?;
    let due = due
        .query_map(params![micros(now), STEP as i64], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, [u8; 16]>(1)?,
                row.get::<_, i64>(2)?,
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let mut unlabel =
        connection.prepare_cached("UPDATE labels SET body = NULL WHERE comment_id = ?")?;
    let mut requests = connection
        .prepare_cached("DELETE FROM idempotency WHERE site_id = ? AND comment_id = ?")?;
    let mut delete = connection.prepare_cached("DELETE FROM comments WHERE comment = ?")?;
    for (comment, comment_id, site) in &due {
        unlabel.execute([comment_id])?;
        requests.execute(params![site, comment_id])?;
        delete.execute([comment])?;
    }
    Ok(due.len())
}

fn requests(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    let oldest = now.checked_sub(IDEMPOTENCY).unwrap_or(Timestamp::MIN);
    Ok(connection
        .prepare_cached(
            "DELETE FROM idempotency WHERE (site_id, key) IN
                (SELECT site_id, key FROM idempotency WHERE at < ? ORDER BY at LIMIT ?)",
        )?
        .execute(params![micros(oldest), STEP as i64])?)
}

/// Their attempts go with them.
fn messages(connection: &Connection, now: Timestamp) -> Result<usize, StoreError> {
    let oldest = now.checked_sub(LOG).unwrap_or(Timestamp::MIN);
    Ok(connection
        .prepare_cached(
            "DELETE FROM messages WHERE message IN
                (SELECT message FROM messages WHERE done_at < ? ORDER BY done_at LIMIT ?)",
        )?
        .execute(params![micros(oldest), STEP as i64])?)
}
