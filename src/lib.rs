//! hamgate decides what happens to a blog comment: accept, hold or reject,
//! with the evidence.
//!
//! The modules in the order data flows through them. Each uses only what
//! stands above it; `tests/architecture.rs` enforces that.

pub mod config;
pub mod domain;
pub mod features;
pub mod filter;
pub mod secret;
pub mod service;
pub mod store;
pub mod telemetry;
