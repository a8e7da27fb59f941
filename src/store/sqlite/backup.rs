//! A copy of the database while it is in use.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::open::BUSY_TIMEOUT;
use crate::store::StoreError;

/// Pages that are copied between two reports: 16 MiB.
const STEP_PAGES: i32 = 4096;

/// Copies the database as it is at one moment into a new file, which then is
/// whole by itself. Whoever writes meanwhile is not kept waiting. `progress`
/// hears how many pages are copied, of how many.
///
/// # Errors
/// The database cannot be read, the copy not be written, or it is not sound.
pub fn copy(
    database: &Path,
    copy: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), StoreError> {
    let source = Connection::open_with_flags(
        database,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    source.busy_timeout(BUSY_TIMEOUT)?;
    // All steps read one snapshot. Without it, each write of another process
    // would begin the copy anew, and under load it would never end.
    source.execute_batch("BEGIN")?;
    source.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let mut target = Connection::open(copy)?;
    // It has no name yet: after a crash it is made again from the start.
    target.pragma_update(None, "journal_mode", "OFF")?;
    target.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(&source, &mut target)?;
    loop {
        let step = backup.step(STEP_PAGES)?;
        let (left, all) = (backup.progress().remaining, backup.progress().pagecount);
        progress(
            u64::from((all - left).unsigned_abs()),
            u64::from(all.unsigned_abs()),
        );
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => return Err(StoreError::Unavailable("the database is locked".into())),
        }
    }
    drop(backup);
    drop(target);
    let target = Connection::open(copy)?;
    // One file without a log beside it, which can be read from anywhere.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    sound(&target)
}

/// The version of the tables in a database.
///
/// # Errors
/// It cannot be read, or is no database of hamgate's.
pub fn version(database: &Path) -> Result<i64, StoreError> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    Ok(connection.query_row(
        "SELECT max(version) FROM refinery_schema_history",
        [],
        |row| row.get(0),
    )?)
}

fn sound(connection: &Connection) -> Result<(), StoreError> {
    let said: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    match said.as_str() {
        "ok" => Ok(()),
        _ => Err(StoreError::Corrupt(format!(
            "its copy is not sound: {said}"
        ))),
    }
}
