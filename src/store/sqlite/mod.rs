//! The store in one SQLite file: one writer thread that commits in groups, and
//! a few readers. The tables are in `../migrations/sqlite`.

mod accounts;
mod akismet;
mod akismet_engine;
mod appeals;
mod aspects;
mod campaigns;
mod alike;
mod audits;
mod bulk;
mod columns;
mod comments;
mod conditions;
mod copies;
mod counts;
mod days;
mod days_engine;
mod decision_log;
mod decisions;
mod desk_engine;
mod deliveries;
mod engine;
mod facets;
mod fault;
mod filing;
mod finding;
mod heartbeat;
mod history;
mod import;
mod labels;
mod lists;
mod migrate;
mod models;
mod models_engine;
mod moderators;
mod newest;
mod open;
mod outbox;
mod outbox_engine;
#[cfg(test)]
mod plan;
mod pinned;
#[cfg(test)]
mod plans;
mod purge;
mod readers;
mod reasons;
mod record;
mod reviews;
mod saved_filters;
mod second_factors;
mod sessions;
mod shadow;
mod sites;
mod surroundings;
mod taught;
mod trust;
mod training;
mod webhooks;
mod words;
mod writer;

pub use engine::SqliteStore;
pub use open::SqliteOptions;
pub use writer::GroupCommits;
