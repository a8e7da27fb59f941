//! Brings a database's tables to what this binary knows, and never touches a
//! newer one.

use std::thread::sleep;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use crate::store::StoreError;

mod embedded {
    refinery::embed_migrations!("src/store/migrations/sqlite");
}

/// How often a migration is tried again while another process may be at it.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// Applies what is missing, each run in one transaction.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    // Grouped, so that a migration and the note that it was applied are one
    // transaction: a crash leaves both or neither.
    let runner = embedded::migrations::runner().set_grouped(true);
    let newest = runner
        .get_migrations()
        .iter()
        .map(|migration| i64::from(migration.version()))
        .max()
        .unwrap_or_default();
    for attempt in 1.. {
        match applied(connection)? {
            Some(version) if version > newest => {
                return Err(StoreError::Corrupt(format!(
                    "its tables are of version {version} and this hamgate knows \
                     versions up to {newest}; start the newer hamgate, or restore a backup"
                )));
            }
            Some(version) if version == newest => break,
            _ => {}
        }
        match runner.run(connection) {
            Ok(_) => break,
            Err(_) if attempt < TRIES => sleep(PAUSE),
            Err(error) => {
                return Err(StoreError::Unavailable(format!(
                    "its tables could not be brought up to date: {error}"
                )));
            }
        }
    }
    Ok(())
}

/// The newest migration that the database has seen.
fn applied(connection: &Connection) -> Result<Option<i64>, StoreError> {
    let exists = connection
        .query_row(
            "SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history'",
            [],
            |_| Ok(()),
        )
        .optional()?
        .is_some();
    if !exists {
        return Ok(None);
    }
    Ok(connection.query_row(
        "SELECT max(version) FROM refinery_schema_history",
        [],
        |row| row.get(0),
    )?)
}
