//! Pages of comments, and what people need to decide on them.

use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::columns::{self, from_json, time};
use super::comments::{select, stored};
use crate::domain::{CommentId, Judgement, SiteId, Verdict};
use crate::store::{
    AuthorRecord, CommentFilter, DecisionFilter, Order, Review, StoreError, StoredComment,
};

/// The longest page.
const LONGEST: usize = 500;

pub(super) fn list(
    connection: &Connection,
    site: SiteId,
    filter: &CommentFilter,
) -> Result<Vec<StoredComment>, StoreError> {
    let mut sql = select();
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":site", &site.0)];
    if let Some(verdict) = filter.verdict {
        // The plus keeps the index of states for where it gives the order too.
        let plus = if filter.decision.is_some() { "" } else { "+" };
        // Written out, so that SQLite sees that the index of the queue fits.
        sql.push_str(&format!(
            " AND {plus}comments.verdict = '{}'",
            verdict.as_str()
        ));
    }
    sql.push_str(match filter.decision {
        Some(DecisionFilter::Accept) => " AND comments.decision = 'accept'",
        Some(DecisionFilter::Reject) => " AND comments.decision = 'reject'",
        Some(DecisionFilter::None) => " AND comments.decision IS NULL",
        Some(DecisionFilter::Any) => " AND +comments.decision IS NOT NULL",
        None => "",
    });
    let after = filter.after.map(|place| *place.comment_id.0.as_bytes());
    let odds = filter.after.map(|place| place.log_odds);
    if let (Some(after), Some(odds)) = (&after, &odds) {
        sql.push_str(match filter.order {
            Order::Newest => " AND comments.comment_id < :after",
            Order::Oldest => " AND comments.comment_id > :after",
            Order::Riskiest => {
                values.push((":odds", odds));
                " AND (comments.log_odds, comments.comment_id) < (:odds, :after)"
            }
        });
        values.push((":after", after));
    }
    if let Some(q) = filter.q.as_ref().filter(|q| !q.is_empty()) {
        sql.push_str(
            " AND (instr(lower(comments.body ->> '$.content'), lower(:q))
                OR instr(lower(comments.body ->> '$.author.name'), lower(:q))
                OR instr(lower(comments.body ->> '$.author.url'), lower(:q)))",
        );
        values.push((":q", q));
    }
    sql.push_str(match filter.order {
        Order::Newest => " ORDER BY comments.comment_id DESC",
        Order::Oldest => " ORDER BY comments.comment_id",
        Order::Riskiest => " ORDER BY comments.log_odds DESC, comments.comment_id DESC",
    });
    let limit = i64::try_from(filter.limit.clamp(1, LONGEST)).unwrap_or(1);
    sql.push_str(" LIMIT :limit");
    values.push((":limit", &limit));

    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(values.as_slice())?;
    let mut comments = Vec::new();
    while let Some(row) = rows.next()? {
        comments.push(stored(row)?);
    }
    Ok(comments)
}

pub(super) fn reviews(
    connection: &Connection,
    site: SiteId,
    filter: &CommentFilter,
) -> Result<Vec<Review>, StoreError> {
    list(connection, site, filter)?
        .into_iter()
        .map(|stored| review(connection, site, stored))
        .collect()
}

/// A comment with what a person needs to decide on it.
pub(super) fn review(
    connection: &Connection,
    site: SiteId,
    stored: StoredComment,
) -> Result<Review, StoreError> {
    Ok(Review {
        judgement: latest_judgement(connection, site, stored.comment_id)?,
        author: author_record(connection, site, stored.comment_id)?,
        stored,
    })
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
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(decision, verdict), count(*), min(received_at) FROM comments
         WHERE site_id = ? AND email_trace = ? AND comment <> ? GROUP BY 1",
    )?;
    let mut rows = statement.query(params![site.0, email, comment])?;
    let mut record = AuthorRecord::default();
    while let Some(row) = rows.next()? {
        let number = u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default();
        match columns::verdict(&row.get::<_, String>(0)?)? {
            Verdict::Accept => record.accepted = number,
            Verdict::Hold => record.waiting = number,
            Verdict::Reject => record.rejected = number,
        }
        let first = time(row.get(2)?)?;
        record.since = Some(record.since.map_or(first, |since| since.min(first)));
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
