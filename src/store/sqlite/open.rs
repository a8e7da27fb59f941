//! Opens the database's file, with the settings that keep it whole and private.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};

use super::migrate::migrate;
use crate::store::StoreError;

/// Older ones can corrupt a WAL database that two connections write and
/// checkpoint at once.
const OLDEST_SQLITE: i32 = 3_051_003;
/// How long a writer waits for one of another process.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Between two tries to switch a new file to WAL.
const SWITCH_AGAIN: Duration = Duration::from_millis(5);
/// Of each reader.
const READER_CACHE_KIB: i64 = 8 * 1024;
/// More than the store has statements.
const CACHED_STATEMENTS: usize = 128;
/// A WAL that grew larger is cut back to this.
const WAL_BYTES: i64 = 64 * 1024 * 1024;
/// Pages in the WAL after which a commit checkpoints by itself; the writer
/// does it earlier, and when nobody waits for the answer.
const WAL_PAGES: i64 = 4096;

/// What an owner may set.
#[derive(Debug, Clone, Copy, Default)]
pub struct SqliteOptions {
    /// The database may grow to at most this many bytes.
    pub max_bytes: Option<u64>,
}

/// Where the database is, and how to open it (again).
#[derive(Debug, Clone)]
pub(super) struct Place {
    path: Arc<Path>,
    options: SqliteOptions,
}

impl Place {
    /// Makes the file if there is none, and brings its tables up to date.
    pub(super) fn open(
        path: &Path,
        options: SqliteOptions,
    ) -> Result<(Self, Connection), StoreError> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(StoreError::Unavailable(format!(
                "this hamgate was built with SQLite {}, which can corrupt databases; \
                 build it with 3.51.3 or newer",
                rusqlite::version()
            )));
        }
        create_private(path)?;
        let place = Self {
            path: path.into(),
            options,
        };
        let mut writer = place.writer()?;
        migrate(&mut writer)?;
        Ok((place, writer))
    }

    /// A connection that may write.
    pub(super) fn writer(&self) -> Result<Connection, StoreError> {
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        switch_to_wal(&connection)?;
        if connection.is_readonly(MAIN_DB)? {
            // SQLite opens for reading what it cannot write, and such a
            // connection would stay so when the database can be written again.
            return Err(StoreError::Unavailable("the database is read-only".into()));
        }
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "journal_size_limit", WAL_BYTES)?;
        connection.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        if let Some(bytes) = self.options.max_bytes {
            let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
            let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page.max(1);
            connection.pragma_update(None, "max_page_count", pages.clamp(1, 0xFFFF_FFFE))?;
        }
        Ok(connection)
    }

    /// A connection that cannot write.
    pub(super) fn reader(&self) -> Result<Connection, StoreError> {
        let connection = self.connect(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.pragma_update(None, "query_only", "ON")?;
        connection.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
        Ok(connection)
    }

    fn connect(&self, mode: OpenFlags) -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(
            &self.path,
            // Each connection is used by one thread at a time.
            mode | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        #[cfg(test)]
        let connection = super::plans::watched(connection)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        // Without it SQLite plans a cached statement anew for other parameters,
        // which costs more than to run it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "trusted_schema", "OFF")?;
        // A mapped file turns a read error into a signal that ends the process.
        connection.pragma_update(None, "mmap_size", 0)?;
        Ok(connection)
    }
}

/// Two connections that switch a new file at once are both told that it is
/// locked: to upgrade a read lock SQLite does not call the busy handler, for
/// waiting could be for ever. This waits as long as any other writer does.
fn switch_to_wal(connection: &Connection) -> Result<(), rusqlite::Error> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && begun.elapsed() < BUSY_TIMEOUT =>
            {
                std::thread::sleep(SWITCH_AGAIN);
            }
            outcome => return outcome,
        }
    }
}

/// SQLite gives its WAL the permissions of the database, so these decide for
/// all of its files, whatever the umask.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        // Not opened: closing it again would drop the locks that another
        // connection of this process holds on it.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::Unavailable(format!(
            "{} could not be created: {error}",
            path.display()
        ))),
    }
}
