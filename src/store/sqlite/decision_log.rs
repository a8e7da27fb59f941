//! The decisions of the past: what is kept of each beside itself, and how they
//! are listed.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, ToSql, params};

use super::columns::{comment_id, corrupt, decision_kind, micros, uuid, verdict};
use super::decisions::{self, DECISION};
use crate::domain::{CommentId, Decision, SiteId};
use crate::store::{Ended, LogFilter, LoggedDecision, Rating, Shown, StoreError};

/// The longest page.
const LONGEST: usize = 500;
/// The most comments whose ratings are looked at.
const MOST_RATED: usize = 1_000;
/// Of a text, the log shows this many characters.
const EXCERPT: usize = 160;

/// One after the other, as nothing but an index has them.
const NAMES: &str = "WITH RECURSIVE who (name) AS (
        SELECT min(decided_by) FROM decisions WHERE site_id = ?1
        UNION ALL
        SELECT (SELECT min(decided_by) FROM decisions
                WHERE site_id = ?1 AND decided_by > who.name)
        FROM who WHERE who.name IS NOT NULL
    )
    SELECT name FROM who WHERE name IS NOT NULL";
const REPLACED: &str = "SELECT comment FROM decisions
    WHERE site_id = ? AND ended_because = 'replaced' ORDER BY at DESC LIMIT ?";
/// Of the present text only.
const RATINGS: &str =
    "SELECT comments.comment_id, decisions.decided_by, decisions.kind, decisions.learn
    FROM decisions CROSS JOIN comments USING (comment)
    WHERE decisions.comment = ?1 AND decisions.ended_because IS NOT 'undone'
        AND decisions.rowid > ifnull((SELECT max(earlier.rowid) FROM decisions AS earlier
            WHERE earlier.comment = ?1 AND earlier.ended_because = 'reworded'), 0)
    ORDER BY decisions.rowid";

/// Keeps with a decision what the filter had said of its comment.
pub(super) fn keep_shown(
    connection: &Connection,
    comment: i64,
    decision: &Decision,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE decisions SET (site_id, verdict, log_odds, model, policy) = (
                SELECT comments.site_id, comments.verdict, comments.log_odds,
                    judgements.body ->> '$.model', judgements.body ->> '$.policy'
                FROM comments LEFT JOIN judgements USING (comment)
                WHERE comments.comment = ? ORDER BY judgements.judgement DESC LIMIT 1
             ) WHERE decision_id = ?",
        )?
        .execute(params![comment, decision.id.as_bytes()])?;
    Ok(())
}

/// Where each page begins is found in an index; only what it lists is read.
pub(super) fn list(
    connection: &Connection,
    filter: &LogFilter,
) -> Result<Vec<LoggedDecision>, StoreError> {
    let limit = filter.limit.clamp(1, LONGEST);
    let mut places = Vec::new();
    for site in &filter.sites {
        places.extend(of_site(connection, filter, *site, limit)?);
    }
    places.sort_unstable_by(|a, b| b.cmp(a));
    places.truncate(limit);
    let mut statement = connection.prepare_cached(&read_sql())?;
    let mut listed = Vec::with_capacity(places.len());
    for (_, _, row) in places {
        let found = statement.query_row(params![row, EXCERPT as i64], |row| Ok(read(row)))?;
        listed.push(found?);
    }
    Ok(listed)
}

/// Time, id and row of the newest decisions of one site.
type Place = (i64, Vec<u8>, i64);

fn of_site(
    connection: &Connection,
    filter: &LogFilter,
    site: SiteId,
    limit: usize,
) -> Result<Vec<Place>, StoreError> {
    let (since, until) = (filter.since.map(micros), filter.until.map(micros));
    let after = filter
        .after
        .map(|place| (micros(place.at), *place.id.as_bytes()));
    let limit = limit as i64;
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":site", &site.0), (":limit", &limit)];
    if let Some(by) = &filter.by {
        values.push((":by", by));
    }
    if let Some(since) = &since {
        values.push((":since", since));
    }
    if let Some(until) = &until {
        values.push((":until", until));
    }
    if let Some((at, id)) = &after {
        values.push((":at", at));
        values.push((":id", id));
    }
    let sql = places_sql(filter);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(values.as_slice(), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn places_sql(filter: &LogFilter) -> String {
    let mut sql = "SELECT at, decision_id, rowid FROM decisions WHERE site_id = :site".to_owned();
    for (is_asked, term) in [
        (filter.by.is_some(), " AND decided_by = :by"),
        (filter.since.is_some(), " AND at >= :since"),
        (filter.until.is_some(), " AND at < :until"),
        (
            filter.after.is_some(),
            " AND (at, decision_id) < (:at, :id)",
        ),
    ] {
        if is_asked {
            sql.push_str(term);
        }
    }
    sql + " ORDER BY at DESC, decision_id DESC LIMIT :limit"
}

fn read_sql() -> String {
    format!(
        "SELECT {DECISION}, decisions.site_id, decisions.ended_because, decisions.verdict,
            decisions.log_odds, decisions.model, decisions.policy, comments.comment_id,
            comments.body ->> '$.author.name' AS author,
            substr(comments.body ->> '$.content', 1, ?2) AS excerpt
         FROM decisions CROSS JOIN comments USING (comment) WHERE decisions.rowid = ?1"
    )
}

fn read(row: &Row<'_>) -> Result<LoggedDecision, StoreError> {
    let shown = match row.get::<_, Option<String>>("verdict")? {
        None => None,
        Some(word) => Some(Shown {
            verdict: verdict(&word)?,
            log_odds: row.get("log_odds")?,
            model: row.get::<_, Option<String>>("model")?.unwrap_or_default(),
            policy: row.get::<_, Option<String>>("policy")?.unwrap_or_default(),
        }),
    };
    let ended = row.get::<_, Option<String>>("ended_because")?;
    let known = |word: String| Ended::ALL.into_iter().find(|ended| ended.as_str() == word);
    Ok(LoggedDecision {
        site: SiteId(row.get("site_id")?),
        comment_id: comment_id(row, "comment_id")?,
        decision: decisions::read(row, 0)?,
        ended: match ended {
            None => None,
            Some(word) => Some(known(word).ok_or_else(|| corrupt("why a decision ended"))?),
        },
        shown,
        author: row.get("author")?,
        excerpt: row.get::<_, Option<String>>("excerpt")?.unwrap_or_default(),
    })
}

pub(super) fn deciders(
    connection: &Connection,
    sites: &[SiteId],
) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(NAMES)?;
    let mut names = BTreeSet::new();
    for site in sites {
        let found = statement.query_map([site.0], |row| row.get::<_, String>(0))?;
        for name in found {
            names.insert(name?);
        }
    }
    Ok(names.into_iter().collect())
}

pub(super) fn replaced_ratings(
    connection: &Connection,
    site: SiteId,
    limit: usize,
) -> Result<Vec<Rating>, StoreError> {
    let limit = limit.clamp(1, MOST_RATED) as i64;
    let mut comments = connection.prepare_cached(REPLACED)?;
    let comments = comments.query_map(params![site.0, limit], |row| row.get::<_, i64>(0))?;
    let comments: BTreeSet<i64> = comments.collect::<Result<_, _>>()?;
    let mut statement = connection.prepare_cached(RATINGS)?;
    let mut ratings = Vec::new();
    for comment in comments {
        let mut rows = statement.query([comment])?;
        while let Some(row) = rows.next()? {
            ratings.push(Rating {
                comment_id: CommentId(uuid(&row.get::<_, Vec<u8>>(0)?)?),
                by: row.get(1)?,
                decision: decision_kind(&row.get::<_, String>(2)?)?,
                learn: row.get(3)?,
            });
        }
    }
    Ok(ratings)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::super::plan::assert_no_scan;
    use super::*;
    use crate::store::LogPlace;

    #[test]
    fn every_list_is_a_range_of_an_index() {
        for by in [None, Some("anna".to_owned())] {
            for since in [None, Some(Timestamp::UNIX_EPOCH)] {
                let after = LogPlace {
                    at: Timestamp::UNIX_EPOCH,
                    id: Uuid::nil(),
                };
                for after in [None, Some(after)] {
                    assert_no_scan(&places_sql(&LogFilter {
                        by: by.clone(),
                        since,
                        until: since,
                        after,
                        ..LogFilter::default()
                    }));
                }
            }
        }
        for sql in [&read_sql(), NAMES, REPLACED, RATINGS] {
            assert_no_scan(sql);
        }
    }
}
