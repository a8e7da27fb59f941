//! Connections that only read, beside the writer: in WAL mode neither waits for
//! the other.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::open::Place;
use crate::store::StoreError;

/// Long reads that run at once; the rest waits, so that they never keep the
/// processors or the disk from the short ones.
const LONG_READS: usize = 2;

/// Connections for as many reads as run at once, opened when they are needed.
pub(super) struct Readers {
    idle: Arc<Idle>,
    long: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(place: Place) -> Self {
        Self {
            idle: Arc::new(Idle {
                place,
                connections: Mutex::new(Vec::new()),
            }),
            long: Arc::new(Semaphore::new(LONG_READS)),
        }
    }

    /// Runs `work`, which looks up a few rows by key, where it is called: such a
    /// read takes some 20 µs, and handing it to another thread and back 50 more.
    pub(super) fn short<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.idle.read(|connection| in_snapshot(connection, work))
    }

    /// Runs `work`, a single statement that looks up a few rows by key: its own
    /// snapshot will do, and the two statements around it are saved.
    pub(super) fn single<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.idle.read(|connection| {
            let result = work(connection);
            let whole = !is_broken(&result);
            (result, whole)
        })
    }

    /// Runs `work`, which may walk through a whole table, off the async threads.
    pub(super) async fn long<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.long)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Unavailable("the readers have stopped".into()))?;
        let idle = Arc::clone(&self.idle);
        let read = spawn_blocking(move || {
            let result = idle.read(|connection| in_snapshot(connection, work));
            drop(permit);
            result
        });
        read.await
            .map_err(|_| StoreError::Unavailable("a read panicked".into()))?
    }
}

/// Connections that nobody uses now.
struct Idle {
    place: Place,
    connections: Mutex<Vec<Connection>>,
}

impl Idle {
    /// `work` also says whether the connection may be used again.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> (Result<T, StoreError>, bool),
    ) -> Result<T, StoreError> {
        let waiting = self.lock().pop();
        let connection = match waiting {
            Some(connection) => connection,
            None => self.place.reader()?,
        };
        let (result, whole) = work(&connection);
        if whole {
            self.lock().push(connection);
        }
        result
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// One transaction for all statements of `work`: they see the same state, and
/// take SQLite's locks once. Also says whether the connection may be used again.
fn in_snapshot<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> (Result<T, StoreError>, bool) {
    if let Err(fault) = cached(connection, "BEGIN") {
        return (Err(fault.into()), false);
    }
    let result = work(connection);
    let ended = cached(connection, "COMMIT").is_ok();
    let whole = ended && !is_broken(&result);
    (result, whole)
}

fn is_broken<T>(result: &Result<T, StoreError>) -> bool {
    matches!(
        result,
        Err(StoreError::Unavailable(_) | StoreError::Corrupt(_))
    )
}

fn cached(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(|_| ())
}
