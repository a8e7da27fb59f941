//! Connections that only read, beside the writer: in WAL mode neither waits for
//! the other.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::open::Place;
use crate::store::StoreError;

/// A few connections and the queue for them.
pub(super) struct Readers {
    place: Place,
    idle: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// At most `size` connections, opened when they are first needed.
    pub(super) fn new(place: Place, size: usize) -> Self {
        Self {
            place,
            idle: Arc::new(Mutex::new(Vec::with_capacity(size))),
            permits: Arc::new(Semaphore::new(size)),
        }
    }

    /// Runs `work` on one state of the database, off the async threads.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let failed = |_| StoreError::Unavailable("a read panicked".into());
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Unavailable("the readers have stopped".into()))?;
        let idle = Arc::clone(&self.idle);
        let place = self.place.clone();
        spawn_blocking(move || {
            let waiting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match waiting {
                Some(connection) => connection,
                None => place.reader()?,
            };
            let (result, whole) = in_snapshot(&connection, work);
            if whole {
                idle.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(connection);
            }
            drop(permit);
            result
        })
        .await
        .map_err(failed)?
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
    let broken = matches!(
        result,
        Err(StoreError::Unavailable(_) | StoreError::Corrupt(_))
    );
    (result, ended && !broken)
}

fn cached(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(|_| ())
}
