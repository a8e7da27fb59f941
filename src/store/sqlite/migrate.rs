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

#[cfg(test)]
mod tests {
    use refinery::Target;

    use super::*;

    /// What an older hamgate wrote: a comment that was held, decided, sent anew
    /// as spam and decided once more, and another one that nobody looked at.
    const OLDER: &str = r#"
        INSERT INTO sites (site_id, name, url, created_at) VALUES (7, 'art', '', 0);
        INSERT INTO comments (comment, site_id, comment_id, received_at, updated_at, purge_after,
                verdict, log_odds, label, decision, decision_id, traces, body)
            VALUES (1, 7, zeroblob(16), 1, 86400000001, 9, 'reject', 4.5, 'spam', 'reject',
                    randomblob(16), x'', '{}'),
                (2, 7, x'00000000000000000000000000000002', 1, 1, 9, 'accept', -4.5, NULL, NULL,
                    NULL, x'', '{}');
        INSERT INTO judgements (comment, at, body) VALUES
            (1, 1, '{"verdict":"hold","log_odds":0.5,"model":"a","policy":"p"}'),
            (1, 86400000001, '{"verdict":"reject","log_odds":4.5,"model":"b","policy":"q"}'),
            (2, 1, '{"verdict":"accept","log_odds":-4.5,"model":"a","policy":"p"}');
        INSERT INTO decisions (decision_id, comment, kind, learn, decided_by, at, undone_at) VALUES
            (x'00000000000000000000000000000001', 1, 'reject', 0, 'anna', 2, 3),
            (x'00000000000000000000000000000002', 1, 'accept', 1, 'bea', 3, 86400000001),
            (x'00000000000000000000000000000003', 1, 'accept', 1, 'cleo', 86400000002, 86400000003),
            (x'00000000000000000000000000000004', 1, 'reject', 1, 'dora', 86400000004, NULL);
        INSERT INTO labels (comment_id, site_id, label, at, traces)
            VALUES (zeroblob(16), 7, 'spam', 86400000004, x''),
                (x'0000000000000000000000000000000F', 7, 'ham', 5, x'');
    "#;

    fn rows(connection: &Connection, sql: &str) -> Vec<String> {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn what_was_there_before_is_counted_and_explained() {
        let mut connection = Connection::open_in_memory().unwrap();
        let older = embedded::migrations::runner().set_target(Target::Version(8));
        older.run(&mut connection).unwrap();
        connection.execute_batch(OLDER).unwrap();
        migrate(&mut connection).unwrap();
        let shown = "SELECT concat_ws(' ', decided_by, verdict, log_odds, model, policy, site_id,
            ended_because) FROM decisions ORDER BY at";
        assert_eq!(
            rows(&connection, shown),
            [
                "anna hold 0.5 a p 7 replaced",
                "bea hold 0.5 a p 7 reworded",
                "cleo reject 4.5 b q 7 undone",
                "dora reject 4.5 b q 7",
            ]
        );
        let days = "SELECT concat_ws(' ', site_id, day, what, number) FROM day_tallies";
        assert_eq!(
            rows(&connection, days),
            [
                "7 0 accept 1",
                "7 0 decided-accept 1",
                "7 0 decided-only 1",
                "7 0 hold 1",
                "7 1 decided-reject 1",
                "7 1 reject 1",
                "7 1 reject-spam 1",
            ]
        );
    }
}
