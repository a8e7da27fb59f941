//! What is remembered: one trait, an engine behind it, one conformance suite.

mod accounts;
mod akismet;
mod contract;
mod erasure;
mod error;
mod listing;
mod models;
mod outbox;
mod replay;
pub mod sqlite;

pub use accounts::*;
pub use akismet::*;
pub use contract::*;
pub use erasure::*;
pub use error::StoreError;
pub use listing::*;
pub use models::*;
pub use outbox::*;
pub use replay::*;
