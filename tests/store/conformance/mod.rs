//! The contract as tests, for every engine.

mod learning;
mod listing;
mod moderating;
mod recording;
mod retention;
mod sites;
