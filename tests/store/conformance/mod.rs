//! The contract as tests, for every engine.

mod accounts;
mod akismet;
mod copies;
mod erasure;
mod learning;
mod listing;
mod models;
mod moderating;
mod outbox;
mod recording;
mod retention;
mod reviewing;
mod sites;
