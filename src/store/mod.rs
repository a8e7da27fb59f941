//! What is remembered: one trait, an engine behind it, one conformance suite.

mod accounts;
mod akismet;
mod appeals;
mod contract;
mod error;
mod listing;
mod outbox;
pub mod sqlite;

pub use accounts::*;
pub use akismet::*;
pub use appeals::*;
pub use contract::*;
pub use error::StoreError;
pub use listing::*;
pub use outbox::*;
