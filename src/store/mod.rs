//! What is remembered: one trait, an engine behind it, one conformance suite.

mod accounts;
mod akismet;
mod appeals;
mod audits;
mod bulk;
mod contract;
mod error;
mod listing;
mod outbox;
mod reasons;
mod second_factors;
mod surroundings;
mod trust;
pub mod sqlite;

pub use accounts::*;
pub use akismet::*;
pub use appeals::*;
pub use audits::*;
pub use bulk::*;
pub use contract::*;
pub use error::StoreError;
pub use listing::*;
pub use outbox::*;
pub use reasons::*;
pub use second_factors::*;
pub use surroundings::*;
pub use trust::*;
