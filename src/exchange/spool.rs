//! The entries of a file, put in the order of time on disk: files are in the
//! order of posts, and what is learnt must not come before it was known.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::refused::Refused;
use super::report::Report;
use crate::domain::{Author, Comment, Post};
use crate::service::{Moderation, OldComment};

/// How long what was fetched is gone on with.
const KEPT_FOR: Duration = Duration::from_hours(24);
const SOURCE: &str = "source";
const REPORT: &str = "report";
/// Rows between two commits.
const GROUP: u64 = 10_000;

/// An entry, with what its file says elsewhere of its post and its author.
pub struct Entry {
    pub old: OldComment,
    /// Key of [`Spool::post`].
    pub post: Option<String>,
    /// Key of [`Spool::person`].
    pub person: Option<String>,
}

impl From<OldComment> for Entry {
    fn from(old: OldComment) -> Self {
        Self {
            old,
            post: None,
            person: None,
        }
    }
}

/// An entry in its order.
#[derive(Debug)]
pub struct Spooled {
    pub line: u64,
    pub old: OldComment,
    place: (i64, i64),
}

/// The entries.
pub struct Spool {
    rows: Connection,
    pub report: Report,
    since_commit: u64,
    /// Where it is kept from one run to the next.
    kept: Option<PathBuf>,
}

const TABLES: &str = "
    CREATE TABLE entries (
        place INTEGER PRIMARY KEY, at INTEGER NOT NULL, line INTEGER NOT NULL,
        moderation INTEGER NOT NULL, post TEXT, person TEXT, body TEXT NOT NULL);
    CREATE TABLE posts (post TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE people (person TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE reached (what TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

impl Spool {
    /// An empty one, in a folder with room for the file's text. It has no name:
    /// nothing is left of it, however the program ends.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn new(folder: &Path) -> Result<Self, Refused> {
        let unwritable = |error: std::io::Error| {
            Refused::file(
                format!("{} cannot be written to ({error})", folder.display()),
                "name a data directory that can (--data)",
            )
        };
        let file = tempfile::Builder::new()
            .prefix("import")
            .tempfile_in(folder)
            .map_err(unwritable)?;
        let rows = Connection::open(file.path())?;
        // Nobody else opens it, and after a crash it begins anew.
        rows.execute_batch(&format!(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             {TABLES} BEGIN"
        ))?;
        file.close().map_err(unwritable)?;
        Ok(Self {
            rows,
            report: Report::default(),
            since_commit: 0,
            kept: None,
        })
    }

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

    /// Keeps an entry.
    ///
    /// # Errors
    /// The disk is full.
    pub fn add(&mut self, line: u64, entry: impl Into<Entry>) -> Result<(), Refused> {
        let entry = entry.into();
        let comment = &entry.old.comment;
        if comment.content.trim().is_empty() {
            self.report.skip(line, "has no text");
            return Ok(());
        }
        self.report.found(&entry.old);
        // Without a date it comes first: it is taken for older than all others.
        let at = comment
            .submitted_at
            .map_or(i64::MIN, |at| at.as_microsecond());
        let body = serde_json::to_string(comment).unwrap_or_default();
        self.rows
            .prepare_cached(
                "INSERT INTO entries (at, line, moderation, post, person, body)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                at,
                line as i64,
                number(entry.old.moderation),
                entry.post,
                entry.person,
                body
            ])?;
        self.since_commit += 1;
        if self.since_commit >= GROUP {
            self.since_commit = 0;
            if self.kept.is_none() {
                self.rows.execute_batch("COMMIT; BEGIN")?;
            }
        }
        Ok(())
    }

    /// Leaves an entry out; the reason is to be read after "it".
    pub fn skip(&mut self, line: u64, reason: &str) {
        self.report.skip(line, reason);
    }

    /// What is known of a post that entries name.
    ///
    /// # Errors
    /// The disk is full.
    pub fn post(&mut self, key: &str, post: &Post) -> Result<(), Refused> {
        let body = serde_json::to_string(post).unwrap_or_default();
        self.rows
            .prepare_cached("INSERT OR REPLACE INTO posts VALUES (?, ?)")?
            .execute([key, &body])?;
        Ok(())
    }

    /// What is known of an author that entries name.
    ///
    /// # Errors
    /// The disk is full.
    pub fn person(&mut self, key: &str, author: &Author) -> Result<(), Refused> {
        let body = serde_json::to_string(author).unwrap_or_default();
        self.rows
            .prepare_cached("INSERT OR REPLACE INTO people VALUES (?, ?)")?
            .execute([key, &body])?;
        Ok(())
    }

    /// Ends the reading; returns how many entries there are.
    ///
    /// # Errors
    /// The disk is full.
    pub fn sort(&mut self) -> Result<u64, Refused> {
        self.rows
            .execute_batch("CREATE INDEX IF NOT EXISTS in_order ON entries (at, place); COMMIT")?;
        let count: i64 = self
            .rows
            .query_row("SELECT count(*) FROM entries", [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The next entries in the order of time.
    ///
    /// # Errors
    /// The disk failed.
    pub fn after(&self, last: Option<&Spooled>, limit: usize) -> Result<Vec<Spooled>, Refused> {
        let (at, place) = last.map_or((i64::MIN, 0), |last| last.place);
        let mut statement = self.rows.prepare_cached(
            "SELECT at, place, line, moderation, post, person, body FROM entries
             WHERE (at, place) > (?, ?) ORDER BY at, place LIMIT ?",
        )?;
        let mut rows = statement.query(params![at, place, limit as i64])?;
        let mut spooled = Vec::with_capacity(limit);
        while let Some(row) = rows.next()? {
            let mut comment: Comment = read(&row.get::<_, String>("body")?)?;
            if let Some(post) = self.body_of("posts", "post", row.get("post")?)? {
                comment.post = read(&post)?;
            }
            if let Some(person) = self.body_of("people", "person", row.get("person")?)? {
                let known: Author = read(&person)?;
                let author = comment.author;
                comment.author = Author {
                    ip: author.ip,
                    user_id: author.user_id.or(known.user_id.clone()),
                    ..known
                };
            }
            spooled.push(Spooled {
                line: row.get::<_, i64>("line")?.unsigned_abs(),
                old: OldComment {
                    comment,
                    moderation: moderation(row.get("moderation")?),
                },
                place: (row.get("at")?, row.get("place")?),
            });
        }
        Ok(spooled)
    }

    fn body_of(
        &self,
        table: &str,
        column: &str,
        key: Option<String>,
    ) -> Result<Option<String>, Refused> {
        let Some(key) = key else {
            return Ok(None);
        };
        let sql = format!("SELECT body FROM {table} WHERE {column} = ?");
        let mut statement = self.rows.prepare_cached(&sql)?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
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

fn read<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, Refused> {
    serde_json::from_str(body).map_err(|error| {
        Refused::file(
            format!("what was kept of it cannot be read back ({error})"),
            "run it again",
        )
    })
}

const MODERATIONS: [Moderation; 5] = [
    Moderation::Approved,
    Moderation::Spam,
    Moderation::Trashed,
    Moderation::Pending,
    Moderation::Unknown,
];

fn number(moderation: Moderation) -> i64 {
    let place = MODERATIONS.iter().position(|one| *one == moderation);
    place.unwrap_or(MODERATIONS.len() - 1) as i64
}

fn moderation(number: i64) -> Moderation {
    let place = usize::try_from(number).unwrap_or(usize::MAX);
    MODERATIONS
        .get(place)
        .copied()
        .unwrap_or(Moderation::Unknown)
}
