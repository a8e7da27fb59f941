//! hamgate decides what happens to a blog comment: accept, hold or reject,
//! with the evidence.
//!
//! The modules in the order data flows through them. Each uses only what
//! stands above it; `tests/architecture.rs` enforces that.

pub mod domain;
pub mod secret;
pub mod config;
pub mod telemetry;
pub mod outbound;
pub mod features;
pub mod rules;
pub mod bayes;
pub mod filter;
pub mod store;
pub mod service;
pub mod evaluation;
pub mod retraining;
pub mod exchange;

pub mod http;
pub mod cli;
