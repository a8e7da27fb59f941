//! Comments in SQLite. What a call has stored is on disk when it returns.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

/// A comment as readers and its author see it.
#[derive(Debug, Clone)]
pub struct Comment {
    pub id: String,
    /// The slug of its post.
    pub post: String,
    /// The comment that it answers.
    pub parent: Option<String>,
    pub name: String,
    pub url: Option<String>,
    pub text: String,
    pub written_at: Timestamp,
    pub state: State,
    /// Whether a person decided, and not the filter alone.
    pub by_person: bool,
}

/// Only `Published` is seen by everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// hamgate could not be reached yet.
    Unasked,
    /// Waits for a person.
    Held,
    Published,
    Refused,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Unasked => "unasked",
            Self::Held => "held",
            Self::Published => "published",
            Self::Refused => "refused",
        }
    }

    fn read(text: &str) -> Self {
        [Self::Held, Self::Published, Self::Refused]
            .into_iter()
            .find(|state| state.as_str() == text)
            .unwrap_or(Self::Unasked)
    }
}

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS comments (
        id TEXT PRIMARY KEY,
        post TEXT NOT NULL,
        parent TEXT REFERENCES comments (id),
        name TEXT NOT NULL,
        url TEXT,
        text TEXT NOT NULL,
        written_at INTEGER NOT NULL,        -- milliseconds since 1970
        state TEXT NOT NULL,
        by_person INTEGER NOT NULL DEFAULT 0,
        -- When the newest word about it was said, in milliseconds.
        changed_at INTEGER NOT NULL DEFAULT 0,
        -- What hamgate is to be asked, until it has answered. It holds the
        -- author's e-mail and IP, which the blog has no other use for.
        request TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS comments_by_post ON comments (post, state, written_at);
    -- Where authors of comments that were not published can object.
    CREATE TABLE IF NOT EXISTS appeals (
        id TEXT PRIMARY KEY REFERENCES comments (id),
        url TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS secret (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        bytes BLOB NOT NULL
    ) STRICT;
";

const COLUMNS: &str = "id, post, parent, name, url, text, written_at, state, by_person";

/// The comments of every post. Cheap to clone.
#[derive(Clone)]
pub struct Comments {
    database: Arc<Mutex<Connection>>,
}

impl Comments {
    /// Opens the file, and makes what is missing of it.
    pub fn open(path: &Path) -> Result<Self> {
        let database = Connection::open(path)?;
        database.pragma_update(None, "journal_mode", "WAL")?;
        database.pragma_update(None, "synchronous", "FULL")?;
        database.execute_batch(TABLES)?;
        Ok(Self {
            database: Arc::new(Mutex::new(database)),
        })
    }

    /// 32 random bytes, made once: forms signed before a restart stay valid.
    pub fn secret(&self) -> Result<[u8; 32]> {
        let mut fresh = [0; 32];
        getrandom::fill(&mut fresh).expect("the system has a random source");
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        database.execute("INSERT OR IGNORE INTO secret VALUES (1, ?1)", [fresh])?;
        database.query_row("SELECT bytes FROM secret", [], |row| row.get(0))
    }

    /// Keeps a comment that hamgate is to be asked about. The same id again
    /// changes nothing: a form can be sent twice.
    pub async fn add(&self, comment: Comment, request: String) -> Result<()> {
        self.run(move |database| {
            let insert = format!(
                "INSERT OR IGNORE INTO comments ({COLUMNS}, request)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            );
            let values = params![
                comment.id,
                comment.post,
                comment.parent,
                comment.name,
                comment.url,
                comment.text,
                comment.written_at.as_millisecond(),
                comment.state.as_str(),
                comment.by_person,
                request,
            ];
            database.execute(&insert, values).map(drop)
        })
        .await
    }

    /// hamgate has answered. A person who was quicker keeps the last word.
    pub async fn answered(
        &self,
        id: String,
        state: State,
        appeal_url: Option<String>,
    ) -> Result<()> {
        self.run(move |database| {
            database.execute(
                "UPDATE comments SET request = NULL WHERE id = ?1",
                [id.as_str()],
            )?;
            if let Some(url) = appeal_url {
                let keep = "INSERT OR REPLACE INTO appeals (id, url) VALUES (?1, ?2)";
                database.execute(keep, [id.as_str(), url.as_str()])?;
            }
            let update = "UPDATE comments SET state = ?2 WHERE id = ?1 AND state = 'unasked'";
            database.execute(update, [id.as_str(), state.as_str()])
        })
        .await
        .map(drop)
    }

    /// hamgate tells of a later decision, by a webhook. They may arrive twice
    /// and in any order; the one that was made last counts.
    pub async fn changed(
        &self,
        id: String,
        state: State,
        by_person: bool,
        at: Timestamp,
    ) -> Result<()> {
        self.run(move |database| {
            let update = "UPDATE comments SET state = ?2, by_person = ?3, changed_at = ?4
                 WHERE id = ?1 AND changed_at <= ?4";
            let at = at.as_millisecond();
            database.execute(update, params![id, state.as_str(), by_person, at])
        })
        .await
        .map(drop)
    }

    pub async fn one(&self, id: String) -> Result<Option<Comment>> {
        self.run(move |database| {
            let select = format!("SELECT {COLUMNS} FROM comments WHERE id = ?1");
            database.query_row(&select, [id], comment).optional()
        })
        .await
    }

    /// Where the author of the comment can object, if hamgate said so.
    pub async fn appeal_url(&self, id: String) -> Result<Option<String>> {
        self.run(move |database| {
            let select = "SELECT url FROM appeals WHERE id = ?1";
            database
                .query_row(select, [id], |row| row.get(0))
                .optional()
        })
        .await
    }

    /// What everybody may see below a post, oldest first.
    pub async fn published(&self, post: &'static str) -> Result<Vec<Comment>> {
        self.run(move |database| {
            let select = format!(
                "SELECT {COLUMNS} FROM comments WHERE post = ?1 AND state = 'published'
                 ORDER BY written_at, id"
            );
            let mut select = database.prepare_cached(&select)?;
            select.query_map([post], comment)?.collect()
        })
        .await
    }

    /// How many comments each post shows.
    pub async fn counts(&self) -> Result<Vec<(String, u32)>> {
        self.run(|database| {
            let mut select = database.prepare_cached(
                "SELECT post, count(*) FROM comments WHERE state = 'published' GROUP BY post",
            )?;
            select
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .await
    }

    /// Ids and requests that hamgate has not answered, oldest first.
    pub async fn unanswered(&self) -> Result<Vec<(String, String)>> {
        self.run(|database| {
            let mut select = database.prepare_cached(
                "SELECT id, request FROM comments WHERE request IS NOT NULL ORDER BY written_at",
            )?;
            select
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .await
    }

    /// A commit waits for the disk; the threads that serve pages do not.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let database = Arc::clone(&self.database);
        tokio::task::spawn_blocking(move || {
            work(&database.lock().unwrap_or_else(PoisonError::into_inner))
        })
        .await
        .expect("a statement does not panic")
    }
}

fn comment(row: &Row<'_>) -> Result<Comment> {
    let written_at: i64 = row.get("written_at")?;
    let state: String = row.get("state")?;
    Ok(Comment {
        id: row.get("id")?,
        post: row.get("post")?,
        parent: row.get("parent")?,
        name: row.get("name")?,
        url: row.get("url")?,
        text: row.get("text")?,
        written_at: Timestamp::from_millisecond(written_at).unwrap_or(Timestamp::UNIX_EPOCH),
        state: State::read(&state),
        by_person: row.get("by_person")?,
    })
}
