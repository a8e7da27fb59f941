//! What is remembered: one trait, an engine behind it, one conformance suite.

mod accounts;
mod akismet;
mod contract;
mod error;
mod finding;
mod listing;
mod outbox;
mod saved_filters;
pub mod sqlite;

pub use accounts::*;
pub use akismet::*;
pub use contract::*;
pub use error::StoreError;
pub use finding::*;
pub use listing::*;
pub use outbox::*;
pub use saved_filters::*;
