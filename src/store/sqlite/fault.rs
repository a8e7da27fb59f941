//! What SQLite's errors mean to a caller of the store.

use rusqlite::{Error, ErrorCode, ffi};

use crate::store::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match &error {
            // Every foreign key leads to a site or a comment.
            Error::SqliteFailure(code, _)
                if code.extended_code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY =>
            {
                Self::NotFound
            }
            Error::SqliteFailure(code, _) => match code.code {
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    Self::Corrupt(error.to_string())
                }
                _ => Self::Unavailable(error.to_string()),
            },
            Error::QueryReturnedNoRows => Self::NotFound,
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..) => Self::Corrupt(error.to_string()),
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

/// Whether a row with that name or key exists already.
pub(super) fn is_taken(error: &Error) -> bool {
    matches!(error, Error::SqliteFailure(code, _)
        if code.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE
            || code.extended_code == ffi::SQLITE_CONSTRAINT_PRIMARYKEY)
}

/// Whether the connection may be broken, rather than the disk full or busy.
pub(super) fn wants_new_connection(error: &Error) -> bool {
    !matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull)
    )
}
