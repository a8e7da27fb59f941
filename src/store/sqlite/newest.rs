//! The newest comments and labels with the judgements that they had got.

use rusqlite::{Connection, params};

use super::columns::{comment_id, from_json, label, time};
use super::decisions::{self, DECISION};
use crate::domain::SiteId;
use crate::store::{JudgedComment, LabelledJudgement, StoreError};

/// The longest list.
const LONGEST: usize = 1_000;

const LABELLED: &str = "SELECT labels.label, labels.at, (
        SELECT judgements.body FROM judgements
        WHERE judgements.comment = comments.comment AND judgements.at <= labels.at
        ORDER BY judgements.judgement DESC LIMIT 1
    ) AS judgement
    FROM labels CROSS JOIN comments
        ON comments.site_id = labels.site_id AND comments.comment_id = labels.comment_id
    WHERE labels.site_id = ? ORDER BY labels.at DESC LIMIT ?";

fn judged_sql() -> String {
    format!(
        "SELECT {DECISION}, comments.comment_id, comments.received_at, comments.label,
            comments.body, (
                SELECT judgements.body FROM judgements
                WHERE judgements.comment = comments.comment
                ORDER BY judgements.judgement DESC LIMIT 1
            ) AS judgement
         FROM comments LEFT JOIN decisions ON decisions.decision_id = comments.decision_id
         WHERE comments.site_id = ? ORDER BY comments.comment_id DESC LIMIT ?"
    )
}

pub(super) fn judged(
    connection: &Connection,
    site: SiteId,
    limit: usize,
) -> Result<Vec<JudgedComment>, StoreError> {
    let mut statement = connection.prepare_cached(&judged_sql())?;
    let mut rows = statement.query(params![site.0, bounded(limit)])?;
    let mut comments = Vec::new();
    while let Some(row) = rows.next()? {
        let is_decided = row.get_ref(0)? != rusqlite::types::ValueRef::Null;
        comments.push(JudgedComment {
            comment_id: comment_id(row, "comment_id")?,
            comment: from_json(&row.get::<_, String>("body")?, "a comment")?,
            received_at: time(row.get("received_at")?)?,
            judgement: from_json(&row.get::<_, String>("judgement")?, "a judgement")?,
            label: row
                .get::<_, Option<String>>("label")?
                .as_deref()
                .map(label)
                .transpose()?,
            decision: is_decided.then(|| decisions::read(row, 0)).transpose()?,
        });
    }
    Ok(comments)
}

pub(super) fn labelled(
    connection: &Connection,
    site: SiteId,
    limit: usize,
) -> Result<Vec<LabelledJudgement>, StoreError> {
    let mut statement = connection.prepare_cached(LABELLED)?;
    let mut rows = statement.query(params![site.0, bounded(limit)])?;
    let mut labelled = Vec::new();
    while let Some(row) = rows.next()? {
        // After a clock that went back there is none before the label.
        let Some(judgement) = row.get::<_, Option<String>>("judgement")? else {
            continue;
        };
        labelled.push(LabelledJudgement {
            label: label(&row.get::<_, String>("label")?)?,
            at: time(row.get("at")?)?,
            judgement: from_json(&judgement, "a judgement")?,
        });
    }
    Ok(labelled)
}

fn bounded(limit: usize) -> i64 {
    i64::try_from(limit.clamp(1, LONGEST)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::plan::assert_no_scan;
    use super::*;

    #[test]
    fn the_newest_are_found_by_their_order() {
        assert_no_scan(&judged_sql());
        assert_no_scan(LABELLED);
    }
}
