//! One comment as it is read, with its file.

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::columns::{self, comment_id, from_json, time};
use super::decisions::{self, DECISION};
use crate::domain::{CommentId, SiteId};
use crate::store::{CommentFile, StoreError, StoredComment};

/// What is common to both, with the decision in force.
pub(super) fn select() -> String {
    format!(
        "SELECT {DECISION}, comments.comment, comments.comment_id, comments.body,
            comments.received_at, comments.updated_at, comments.verdict, comments.log_odds,
            comments.lesson, comments.label
         FROM comments LEFT JOIN decisions ON decisions.decision_id = comments.decision_id
         WHERE comments.site_id = :site"
    )
}

pub(super) fn file(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<CommentFile, StoreError> {
    let (comment, stored) = connection
        .prepare_cached(&format!("{} AND comments.comment_id = :id", select()))?
        .query_row(
            &[(":site", &site.0 as &dyn ToSql), (":id", id.0.as_bytes())],
            |row| Ok((row.get("comment")?, stored(row))),
        )
        .optional()?
        .ok_or(StoreError::NotFound)?;
    Ok(CommentFile {
        stored: stored?,
        judgements: judgements(connection, comment)?,
        decisions: decisions::all(connection, comment)?,
    })
}

pub(super) fn by_own_id(
    connection: &Connection,
    site: SiteId,
    own_id: &str,
) -> Result<Option<CommentId>, StoreError> {
    connection
        .prepare_cached("SELECT comment_id FROM comments WHERE site_id = ? AND own_id = ?")?
        .query_row(params![site.0, own_id], |row| {
            Ok(comment_id(row, "comment_id"))
        })
        .optional()?
        .transpose()
}

pub(super) fn stored(row: &Row<'_>) -> Result<StoredComment, StoreError> {
    let decided = row.get_ref(0)? != rusqlite::types::ValueRef::Null;
    Ok(StoredComment {
        comment_id: comment_id(row, "comment_id")?,
        comment: from_json(
            row.get_ref("body")?.as_str().unwrap_or_default(),
            "a comment",
        )?,
        received_at: time(row.get("received_at")?)?,
        updated_at: time(row.get("updated_at")?)?,
        verdict: columns::verdict(&row.get::<_, String>("verdict")?)?,
        log_odds: row.get("log_odds")?,
        lesson: row.get("lesson")?,
        label: row
            .get::<_, Option<String>>("label")?
            .as_deref()
            .map(columns::label)
            .transpose()?,
        decision: decided.then(|| decisions::read(row, 0)).transpose()?,
    })
}

fn judgements(
    connection: &Connection,
    comment: i64,
) -> Result<Vec<(jiff::Timestamp, crate::domain::Judgement)>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT at, body FROM judgements WHERE comment = ? ORDER BY judgement")?;
    let mut rows = statement.query([comment])?;
    let mut judgements = Vec::new();
    while let Some(row) = rows.next()? {
        let judgement = from_json(&row.get::<_, String>(1)?, "a judgement")?;
        judgements.push((time(row.get(0)?)?, judgement));
    }
    Ok(judgements)
}
