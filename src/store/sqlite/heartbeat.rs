//! Whether the database can be read and written now, found out by doing it.

use jiff::Timestamp;
use rusqlite::Connection;

use super::columns::micros;
use crate::store::StoreError;

/// More than a comment of usual length takes with its indexes. Where the disk
/// is full there is often a page left, and a write of one page proves nothing.
const ROOM_BYTES: u32 = 64 * 1024;

/// Takes the room that a comment needs, and gives it back at once. It goes
/// through the disk all the same: `secure_delete` writes freed pages too.
pub(super) fn beat(connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO heartbeat (one, at, room) VALUES (1, ?, zeroblob(?))",
        )?
        .execute((micros(now), ROOM_BYTES))?;
    connection
        .prepare_cached("UPDATE heartbeat SET room = NULL")?
        .execute([])?;
    Ok(())
}

pub(super) fn read(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM heartbeat")?
        .query_row([], |_| Ok(()))?)
}
