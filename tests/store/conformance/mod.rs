//! The contract as tests, for every engine.

mod accounts;
mod akismet;
mod appeals;
mod audits;
mod bulk;
mod campaigns;
mod copies;
mod days;
mod decision_log;
mod importing;
mod finding;
mod learning;
mod listing;
mod models;
mod moderating;
mod outbox;
mod reasons;
mod recording;
mod retention;
mod reviewing;
mod saved_filters;
mod second_factors;
mod sites;
mod surroundings;
mod trust;
