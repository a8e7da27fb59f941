//! The contract as tests, for every engine.

mod accounts;
mod akismet;
mod campaigns;
mod audits;
mod bulk;
mod copies;
mod erasure;
mod days;
mod decision_log;
mod learning;
mod listing;
mod models;
mod moderating;
mod outbox;
mod reasons;
mod recording;
mod retention;
mod reviewing;
mod second_factors;
mod sites;
mod surroundings;
mod trust;
