//! Pages of comments.
//!
//! First the numbers of the page's comments, out of an index alone where that has
//! what the filter asks; then their rows. What is rare, by a word or a reason, is
//! found first and put in order after; what is common is met soon enough on the way
//! along an index in the order wanted.

use std::cmp::Ordering;

use rusqlite::{Connection, Row, ToSql};

use super::columns::comment_id;
use super::comments::{select, stored};
use super::conditions::{self, Conditions, Range};
use crate::domain::SiteId;
use crate::store::{CommentFilter, Order, Place, StoreError, StoredComment};

/// The longest page.
const LONGEST: usize = 500;
/// Up to so many comments with a word or a reason are looked at one by one. Of a
/// million that is one in fifty: what is more common fills a page from any index
/// within a few thousand rows.
const RARE: i64 = 20_000;

const HAS_WORDS: &str =
    "EXISTS (SELECT 1 FROM search WHERE search MATCH :words AND search.rowid = comments.comment)";
const HAS_REASON: &str = "EXISTS (SELECT 1 FROM reasons WHERE reasons.comment = comments.comment
    AND reasons.reason = (SELECT reason FROM reason_names WHERE name = :reason))";

pub(super) fn list(
    connection: &Connection,
    site: SiteId,
    filter: &CommentFilter,
) -> Result<Vec<StoredComment>, StoreError> {
    let places = places(connection, site, filter)?;
    let mut statement =
        connection.prepare_cached(&format!("{} AND comments.comment = :comment", select()))?;
    let mut comments = Vec::with_capacity(places.len());
    for (number, _) in places {
        let values: &[(&str, &dyn ToSql)] = &[(":site", &site.0), (":comment", &number)];
        comments.push(statement.query_row(values, |row| Ok(stored(row)))??);
    }
    Ok(comments)
}

/// Numbers and places of a page's comments, in order.
fn places(
    connection: &Connection,
    site: SiteId,
    filter: &CommentFilter,
) -> Result<Vec<(i64, Place)>, StoreError> {
    let Ok(words) = conditions::search(filter) else {
        return Ok(Vec::new());
    };
    let mut asked = conditions::conditions(site, filter);
    let limit = i64::try_from(filter.limit.clamp(1, LONGEST)).unwrap_or(1);
    asked.values.push((":limit", limit.into()));
    let hits = Hits::of(connection, filter, words.as_deref())?;
    if let Some(words) = words {
        asked.values.push((":words", words.into()));
    }
    if let Some(reason) = &filter.narrow.reason {
        asked.values.push((":reason", reason.clone().into()));
    }
    let mut places = Vec::new();
    for sql in statements(filter, hits, &asked) {
        let mut statement = connection.prepare_cached(&sql)?;
        for (name, value) in &asked.values {
            // Each statement names some of them.
            if let Some(at) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(at, value)?;
            }
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            places.push((row.get(0)?, place(row)?));
        }
    }
    let order = conditions::order(filter);
    places.sort_by(|(_, a), (_, b)| compare(order, a, b));
    places.truncate(filter.limit.clamp(1, LONGEST));
    Ok(places)
}

/// By what the comments are found, if not along an index.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hits {
    Words,
    Reason,
    /// Nothing asked for is rare.
    Common,
}

impl Hits {
    fn of(
        connection: &Connection,
        filter: &CommentFilter,
        words: Option<&str>,
    ) -> Result<Self, StoreError> {
        let mut rarest = (RARE, Self::Common);
        if let Some(reason) = &filter.narrow.reason {
            let sql = "SELECT count(*) FROM (SELECT 1 FROM reasons WHERE reason =
                (SELECT reason FROM reason_names WHERE name = ?) LIMIT ?)";
            let found = count(connection, sql, reason, rarest.0)?;
            if found < rarest.0 {
                rarest = (found, Self::Reason);
            }
        }
        if let Some(words) = words {
            let sql = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)";
            let found = count(connection, sql, words, rarest.0)?;
            if found < rarest.0 {
                rarest = (found, Self::Words);
            }
        }
        Ok(rarest.1)
    }
}

fn count(connection: &Connection, sql: &str, what: &str, most: i64) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row((what, most), |row| row.get(0))?)
}

/// One statement for each range that has a part of the page.
fn statements(filter: &CommentFilter, hits: Hits, asked: &Conditions) -> Vec<String> {
    let order = conditions::order(filter);
    let by = match order {
        Order::Newest => "comments.comment_id DESC",
        Order::Oldest => "comments.comment_id",
        Order::Riskiest => "comments.log_odds DESC, comments.comment_id DESC",
        Order::Lesson => "comments.lesson DESC, comments.comment_id DESC",
    };
    let lesson = match order {
        Order::Lesson => "comments.lesson",
        // It stands in one index only.
        _ => "0.0 AS lesson",
    };
    let mut also = asked.sql().to_owned();
    let is_narrowed = |by: bool, hit: Hits| by && hits != hit;
    if is_narrowed(filter.narrow.reason.is_some(), Hits::Reason) {
        also.push_str(&format!(" AND {HAS_REASON}"));
    }
    // What is common and looked for as it stands is found by that alone.
    if is_narrowed(filter.narrow.words.is_some(), Hits::Words) {
        also.push_str(&format!(" AND {HAS_WORDS}"));
    }
    let page = |source: &str, range: &str| {
        format!(
            "SELECT comments.comment, comments.comment_id, comments.log_odds, {lesson}
             FROM {source} WHERE {range}{also} ORDER BY {by} LIMIT :limit"
        )
    };
    let found = |hits: &str| {
        let source = format!("({hits}) AS hits CROSS JOIN comments NOT INDEXED");
        let campaign = match filter.narrow.campaign {
            Some(_) => " AND comments.campaign = :campaign",
            None => "",
        };
        let range =
            format!("comments.comment = hits.comment AND comments.site_id = :site{campaign}");
        vec![page(&source, &range)]
    };
    match hits {
        Hits::Words => found("SELECT rowid AS comment FROM search WHERE search MATCH :words"),
        Hits::Reason => found(
            "SELECT comment FROM reasons
             WHERE reason = (SELECT reason FROM reason_names WHERE name = :reason)",
        ),
        Hits::Common => {
            let ranges = conditions::ranges(filter).into_iter();
            let page = |range: Range| page(range.source(order), &range.condition());
            ranges.map(page).collect()
        }
    }
}

fn place(row: &Row<'_>) -> Result<Place, StoreError> {
    Ok(Place {
        comment_id: comment_id(row, "comment_id")?,
        log_odds: row.get("log_odds")?,
        lesson: row.get("lesson")?,
    })
}

/// As the statements order.
fn compare(order: Order, a: &Place, b: &Place) -> Ordering {
    let newest = b.comment_id.cmp(&a.comment_id);
    match order {
        Order::Newest => newest,
        Order::Oldest => newest.reverse(),
        Order::Riskiest => b.log_odds.total_cmp(&a.log_odds).then(newest),
        Order::Lesson => b.lesson.total_cmp(&a.lesson).then(newest),
    }
}
