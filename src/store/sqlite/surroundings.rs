//! What stands around a comment: what it answers, what it was, what is like it.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::alike::{self, Text};
use super::columns::{micros, time};
use super::comments::{select, stored};
use super::decisions;
use crate::domain::{Comment, CommentId, SiteId, Verdict};
use crate::store::{Alike, Around, EARLIER, EarlierText, StoreError, StoredComment};

/// Remembers what readers saw of the comment until now.
pub(super) fn keep_earlier(
    connection: &Connection,
    comment: i64,
    before: &Comment,
    until: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO earlier_texts (comment, until, content, author_name, author_url)
             VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            comment,
            micros(until),
            before.content,
            before.author.name,
            before.author.url,
        ])?;
    connection
        .prepare_cached(
            "DELETE FROM earlier_texts WHERE earlier IN
                (SELECT earlier FROM earlier_texts WHERE comment = ?
                 ORDER BY earlier DESC LIMIT -1 OFFSET ?)",
        )?
        .execute(params![comment, EARLIER as i64])?;
    Ok(())
}

pub(super) fn around(
    connection: &Connection,
    site: SiteId,
    ids: &[CommentId],
) -> Result<Vec<Around>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let comment = match decisions::comment(connection, site, *id) {
            Err(StoreError::NotFound) => {
                found.push(Around::default());
                continue;
            }
            comment => comment?,
        };
        let alike = match Text::of(connection, site, comment)? {
            Some(text) => alike::counted(&text.others(connection)?),
            None => Alike::default(),
        };
        found.push(Around {
            parent: parent(connection, site, comment)?,
            earlier: earlier(connection, comment)?,
            alike,
        });
    }
    Ok(found)
}

pub(super) fn alike_waiting(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<Vec<StoredComment>, StoreError> {
    let own = decisions::comment(connection, site, id)?;
    let others = match Text::of(connection, site, own)? {
        Some(text) => text.others(connection)?,
        None => Vec::new(),
    };
    let waiting = others
        .into_iter()
        .filter(|other| other.outcome == Verdict::Hold)
        .map(|other| other.comment);
    let mut numbers: Vec<i64> = waiting.chain([own]).collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.truncate(crate::store::ALIKE);
    let mut comments = Vec::with_capacity(numbers.len());
    for number in numbers {
        let one = one(connection, site, "comments.comment = :key", &number)?;
        comments.extend(one.filter(|one| one.verdict == Verdict::Hold && one.decision.is_none()));
    }
    Ok(comments)
}

pub(super) fn some(
    connection: &Connection,
    site: SiteId,
    ids: &[CommentId],
) -> Result<Vec<StoredComment>, StoreError> {
    let mut comments = Vec::with_capacity(ids.len());
    for id in ids {
        let id = id.0.as_bytes();
        comments.extend(one(connection, site, "comments.comment_id = :key", id)?);
    }
    Ok(comments)
}

fn one(
    connection: &Connection,
    site: SiteId,
    which: &str,
    key: &dyn ToSql,
) -> Result<Option<StoredComment>, StoreError> {
    connection
        .prepare_cached(&format!("{} AND {which}", select()))?
        .query_row(&[(":site", &site.0 as &dyn ToSql), (":key", key)], |row| {
            Ok(stored(row))
        })
        .optional()?
        .transpose()
}

fn parent(
    connection: &Connection,
    site: SiteId,
    comment: i64,
) -> Result<Option<StoredComment>, StoreError> {
    let own_id: Option<String> = connection
        .prepare_cached("SELECT body ->> '$.parent_id' FROM comments WHERE comment = ?")?
        .query_row([comment], |row| row.get(0))?;
    match own_id {
        Some(own_id) => one(connection, site, "comments.own_id = :key", &own_id),
        None => Ok(None),
    }
}

fn earlier(connection: &Connection, comment: i64) -> Result<Vec<EarlierText>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT until, content, author_name, author_url FROM earlier_texts
         WHERE comment = ? ORDER BY earlier",
    )?;
    let mut rows = statement.query([comment])?;
    let mut texts = Vec::new();
    while let Some(row) = rows.next()? {
        texts.push(EarlierText {
            until: time(row.get(0)?)?,
            content: row.get(1)?,
            author_name: row.get(2)?,
            author_url: row.get(3)?,
        });
    }
    Ok(texts)
}
