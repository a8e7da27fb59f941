//! What stands around comments: the one replied to, edits, near-duplicates.

use super::check::on_thread;
use super::edits::{Edit, edits};
use super::error::ServiceError;
use super::installation::Installation;
use crate::domain::{CommentId, Site};
use crate::store::{Alike, StoredComment};

/// What stands around a comment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Surrounded {
    /// The comment that it replies to, if that is known here.
    pub parent: Option<StoredComment>,
    /// Oldest first.
    pub edits: Vec<Edit>,
    pub alike: Alike,
}

impl Installation {
    /// What stands around some comments of a site, in their order.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn around(
        &self,
        site: &Site,
        comments: &[&StoredComment],
    ) -> Result<Vec<Surrounded>, ServiceError> {
        let ids = comments.iter().map(|stored| stored.comment_id).collect();
        let around = self.store.around(site.id, ids).await?;
        let now: Vec<_> = comments
            .iter()
            .map(|stored| stored.comment.clone())
            .collect();
        let compare = move || {
            let both = around.into_iter().zip(&now);
            both.map(|(around, now)| Surrounded {
                edits: edits(&around.earlier, now),
                parent: around.parent,
                alike: around.alike,
            })
            .collect()
        };
        on_thread(true, compare).await
    }

    /// The comment and its near-duplicates, as far as they wait.
    ///
    /// # Errors
    /// It is not one of the site, or the store is unavailable.
    pub async fn alike_waiting(
        &self,
        site: &Site,
        id: CommentId,
    ) -> Result<Vec<StoredComment>, ServiceError> {
        Ok(self.store.alike_waiting(site.id, id).await?)
    }

    /// Those of some comments that are the site's, in the order asked.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn some_comments(
        &self,
        site: &Site,
        ids: Vec<CommentId>,
    ) -> Result<Vec<StoredComment>, ServiceError> {
        Ok(self.store.some_comments(site.id, ids).await?)
    }
}
