//! Why the service did not do what it was asked to.

use std::path::PathBuf;

use thiserror::Error;

use crate::domain::FieldError;
use crate::store::StoreError;

/// One error for every capability; the doors give each its status.
#[derive(Debug, Error)]
pub enum ServiceError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was asked for cannot be used as it is.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// Judging met a bug; nothing was stored.
    #[error("judging was stopped by a bug")]
    Panicked,
    #[error("the system gives no random numbers: {0}")]
    Randomness(#[from] getrandom::Error),
    /// A model has to be trained, and cannot be.
    #[error("training: {0}")]
    Training(String),
    /// The data directory cannot be used.
    #[error("{}: {problem}; {remedy}", path.display())]
    Directory {
        path: PathBuf,
        problem: String,
        remedy: &'static str,
    },
}
