//! What judgements were made from.

use async_trait::async_trait;
use rusqlite::params;

use super::columns::from_json;
use super::engine::SqliteStore;
use crate::domain::{CommentId, SiteId};
use crate::filter::Gathered;
use crate::store::{ReplayStore, StoreError};

#[async_trait]
impl ReplayStore for SqliteStore {
    async fn gathered(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Vec<Option<Gathered>>, StoreError> {
        self.readers.short(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT judgements.gathered FROM comments CROSS JOIN judgements USING (comment)
                 WHERE site_id = ? AND comment_id = ? ORDER BY judgement",
            )?;
            let mut rows = statement.query(params![site.0, id.0.as_bytes()])?;
            let mut gathered = Vec::new();
            while let Some(row) = rows.next()? {
                let text: Option<String> = row.get(0)?;
                let read = text.map(|text| from_json(&text, "what a judgement was made from"));
                gathered.push(read.transpose()?);
            }
            Ok(gathered)
        })
    }
}
