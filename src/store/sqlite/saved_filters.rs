//! The engine's part of saved filters.

use async_trait::async_trait;
use rusqlite::params;

use super::engine::SqliteStore;
use crate::domain::ModeratorId;
use crate::store::{MOST_SAVED, SavedFilter, SavedFilters, StoreError};

#[async_trait]
impl SavedFilters for SqliteStore {
    async fn saved_filters(&self, of: ModeratorId) -> Result<Vec<SavedFilter>, StoreError> {
        self.readers.single(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT name, query FROM saved_filters WHERE moderator_id = ? ORDER BY name",
            )?;
            let filters = statement.query_map([of.0], |row| {
                Ok(SavedFilter {
                    name: row.get(0)?,
                    query: row.get(1)?,
                })
            })?;
            Ok(filters.collect::<Result<_, _>>()?)
        })
    }

    async fn save_filter(&self, of: ModeratorId, filter: SavedFilter) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                let saved = connection
                    .prepare_cached(
                        "INSERT INTO saved_filters (moderator_id, name, query)
                         SELECT ?1, ?2, ?3 WHERE
                            (SELECT count(*) FROM saved_filters
                             WHERE moderator_id = ?1 AND name <> ?2) < ?4
                         ON CONFLICT DO UPDATE SET query = excluded.query",
                    )?
                    .execute(params![of.0, filter.name, filter.query, MOST_SAVED as i64])?;
                Ok(saved > 0)
            })
            .await
    }

    async fn remove_filter(&self, of: ModeratorId, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.writer
            .run(move |connection| {
                let removed = connection
                    .prepare_cached(
                        "DELETE FROM saved_filters WHERE moderator_id = ? AND name = ?",
                    )?
                    .execute(params![of.0, name])?;
                Ok(removed > 0)
            })
            .await
    }
}
