//! What is remembered: one trait, an engine behind it, one conformance suite.

mod akismet;
mod contract;
mod error;
mod outbox;
pub mod sqlite;

pub use akismet::*;
pub use contract::*;
pub use error::StoreError;
pub use outbox::*;
