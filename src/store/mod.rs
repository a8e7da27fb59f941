//! What is remembered: one trait, an engine behind it, one conformance suite.

mod accounts;
mod akismet;
mod contract;
mod days;
mod decision_log;
mod error;
mod listing;
mod outbox;
pub mod sqlite;

pub use accounts::*;
pub use akismet::*;
pub use contract::*;
pub use days::*;
pub use decision_log::*;
pub use error::StoreError;
pub use listing::*;
pub use outbox::*;
