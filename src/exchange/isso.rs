//! Isso's database: comments and the threads they belong to.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Row};

use super::refused::Refused;
use super::spool::Spool;
use super::words::{ip, said, unix};
use crate::domain::{Author, Comment, Post};
use crate::service::{Moderation, OldComment};

/// The longest value that is read, in bytes.
const LONGEST: i32 = 16 * 1024 * 1024;
const REMEDY: &str = "name Isso's database (the setting `dbpath`); copy it first if Isso runs";

pub fn read(path: &Path, spool: &mut Spool) -> Result<(), Refused> {
    let unusable =
        |error: rusqlite::Error| Refused::file(format!("is no database of Isso ({error})"), REMEDY);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(unusable)?;
    // A stranger's file: nothing in its schema may do anything but hold rows.
    for (setting, value) in [
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
    ] {
        database.set_db_config(setting, value).map_err(unusable)?;
    }
    database
        .set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)
        .map_err(unusable)?;
    let mut statement = database
        .prepare(
            "SELECT comments.id, comments.parent, comments.created, comments.mode,
                comments.remote_addr, comments.text, comments.author, comments.email,
                comments.website, threads.uri, threads.title
             FROM comments LEFT JOIN threads ON threads.id = comments.tid ORDER BY comments.id",
        )
        .map_err(unusable)?;
    let mut rows = statement.query([]).map_err(unusable)?;
    while let Some(row) = rows.next().map_err(unusable)? {
        let (id, mode) = (row.get::<_, i64>(0), row.get::<_, i64>(3));
        let (id, mode) = (id.map_err(unusable)?, mode.map_err(unusable)?);
        let moderation = match mode {
            1 => Moderation::Approved,
            2 => Moderation::Pending,
            4 => {
                spool.skip(
                    id.unsigned_abs(),
                    "was deleted, and only answers keep its place",
                );
                continue;
            }
            _ => Moderation::Unknown,
        };
        let comment = comment(row, id).map_err(unusable)?;
        spool.add(
            id.unsigned_abs(),
            OldComment {
                comment,
                moderation,
            },
        )?;
    }
    Ok(())
}

fn comment(row: &Row<'_>, id: i64) -> rusqlite::Result<Comment> {
    let text = |column: usize| -> rusqlite::Result<Option<String>> {
        Ok(row.get::<_, Option<String>>(column)?.and_then(said))
    };
    Ok(Comment {
        id: Some(id.to_string()),
        parent_id: row
            .get::<_, Option<i64>>(1)?
            .map(|parent| parent.to_string()),
        submitted_at: row.get::<_, Option<f64>>(2)?.and_then(unix),
        content: text(5)?.unwrap_or_default(),
        author: Author {
            name: text(6)?,
            email: text(7)?,
            url: text(8)?,
            ip: text(4)?.as_deref().and_then(ip),
            ..Author::default()
        },
        post: Post {
            url: text(9)?,
            title: text(10)?,
            ..Post::default()
        },
        ..Comment::default()
    })
}
