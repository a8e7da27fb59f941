//! The store in one SQLite file: one writer thread that commits in groups, and
//! a few readers. The tables are in `../migrations/sqlite`.

mod accounts;
mod akismet;
mod akismet_engine;
mod appeals;
mod alike;
mod audits;
mod bulk;
mod columns;
mod comments;
mod copies;
mod counts;
mod decisions;
mod desk_engine;
mod deliveries;
mod engine;
mod fault;
mod heartbeat;
mod history;
mod labels;
mod lists;
mod migrate;
mod moderators;
mod open;
mod outbox;
mod outbox_engine;
mod purge;
mod readers;
mod reasons;
mod record;
mod second_factors;
mod sessions;
mod sites;
mod surroundings;
mod taught;
mod trust;
mod webhooks;
mod writer;

pub use engine::SqliteStore;
pub use open::SqliteOptions;
pub use writer::GroupCommits;
