//! Why a call of the store failed.

use thiserror::Error;

/// Why the store did not do what it was asked to.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Disk full, read-only, locked, gone. Nothing of the call is stored.
    #[error("storage is unavailable: {0}")]
    Unavailable(String),
    /// A site with that name exists.
    #[error("the name `{0}` is taken")]
    NameTaken(String),
    /// The key already belongs to another installation-wide unique use.
    #[error("that key is in use by another site")]
    KeyTaken,
    /// No such row, or not one of that site.
    #[error("not found")]
    NotFound,
    /// The same `Idempotency-Key` came with another body.
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    /// The comment is not any more what the moderator looked at.
    #[error("the comment was changed or decided meanwhile")]
    Changed,
    /// Stored bytes that cannot be read back: a damaged or newer database.
    #[error("the database holds something this version cannot read: {0}")]
    Corrupt(String),
}
