//! Labelled comments, as what learns from them reads them.

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::{comment_id, from_json, label as read_label, time};
use crate::domain::{BY_API, BY_BLOG, Comment, GivenLabel, Sample, SiteId};
use crate::store::{SiteLabel, StoreError};

/// Every labelled comment whose text is not forgotten, in a fixed order.
pub(super) fn samples(connection: &Connection) -> Result<Vec<Sample>, StoreError> {
    let given = given(connection)?.into_iter();
    Ok(given.map(|label| label.sample).collect())
}

/// The same with who labelled them.
pub(super) fn given(connection: &Connection) -> Result<Vec<GivenLabel>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT labels.body, labels.label, sites.name, labels.comment_id, labels.at,
                decisions.decided_by
         FROM labels JOIN sites USING (site_id)
         LEFT JOIN decisions ON decisions.decision_id = labels.decision_id
         WHERE labels.body IS NOT NULL ORDER BY labels.comment_id",
    )?;
    let mut rows = statement.query([])?;
    let mut given = Vec::new();
    while let Some(row) = rows.next()? {
        let by: Option<String> = row.get(5)?;
        given.push(GivenLabel {
            comment_id: comment_id(row, "comment_id")?,
            at: time(row.get(4)?)?,
            by: by.filter(|by| by != BY_API && by != BY_BLOG),
            sample: Sample {
                comment: from_json(&row.get::<_, String>(0)?, "a labelled comment")?,
                label: read_label(&row.get::<_, String>(1)?)?,
                site: row.get(2)?,
                lang: None,
            },
        });
    }
    Ok(given)
}

/// The newest labels of a site, the oldest of them first.
pub(super) fn newest(
    connection: &Connection,
    site: SiteId,
    limit: usize,
) -> Result<Vec<SiteLabel>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT comment_id, label, at FROM labels
         WHERE site_id = ? AND body IS NOT NULL ORDER BY at DESC, comment_id DESC LIMIT ?",
    )?;
    let mut rows = statement.query(params![site.0, limit as i64])?;
    let mut labels = Vec::new();
    while let Some(row) = rows.next()? {
        labels.push(SiteLabel {
            comment_id: comment_id(row, "comment_id")?,
            label: read_label(&row.get::<_, String>("label")?)?,
            at: time(row.get("at")?)?,
        });
    }
    labels.reverse();
    Ok(labels)
}

pub(super) fn comments(
    connection: &Connection,
    site: SiteId,
    labels: Vec<SiteLabel>,
) -> Result<Vec<(SiteLabel, Comment)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM labels WHERE comment_id = ? AND site_id = ? AND body IS NOT NULL",
    )?;
    let mut comments = Vec::with_capacity(labels.len());
    for label in labels {
        let body: Option<String> = statement
            .query_row(params![label.comment_id.0.as_bytes(), site.0], |row| {
                row.get(0)
            })
            .optional()?;
        if let Some(body) = body {
            comments.push((label, from_json(&body, "a labelled comment")?));
        }
    }
    Ok(comments)
}
