//! The one thread that writes. What waits while it commits is written together
//! in the next commit, so many requests share one wait for the disk.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::fault::wants_new_connection;
use super::open::{BUSY_TIMEOUT, Place};
use crate::store::StoreError;

/// Jobs that may wait before callers have to.
const QUEUE: usize = 1024;
/// Jobs that share one commit at most.
const GROUP: usize = 256;
/// Where so many came together, more are on their way: waiting a little for
/// them makes one commit of several (PostgreSQL's `commit_siblings` and
/// `commit_delay`). Who comes alone does not wait.
const SIBLINGS: usize = 3;
const GATHER: Duration = Duration::from_micros(300);
/// Jobs after which the WAL is copied into the database.
const CHECKPOINT_JOBS: usize = 512;
/// Pages of a WAL that is emptied even if readers have to be waited for.
const LARGE_WAL_PAGES: i64 = 8192;
const LARGE_WAL_WAIT: Duration = Duration::from_millis(100);

/// How many jobs were committed, and in how many commits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupCommits {
    pub jobs: u64,
    pub commits: u64,
}

/// A job is given the connection, or why there is none.
type Job = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Done + Send>;

/// A job that ran. Its caller hears of it once its group's commit is known.
struct Done {
    keep: bool,
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

#[derive(Debug, Default)]
struct Counters {
    jobs: AtomicU64,
    commits: AtomicU64,
}

/// The way to the writing thread. Dropping it waits for what is queued.
pub(super) struct Writer {
    /// `None` only while it is dropped.
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    counters: Arc<Counters>,
}

impl Writer {
    pub(super) fn start(place: Place, connection: Connection) -> Result<Self, StoreError> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let counters = Arc::new(Counters::default());
        let desk = Desk {
            place,
            connection: Some(connection),
            counters: Arc::clone(&counters),
            since_checkpoint: 0,
        };
        let thread = thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || desk.serve(jobs))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
            counters,
        })
    }

    /// Runs `work` in a transaction, alone or with others; an `Ok` is on disk.
    /// If it fails, nothing of it stays and the others are not touched.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let result = connection.and_then(|connection| {
                if answer.is_closed() {
                    return Err(StoreError::Unavailable("nobody waits for it".into()));
                }
                catch_unwind(AssertUnwindSafe(|| work(connection)))
                    .unwrap_or_else(|_| Err(StoreError::Unavailable("a write panicked".into())))
            });
            Done {
                keep: result.is_ok(),
                answer: Box::new(move |committed| {
                    // Nobody may wait any more.
                    let _ = answer.send(committed.and(result));
                }),
            }
        });
        let stopped = || StoreError::Unavailable("the writer has stopped".into());
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(job).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }

    pub(super) fn counts(&self) -> GroupCommits {
        GroupCommits {
            jobs: self.counters.jobs.load(Ordering::Relaxed),
            commits: self.counters.commits.load(Ordering::Relaxed),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            // A panic in the thread has been reported by the panic hook.
            let _ = thread.join();
        }
    }
}

/// The writing thread's own.
struct Desk {
    place: Place,
    /// `None` after a fault; the next group opens it again.
    connection: Option<Connection>,
    counters: Arc<Counters>,
    since_checkpoint: usize,
}

impl Desk {
    fn serve(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut waiting = Vec::with_capacity(GROUP);
        while jobs.blocking_recv_many(&mut waiting, GROUP) > 0 {
            if waiting.len() >= SIBLINGS {
                thread::sleep(GATHER);
                while waiting.len() < GROUP
                    && let Ok(job) = jobs.try_recv()
                {
                    waiting.push(job);
                }
            }
            let mut group = VecDeque::from(std::mem::take(&mut waiting));
            while !group.is_empty() {
                self.commit(&mut group);
            }
            self.checkpoint_if_due();
        }
        if let Some(connection) = &self.connection {
            let _ = checkpoint(connection, "TRUNCATE");
        }
    }

    /// Writes the group in one transaction and answers it. Where a job takes
    /// the whole transaction down, those behind it are left for another one.
    fn commit(&mut self, group: &mut VecDeque<Job>) {
        if let Err(fault) = self.begin() {
            tracing::warn!(%fault, "nothing could be written");
            let reason = match fault {
                StoreError::Unavailable(reason) => reason,
                other => other.to_string(),
            };
            for job in group.drain(..) {
                let done = job(Err(StoreError::Unavailable(reason.clone())));
                (done.answer)(Ok(()));
            }
            return;
        }
        let Some(connection) = &self.connection else {
            return;
        };
        let mut done = Vec::with_capacity(group.len());
        let mut outcome = Ok(());
        while let (Ok(()), Some(job)) = (&outcome, group.pop_front()) {
            let (one, kept) = in_savepoint(connection, job);
            done.push(one);
            outcome = kept;
        }
        let outcome = outcome.and_then(|()| connection.execute_batch("COMMIT"));
        match outcome {
            Ok(()) => {
                let kept = done.iter().filter(|one| one.keep).count();
                self.since_checkpoint += kept;
                if kept > 0 {
                    self.counters.jobs.fetch_add(kept as u64, Ordering::Relaxed);
                    self.counters.commits.fetch_add(1, Ordering::Relaxed);
                }
                for one in done {
                    (one.answer)(Ok(()));
                }
            }
            Err(fault) => {
                tracing::warn!(%fault, jobs = done.len(), "a commit failed");
                let rolled_back =
                    connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
                if !rolled_back || wants_new_connection(&fault) {
                    self.connection = None;
                } else {
                    // A WAL that is copied is written over: on a full disk that
                    // is the space nearest at hand.
                    let _ = checkpoint(connection, "PASSIVE");
                }
                let reason = fault.to_string();
                for one in done {
                    (one.answer)(Err(StoreError::Unavailable(reason.clone())));
                }
            }
        }
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.place.writer()?,
        };
        let begun = connection
            .prepare_cached("BEGIN IMMEDIATE")
            .and_then(|mut begin| begin.execute([]));
        match begun {
            Ok(_) => {
                self.connection = Some(connection);
                Ok(())
            }
            Err(fault) => {
                if connection.is_autocommit() && !wants_new_connection(&fault) {
                    self.connection = Some(connection);
                }
                Err(fault.into())
            }
        }
    }

    /// After the answers: nobody should wait for this.
    fn checkpoint_if_due(&mut self) {
        let Some(connection) = &self.connection else {
            return;
        };
        if self.since_checkpoint < CHECKPOINT_JOBS {
            return;
        }
        self.since_checkpoint = 0;
        let pages = checkpoint(connection, "PASSIVE");
        if pages.is_ok_and(|pages| pages > LARGE_WAL_PAGES) {
            // A reader that is stuck may hold up the writes for a moment only.
            let _ = connection.busy_timeout(LARGE_WAL_WAIT);
            let _ = checkpoint(connection, "TRUNCATE");
            let _ = connection.busy_timeout(BUSY_TIMEOUT);
        }
    }
}

/// Copies the WAL into the database; returns how many pages the WAL had. A
/// failure loses nothing: the WAL stays, and the next one tries again.
fn checkpoint(connection: &Connection, mode: &str) -> rusqlite::Result<i64> {
    connection.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
        row.get(1)
    })
}

/// Runs one job so that its failure is its own. An error is one of the whole
/// transaction.
fn in_savepoint(connection: &Connection, job: Job) -> (Done, rusqlite::Result<()>) {
    if let Err(fault) = cached(connection, "SAVEPOINT job") {
        let done = job(Err(StoreError::Unavailable(fault.to_string())));
        return (done, Err(fault));
    }
    let done = job(Ok(connection));
    let ended = if connection.is_autocommit() {
        // A full disk or an I/O error has ended the transaction for all.
        Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
            Some("the disk is full, or failed".into()),
        ))
    } else if done.keep {
        cached(connection, "RELEASE job")
    } else {
        cached(connection, "ROLLBACK TO job").and_then(|()| cached(connection, "RELEASE job"))
    };
    (done, ended)
}

fn cached(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(|_| ())
}
