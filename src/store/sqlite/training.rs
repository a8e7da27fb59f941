//! What models are made from, and how well they do where they judge.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::columns::{self, comment_id, from_json, label as read_label, time};
use crate::domain::{CommentId, DecisionKind, Label, SiteId, Verdict};
use crate::store::{LiveCounts, StoreError, TrainingLabel};

pub(super) fn labels(
    connection: &Connection,
    after: Option<CommentId>,
    limit: usize,
) -> Result<Vec<TrainingLabel>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT labels.comment_id, labels.site_id, sites.name, labels.label, labels.at,
            decisions.decided_by, labels.body
         FROM labels CROSS JOIN sites ON sites.site_id = labels.site_id
         LEFT JOIN decisions ON decisions.decision_id = labels.decision_id
         WHERE labels.comment_id > ? AND labels.body IS NOT NULL
         ORDER BY labels.comment_id LIMIT ?",
    )?;
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![after.as_bytes(), limit])?;
    let mut labels = Vec::new();
    while let Some(row) = rows.next()? {
        labels.push(TrainingLabel {
            comment_id: comment_id(row, "comment_id")?,
            site: SiteId(row.get(1)?),
            site_name: row.get(2)?,
            label: read_label(&row.get::<_, String>(3)?)?,
            at: time(row.get(4)?)?,
            by: row.get(5)?,
            comment: from_json(&row.get::<_, String>(6)?, "a labelled comment")?,
        });
    }
    Ok(labels)
}

pub(super) fn changes(connection: &Connection) -> Result<u64, StoreError> {
    let changes: i64 = connection
        .prepare_cached("SELECT ifnull(sum(label_changes), 0) FROM sites")?
        .query_row([], |row| row.get(0))?;
    Ok(changes.unsigned_abs())
}

/// Ids of comments begin with their time (RFC 9562, version 7), so each part of
/// the index by state is read from `since` on.
pub(super) fn live(connection: &Connection, since: Timestamp) -> Result<LiveCounts, StoreError> {
    let millis = u64::try_from(since.as_millisecond()).unwrap_or(0);
    let mut first = [0; 16];
    first[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    let sites: Vec<i64> = connection
        .prepare_cached("SELECT site_id FROM sites")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut statement = connection.prepare_cached(
        "SELECT label, count(*) FROM comments INDEXED BY comments_by_state
         WHERE site_id = ? AND verdict = ? AND decision IS ? AND comment_id >= ?
         GROUP BY label",
    )?;
    let decisions = [None, Some(DecisionKind::Accept), Some(DecisionKind::Reject)];
    let mut counts = LiveCounts::default();
    for site in sites {
        for (verdict, decision) in Verdict::ALL
            .into_iter()
            .flat_map(|verdict| decisions.map(|decision| (verdict, decision)))
        {
            let decision = decision.map(DecisionKind::as_str);
            let mut rows = statement.query(params![site, verdict.as_str(), decision, first])?;
            while let Some(row) = rows.next()? {
                let label = row.get::<_, Option<String>>(0)?;
                let comments = row.get::<_, i64>(1)?.unsigned_abs();
                counts.all[verdict as usize] += comments;
                match label.as_deref().map(columns::label).transpose()? {
                    Some(Label::Ham) => counts.ham[verdict as usize] += comments,
                    Some(Label::Spam) => counts.spam[verdict as usize] += comments,
                    None => {}
                }
            }
        }
    }
    Ok(counts)
}
