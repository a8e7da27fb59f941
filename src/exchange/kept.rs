//! A spool that a later run goes on with: what comes over the network need not come
//! twice.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};

use super::refused::Refused;
use super::report::Report;
use super::spool::{Spool, TABLES, read};

/// How long what was fetched is gone on with.
const KEPT_FOR: Duration = Duration::from_hours(24);
const SOURCE: &str = "source";
const REPORT: &str = "report";

impl Spool {
    /// One that a later run goes on with, if it is for the same `source` and the
    /// last one began less than a day ago.
    ///
    /// # Errors
    /// The folder cannot be written to, or another run has it open.
    pub fn kept(path: &Path, source: &str) -> Result<Self, Refused> {
        let old = fs::metadata(path)
            .and_then(|about| about.created().or_else(|_| about.modified()))
            .is_ok_and(|began| began.elapsed().is_ok_and(|age| age > KEPT_FOR));
        if old {
            removed(path)?;
        }
        match Self::opened(path, source) {
            Ok(Some(spool)) => Ok(spool),
            // Of another blog, or of another version.
            Ok(None) => {
                removed(path)?;
                let again = Self::opened(path, source)?;
                again.ok_or_else(|| Refused::file("cannot be begun anew", "run it again"))
            }
            Err(error) => Err(error),
        }
    }

    fn opened(path: &Path, source: &str) -> Result<Option<Self>, Refused> {
        // The mode before the first byte: there will be addresses in it.
        OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)
            .map_err(|error| {
                Refused::file(
                    format!("{} cannot be written to ({error})", path.display()),
                    "name a data directory that can (--data)",
                )
            })?;
        let rows = Connection::open(path)?;
        rows.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE")?;
        let mut spool = Self {
            rows,
            report: Report::default(),
            since_commit: 0,
            kept: Some(path.to_owned()),
        };
        let known = spool
            .rows
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
                row.get::<_, i64>(0)
            })?;
        if known == 0 {
            spool.rows.execute_batch(TABLES)?;
            spool.reach(SOURCE, source)?;
        } else if spool.reached(SOURCE)?.as_deref() != Some(source) {
            return Ok(None);
        } else if let Some(report) = spool.reached(REPORT)? {
            spool.report = read(&report)?;
        }
        Ok(Some(spool))
    }

    /// What was reached of something before.
    ///
    /// # Errors
    /// The disk failed.
    pub fn reached(&self, what: &str) -> Result<Option<String>, Refused> {
        let mut statement = self
            .rows
            .prepare_cached("SELECT value FROM reached WHERE what = ?")?;
        Ok(statement.query_row([what], |row| row.get(0)).optional()?)
    }

    /// Keeps how far something is, with all that was added until now.
    ///
    /// # Errors
    /// The disk is full.
    pub fn reach(&mut self, what: &str, value: &str) -> Result<(), Refused> {
        let report = serde_json::to_string(&self.report).unwrap_or_default();
        for (what, value) in [(what, value), (REPORT, &report)] {
            self.rows
                .prepare_cached("INSERT OR REPLACE INTO reached VALUES (?, ?)")?
                .execute([what, value])?;
        }
        self.since_commit = 0;
        Ok(self.rows.execute_batch("COMMIT; BEGIN IMMEDIATE")?)
    }

    /// All was imported: nothing is kept any longer.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn done(self) -> Result<(), Refused> {
        match self.kept {
            Some(path) => removed(&path),
            None => Ok(()),
        }
    }
}

fn removed(path: &Path) -> Result<(), Refused> {
    let journal = path.with_extension("spool-journal");
    for file in [path, &journal] {
        match fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Refused::file(
                    format!("{} cannot be removed ({error})", file.display()),
                    "remove it by hand",
                ));
            }
            _ => {}
        }
    }
    Ok(())
}
