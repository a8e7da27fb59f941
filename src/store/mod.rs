//! What is remembered: one trait, an engine behind it, one conformance suite.

mod contract;
pub mod sqlite;

pub use contract::*;
