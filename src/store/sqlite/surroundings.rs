//! What stands around a comment: what it answers, what it was, what is like it.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::columns::{micros, time};
use super::comments::{select, stored};
use super::decisions;
use crate::domain::{Comment, CommentId, SiteId, Verdict};
use crate::store::{ALIKE, Alike, Around, EARLIER, EarlierText, StoreError, StoredComment};

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
        found.push(Around {
            parent: parent(connection, site, comment)?,
            earlier: earlier(connection, comment)?,
            alike: alike(connection, comment)?,
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
    let campaign: Option<i64> = connection
        .prepare_cached("SELECT campaign FROM comments WHERE comment = ?")?
        .query_row([own], |row| row.get(0))?;
    let Some(campaign) = campaign else {
        let one = one(connection, site, OF_COMMENT, &own)?;
        let waits = |one: &StoredComment| one.verdict == Verdict::Hold && one.decision.is_none();
        return Ok(one.into_iter().filter(waits).collect());
    };
    let mut statement = connection.prepare_cached(&waiting_of_campaign())?;
    let values: [(&str, &dyn ToSql); 3] = [
        (":site", &site.0),
        (":campaign", &campaign),
        (":limit", &(ALIKE as i64)),
    ];
    let mut rows = statement.query(&values)?;
    let mut comments = Vec::new();
    while let Some(row) = rows.next()? {
        comments.push(stored(row)?);
    }
    Ok(comments)
}

fn waiting_of_campaign() -> String {
    format!(
        "{} AND comments.campaign = :campaign
            AND +comments.verdict = 'hold' AND +comments.decision IS NULL
         ORDER BY comments.comment_id DESC LIMIT :limit",
        select()
    )
}

/// The other comments of the comment's campaign.
fn alike(connection: &Connection, comment: i64) -> Result<Alike, StoreError> {
    let counts = connection
        .prepare_cached(
            "SELECT accepted - (outcome = 'accept'), rejected - (outcome = 'reject'),
                waiting - (outcome = 'hold')
             FROM comments JOIN campaigns USING (campaign) WHERE comment = ?",
        )?
        .query_row([comment], |row| {
            let count = |place| row.get::<_, i64>(place).map(i64::unsigned_abs);
            Ok(Alike {
                accepted: count(0)?,
                rejected: count(1)?,
                waiting: count(2)?,
            })
        })
        .optional()?;
    Ok(counts.unwrap_or_default())
}

pub(super) fn some(
    connection: &Connection,
    site: SiteId,
    ids: &[CommentId],
) -> Result<Vec<StoredComment>, StoreError> {
    let mut comments = Vec::with_capacity(ids.len());
    for id in ids {
        comments.extend(one(connection, site, OF_ID, id.0.as_bytes())?);
    }
    Ok(comments)
}

/// By what [`one`] finds a comment.
const OF_COMMENT: &str = "comments.comment = :key";
const OF_ID: &str = "comments.comment_id = :key";
const OF_OWN_ID: &str = "comments.own_id = :key";

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
        Some(own_id) => one(connection, site, OF_OWN_ID, &own_id),
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

#[cfg(test)]
mod tests {
    use super::super::plan::assert_no_scan;
    use super::*;

    #[test]
    fn no_statement_walks_through_the_comments() {
        assert_no_scan(&waiting_of_campaign());
        for which in [OF_COMMENT, OF_ID, OF_OWN_ID] {
            assert_no_scan(&format!("{} AND {which}", select()));
        }
    }
}
