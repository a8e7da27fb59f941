//! Honest comments that an owner pins: a model that rejects one of them, where
//! the champion does not, is not promoted.

use jiff::Timestamp;

use crate::domain::{Comment, CommentId};
use crate::service::{Installation, ServiceError};
use crate::store::{NewPin, Pinned};

impl Installation {
    /// Pins a stored comment, as it is now; `false` if it was pinned before.
    ///
    /// # Errors
    /// There is no such comment, or the store is unavailable.
    pub async fn pin_comment(&self, id: CommentId, by: &str) -> Result<bool, ServiceError> {
        Ok(self
            .store
            .pin(NewPin::Stored(id), by.to_owned(), Timestamp::now())
            .await?)
    }

    /// Pins a comment that the store need not know; `false` if it was pinned
    /// before.
    ///
    /// # Errors
    /// It cannot be admitted, or the store is unavailable.
    pub async fn pin_text(&self, comment: Comment, by: &str) -> Result<bool, ServiceError> {
        let pin = NewPin::Own(Box::new(comment.admitted()?));
        Ok(self.store.pin(pin, by.to_owned(), Timestamp::now()).await?)
    }

    /// Ends a pin.
    ///
    /// # Errors
    /// There is none of that number, or the store is unavailable.
    pub async fn unpin(&self, pin: i64) -> Result<(), ServiceError> {
        Ok(self.store.unpin(pin).await?)
    }

    /// What is pinned, in the order it was.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn pinned(&self) -> Result<Vec<Pinned>, ServiceError> {
        Ok(self.store.pinned().await?)
    }
}
