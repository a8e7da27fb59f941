//! All that is kept about one comment, for whoever has a right to know.

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::{from_json, label as read_label, time};
use super::comments;
use crate::domain::{CommentId, SiteId};
use crate::store::{Kept, KeptLabel, KeptMessage, ModelHash, StoreError};

pub(super) fn read(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<Kept, StoreError> {
    let file = match comments::file(connection, site, id) {
        Ok(file) => Some(file),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let label = label(connection, site, id)?;
    if file.is_none() && label.is_none() {
        return Err(StoreError::NotFound);
    }
    let texts = |sql: &str| -> Result<Vec<String>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![site.0, id.0.as_bytes()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let models = texts(
        "SELECT model_hash FROM trained_with JOIN sample_sets USING (sample_set)
         WHERE ?1 IS NOT NULL AND comment_id = ?2 ORDER BY model_hash",
    )?;
    Ok(Kept {
        file,
        label,
        messages: messages(connection, site, id)?,
        requests: texts(
            "SELECT key FROM idempotency INDEXED BY requests_of_a_comment
             WHERE site_id = ? AND comment_id = ? ORDER BY key",
        )?,
        callback: texts(
            "SELECT url FROM callbacks JOIN comments USING (comment)
             WHERE site_id = ? AND comment_id = ?",
        )?
        .pop(),
        models: models.into_iter().map(ModelHash).collect(),
    })
}

fn label(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<Option<KeptLabel>, StoreError> {
    let row: Option<(String, i64, Option<String>)> = connection
        .prepare_cached("SELECT label, at, body FROM labels WHERE site_id = ? AND comment_id = ?")?
        .query_row(params![site.0, id.0.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((label, at, text)) = row else {
        return Ok(None);
    };
    Ok(Some(KeptLabel {
        label: read_label(&label)?,
        at: time(at)?,
        text: text
            .map(|text| from_json(&text, "a labelled comment"))
            .transpose()?,
    }))
}

fn messages(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<Vec<KeptMessage>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT messages.at, messages.state, messages.event
         FROM comments CROSS JOIN messages USING (comment)
         WHERE comments.site_id = ? AND comments.comment_id = ? ORDER BY message",
    )?;
    let mut rows = statement.query(params![site.0, id.0.as_bytes()])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        messages.push(KeptMessage {
            at: time(row.get(0)?)?,
            state: row.get(1)?,
            event: from_json(&row.get::<_, String>(2)?, "a message")?,
        });
    }
    Ok(messages)
}
