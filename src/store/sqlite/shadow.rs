//! What a shadow's verdicts were beside the champion's.

use rusqlite::{Connection, params};

use super::columns::{comment_id, verdict};
use crate::domain::SiteId;
use crate::store::{ModelHash, ShadowCount, ShadowDifference, StoreError};

/// Differences that are kept of each shadow.
const KEPT: i64 = 1_000;

pub(super) fn add(
    connection: &Connection,
    shadow: &ModelHash,
    counts: &[ShadowCount],
    differences: &[ShadowDifference],
) -> Result<(), StoreError> {
    let mut count = connection.prepare_cached(
        "INSERT INTO shadow_verdicts (shadow, champion, was, would_be, comments)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET comments = comments + excluded.comments",
    )?;
    for one in counts {
        count.execute(params![
            shadow.0,
            one.champion,
            one.was.as_str(),
            one.would_be.as_str(),
            i64::try_from(one.comments).unwrap_or(i64::MAX),
        ])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO shadow_differences (shadow, site_id, comment_id, was, would_be)
         VALUES (?, ?, ?, ?, ?)",
    )?;
    for one in differences {
        insert.execute(params![
            shadow.0,
            one.site.0,
            one.comment_id.0.as_bytes(),
            one.was.as_str(),
            one.would_be.as_str(),
        ])?;
    }
    if !differences.is_empty() {
        connection
            .prepare_cached(
                "DELETE FROM shadow_differences WHERE shadow = ?1 AND difference <=
                    (SELECT difference FROM shadow_differences WHERE shadow = ?1
                     ORDER BY difference DESC LIMIT 1 OFFSET ?2)",
            )?
            .execute(params![shadow.0, KEPT])?;
    }
    Ok(())
}

pub(super) fn counts(
    connection: &Connection,
    shadow: &ModelHash,
) -> Result<Vec<ShadowCount>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT champion, was, would_be, comments FROM shadow_verdicts WHERE shadow = ?
         ORDER BY champion, was, would_be",
    )?;
    let mut rows = statement.query([&shadow.0])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        counts.push(ShadowCount {
            champion: row.get(0)?,
            was: verdict(&row.get::<_, String>(1)?)?,
            would_be: verdict(&row.get::<_, String>(2)?)?,
            comments: row.get::<_, i64>(3)?.unsigned_abs(),
        });
    }
    Ok(counts)
}

pub(super) fn differences(
    connection: &Connection,
    shadow: &ModelHash,
    limit: usize,
) -> Result<Vec<ShadowDifference>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT site_id, comment_id, was, would_be FROM shadow_differences WHERE shadow = ?
         ORDER BY difference DESC LIMIT ?",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![shadow.0, limit])?;
    let mut differences = Vec::new();
    while let Some(row) = rows.next()? {
        differences.push(ShadowDifference {
            site: SiteId(row.get(0)?),
            comment_id: comment_id(row, "comment_id")?,
            was: verdict(&row.get::<_, String>(2)?)?,
            would_be: verdict(&row.get::<_, String>(3)?)?,
        });
    }
    Ok(differences)
}
