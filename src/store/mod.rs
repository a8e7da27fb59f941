//! What is remembered: one trait, an engine behind it, one conformance suite.

mod accounts;
mod akismet;
mod audits;
mod bulk;
mod contract;
mod days;
mod decision_log;
mod error;
mod import;
mod finding;
mod listing;
mod outbox;
mod saved_filters;
mod reasons;
mod second_factors;
mod surroundings;
mod trust;
pub mod sqlite;

pub use accounts::*;
pub use akismet::*;
pub use audits::*;
pub use bulk::*;
pub use contract::*;
pub use days::*;
pub use decision_log::*;
pub use error::StoreError;
pub use finding::*;
pub use import::*;
pub use listing::*;
pub use outbox::*;
pub use reasons::*;
pub use saved_filters::*;
pub use second_factors::*;
pub use surroundings::*;
pub use trust::*;
