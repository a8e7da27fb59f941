//! The contract as tests, for every engine.

mod accounts;
mod akismet;
mod appeals;
mod copies;
mod learning;
mod listing;
mod moderating;
mod outbox;
mod recording;
mod retention;
mod reviewing;
mod sites;
