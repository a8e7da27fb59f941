//! Holds every store engine to the contract, and SQLite to its own promises.

mod conformance;
mod given;
mod lingering;
mod properties;
mod sqlite;

use std::sync::Arc;

use hamgate::store::Store;
use hamgate::store::sqlite::SqliteStore;
use tempfile::TempDir;

/// An empty store, and where it lives as long as it is needed.
pub struct Opened {
    pub store: Arc<dyn Store>,
    pub home: TempDir,
}

/// How to get an empty store of one engine.
type Open = fn() -> Opened;

/// Every engine.
pub const ENGINES: &[(&str, Open)] = &[("sqlite", sqlite_in_a_file)];

fn sqlite_in_a_file() -> Opened {
    let home = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(home.path().join("hamgate.db")).unwrap();
    Opened {
        store: Arc::new(store),
        home,
    }
}

/// Makes a test of each case that runs it on every engine.
#[macro_export]
macro_rules! on_every_engine {
    ($($(#[$about:meta])* async fn $case:ident($store:ident) $body:block)*) => {$(
        $(#[$about])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $case() {
            for (engine, open) in $crate::ENGINES {
                eprintln!("on {engine}");
                let opened = open();
                let $store: &dyn hamgate::store::Store = &*opened.store;
                $body
            }
        }
    )*};
}
