//! The store in one SQLite file: one writer thread that commits in groups, and
//! a few readers. The tables are in `../migrations/sqlite`.

mod accounts;
mod akismet;
mod akismet_engine;
pub mod backup;
mod columns;
mod comments;
mod copies;
mod counts;
mod decisions;
mod deliveries;
mod engine;
mod erasure_engine;
mod erasures;
mod fault;
mod forgetting;
mod heartbeat;
mod history;
mod kept;
mod labels;
mod lists;
mod migrate;
mod models;
mod models_engine;
mod moderators;
mod open;
mod outbox;
mod outbox_engine;
mod pinned;
mod purge;
mod readers;
mod record;
mod replays;
mod rewrite;
mod sessions;
mod shadow;
mod sites;
mod sample_sets;
mod taught;
mod training;
mod webhooks;
mod writer;

pub use engine::SqliteStore;
pub use open::SqliteOptions;
pub use writer::GroupCommits;
