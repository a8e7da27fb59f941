//! Lets nothing that was removed linger in the database's files.
//!
//! `secure_delete` writes zeros over what is removed, but a page that was once
//! split may hold a second copy in its free space, and the log holds the pages
//! as they were. Writing the database anew ends the one, emptying the log the
//! other.

use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};

use super::open::Place;
use crate::store::{Rewritten, StoreError};

/// How long others may keep it waiting.
const PATIENCE: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_millis(50);

pub(super) fn rewrite(place: &Place, whole: bool) -> Result<Rewritten, StoreError> {
    let connection = place.writer()?;
    let whole = whole
        && patiently(|| match connection.execute_batch("VACUUM") {
            Ok(()) => Ok(true),
            Err(error) if is_busy(&error) => Ok(false),
            Err(error) => Err(error),
        })?;
    let log = patiently(|| emptied(&connection))?;
    Ok(Rewritten { whole, log })
}

/// Tries until it is done; `false` if somebody was in the way all the time.
fn patiently(attempt: impl Fn() -> rusqlite::Result<bool>) -> Result<bool, StoreError> {
    let begun = Instant::now();
    while !attempt()? {
        if begun.elapsed() > PATIENCE {
            return Ok(false);
        }
        std::thread::sleep(AGAIN);
    }
    Ok(true)
}

fn emptied(connection: &Connection) -> rusqlite::Result<bool> {
    let busy: rusqlite::Result<i64> =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    match busy {
        Ok(busy) => Ok(busy == 0),
        Err(error) if is_busy(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}
