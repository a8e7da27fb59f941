//! What is remembered: one trait, an engine behind it, one conformance suite.

mod contract;
mod error;
mod outbox;
pub mod sqlite;

pub use contract::*;
pub use error::StoreError;
pub use outbox::*;
