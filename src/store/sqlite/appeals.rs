//! Appeals of authors, and the sites they are about.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::columns::micros;
use super::comments::{select, stored};
use super::engine::SqliteStore;
use super::{reviews, sites};
use crate::domain::{Site, SiteId};
use crate::store::{Appeals, NewAppeal, Review, StoreError};

/// The most that one call lists.
const LONGEST: usize = 500;

/// Open appeals as the partial index has them, the first first.
fn open_appeals() -> String {
    format!(
        "{} AND {OPEN} ORDER BY comments.appealed_at, comments.comment_id LIMIT :limit",
        select()
    )
}

/// How many of them are of rejected comments.
fn rejections_sql() -> String {
    format!("SELECT count(*) FROM comments WHERE site_id = :site AND {OPEN} AND verdict = 'reject'")
}

const OPEN: &str = "comments.appealed_at IS NOT NULL AND comments.decision IS NULL
     AND comments.verdict <> 'accept'";

#[async_trait]
impl Appeals for SqliteStore {
    async fn appeal(&self, new: NewAppeal) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| write(connection, &new))
            .await
    }

    async fn open_appeals(&self, site: SiteId, limit: usize) -> Result<Vec<Review>, StoreError> {
        self.readers
            .long(move |connection| open(connection, site, limit))
            .await
    }

    async fn appealed_rejections(&self, site: SiteId) -> Result<u64, StoreError> {
        self.readers
            .short(|connection| rejections(connection, site))
    }

    async fn site_by_id(&self, id: SiteId) -> Result<Site, StoreError> {
        let now = Timestamp::now();
        self.readers
            .single(|connection| sites::one(connection, "site_id", &id.0, now))
    }

    async fn site_by_public_id(&self, public_id: &str) -> Result<Site, StoreError> {
        let now = Timestamp::now();
        self.readers
            .single(|connection| sites::one(connection, "public_id", &public_id, now))
    }
}

fn write(connection: &Connection, new: &NewAppeal) -> Result<bool, StoreError> {
    let key = params![new.site.0, new.comment_id.0.as_bytes()];
    let appealed: Option<i64> = connection
        .prepare_cached("SELECT appealed_at FROM comments WHERE site_id = ? AND comment_id = ?")?
        .query_row(key, |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotFound)?;
    if appealed.is_some() {
        return Ok(false);
    }
    connection
        .prepare_cached(
            "UPDATE comments SET appealed_at = ?3, appeal = ?4
             WHERE site_id = ?1 AND comment_id = ?2",
        )?
        .execute(params![
            new.site.0,
            new.comment_id.0.as_bytes(),
            micros(new.at),
            new.message
        ])?;
    Ok(true)
}

fn open(connection: &Connection, site: SiteId, limit: usize) -> Result<Vec<Review>, StoreError> {
    let limit = i64::try_from(limit.min(LONGEST)).unwrap_or(0);
    let mut statement = connection.prepare_cached(&open_appeals())?;
    let mut rows = statement.query(&[(":site", &site.0), (":limit", &limit)])?;
    let mut appealed = Vec::new();
    while let Some(row) = rows.next()? {
        appealed.push(reviews::review(connection, site, stored(row)?)?);
    }
    Ok(appealed)
}

fn rejections(connection: &Connection, site: SiteId) -> Result<u64, StoreError> {
    let number: i64 = connection
        .prepare_cached(&rejections_sql())?
        .query_row(&[(":site", &site.0)], |row| row.get(0))?;
    Ok(u64::try_from(number).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::plan::assert_no_scan;
    use super::*;

    #[test]
    fn the_line_is_read_and_counted_from_its_index() {
        assert_no_scan(&open_appeals());
        assert_no_scan(&rejections_sql());
    }
}
