//! What people need to decide on comments.

use rusqlite::{Connection, OptionalExtension, params};

use super::campaigns;
use super::columns::{from_json, time};
use super::lists;
use crate::domain::{CommentId, Judgement, SiteId, Verdict};
use crate::store::{AuthorRecord, CommentFilter, Review, StoreError};

/// Comments of an author that are counted at most, of each verdict and decision.
const COUNTED: i64 = 1_000;

pub(super) fn reviews(
    connection: &Connection,
    site: SiteId,
    filter: &CommentFilter,
) -> Result<Vec<Review>, StoreError> {
    lists::list(connection, site, filter)?
        .into_iter()
        .map(|stored| {
            Ok(Review {
                judgement: latest_judgement(connection, site, stored.comment_id)?,
                author: author_record(connection, site, stored.comment_id)?,
                campaign: campaigns::of_comment(connection, site, stored.comment_id)?,
                stored,
            })
        })
        .collect()
}

fn latest_judgement(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<Judgement, StoreError> {
    let body: String = connection
        .prepare_cached(
            "SELECT judgements.body FROM comments JOIN judgements USING (comment)
             WHERE site_id = ? AND comment_id = ? ORDER BY judgement DESC LIMIT 1",
        )?
        .query_row(params![site.0, id.0.as_bytes()], |row| row.get(0))?;
    from_json(&body, "a judgement")
}

pub(super) fn author_record(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<Option<AuthorRecord>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT email_trace, comment FROM comments WHERE site_id = ? AND comment_id = ?",
    )?;
    let found: Option<(Option<Vec<u8>>, i64)> = statement
        .query_row(params![site.0, id.0.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((Some(email), comment)) = found else {
        return Ok(None);
    };
    // Each is one range of the index, in the order of time: the earliest is the
    // first, however many there are.
    let mut statement = connection.prepare_cached(
        "SELECT count(*), min(received_at) FROM (
            SELECT received_at FROM comments
            WHERE site_id = ?1 AND email_trace = ?2 AND verdict = ?3 AND decision IS ?4
                AND comment <> ?5
            ORDER BY received_at LIMIT ?6)",
    )?;
    let mut record = AuthorRecord::default();
    for verdict in Verdict::ALL {
        for decision in [None, Some(Verdict::Accept), Some(Verdict::Reject)] {
            let (number, first) = statement.query_row(
                params![
                    site.0,
                    email,
                    verdict.as_str(),
                    decision.map(Verdict::as_str),
                    comment,
                    COUNTED
                ],
                |row| {
                    Ok((
                        row.get::<_, i64>(0)?.unsigned_abs(),
                        row.get::<_, Option<i64>>(1)?,
                    ))
                },
            )?;
            *match decision.unwrap_or(verdict) {
                Verdict::Accept => &mut record.accepted,
                Verdict::Hold => &mut record.waiting,
                Verdict::Reject => &mut record.rejected,
            } += number;
            if let Some(first) = first.map(time).transpose()? {
                record.since = Some(record.since.map_or(first, |since| since.min(first)));
            }
        }
    }
    Ok(Some(record))
}

/// Which of the sites has the comment: one look-up for each.
pub(super) fn site_of(
    connection: &Connection,
    sites: &[SiteId],
    id: CommentId,
) -> Result<Option<SiteId>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM comments WHERE site_id = ? AND comment_id = ?")?;
    for site in sites {
        if statement.exists(params![site.0, id.0.as_bytes()])? {
            return Ok(Some(*site));
        }
    }
    Ok(None)
}
