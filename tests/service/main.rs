//! The service as a black box over HTTP: the real application on a port of
//! its own, on a fresh data directory. One file per capability.

mod harness;

mod auth;
mod bad_input;
mod check;
mod docs;
mod idempotency;
mod learning;
mod moderation;
mod ops;
mod privacy;
mod slow;
mod stream;
