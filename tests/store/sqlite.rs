//! What only the SQLite engine promises: its file, its groups, its faults.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use hamgate::domain::{CommentId, EventKind, Label, SiteId, Subject, WebhookId};
use hamgate::secret::Sealed;
use hamgate::store::sqlite::{SqliteOptions, SqliteStore};
use hamgate::store::{Check, Claim, CommentFilter, NewWebhook, Outbox, Store, StoreError};
use rusqlite::Connection;
use uuid::Uuid;

use crate::given::{
    check, comment, counts, day, history, label, marked, record, site, tally, trace,
};

fn open(home: &Path) -> SqliteStore {
    SqliteStore::open(home.join("hamgate.db")).unwrap()
}

/// A page of the list with everything in it.
async fn ids(store: &dyn Store, site: SiteId) -> Vec<CommentId> {
    let mut filter = CommentFilter {
        limit: 500,
        ..CommentFilter::default()
    };
    let mut ids = Vec::new();
    loop {
        let page = store.comments(site, filter.clone()).await.unwrap();
        let Some(last) = page.last() else { return ids };
        filter.after = Some(last.place());
        ids.extend(page.iter().map(|stored| stored.comment_id));
    }
}

fn assert_whole(path: &Path) {
    let connection = Connection::open(path).unwrap();
    let integrity: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
    let mut orphans = connection.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!orphans.exists([]).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_at_once_share_commits() {
    let home = tempfile::tempdir().unwrap();
    let store = open(home.path());
    let site = site(&store, "art", 10).await.id;
    let before = store.group_commit_counts();
    let store = &store;
    join_all((0..500).map(|_| async move {
        record(store, check(site, comment(None, "Grouped."))).await;
    }))
    .await;
    let after = store.group_commit_counts();
    assert_eq!(after.jobs - before.jobs, 500);
    let commits = after.commits - before.commits;
    assert!(commits <= 100, "{commits} commits for 500 writes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_write_leaves_its_group_alone() {
    let home = tempfile::tempdir().unwrap();
    let store = open(home.path());
    let site = site(&store, "art", 10).await.id;
    let store = &store;
    let written = join_all((0..200).map(|number| async move {
        let of = if number % 2 == 0 { site } else { SiteId(999) };
        store.record(check(of, comment(None, "Even."))).await
    }))
    .await;
    for (number, written) in written.iter().enumerate() {
        match written {
            Ok(_) => assert_eq!(number % 2, 0),
            Err(error) => assert!(number % 2 == 1 && matches!(error, StoreError::NotFound)),
        }
    }
    assert_eq!(ids(store, site).await.len(), 100);
}

#[tokio::test]
async fn a_reopened_file_has_kept_everything() {
    let home = tempfile::tempdir().unwrap();
    let email = trace(Subject::Email, 1);
    let (site, id, file) = {
        let store = open(home.path());
        let site = site(&store, "art", 10).await;
        let id = record(&store, marked(site.id, "1", &[email], None)).await;
        label(&store, site.id, id, Label::Spam).await;
        (site.clone(), id, store.comment(site.id, id).await.unwrap())
    };
    assert!(
        !home.path().join("hamgate.db-wal").exists(),
        "a closed database is one file"
    );
    let store = open(home.path());
    assert_eq!(store.sites().await.unwrap(), std::slice::from_ref(&site));
    assert_eq!(store.comment(site.id, id).await.unwrap(), file);
    assert_eq!(counts(tally(&store, site.id, email).await), [0, 1, 0, 0]);
    drop(store);
    assert_whole(&home.path().join("hamgate.db"));
}

#[tokio::test]
async fn dropping_the_store_finishes_what_is_queued() {
    let home = tempfile::tempdir().unwrap();
    let store = Arc::new(open(home.path()));
    let site = site(&*store, "art", 10).await.id;
    let writes: Vec<_> = (0..50)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { record(&*store, check(site, comment(None, "Late."))).await })
        })
        .collect();
    drop(store);
    for write in writes {
        write.await.unwrap();
    }
    assert_eq!(ids(&open(home.path()), site).await.len(), 50);
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let store = open(home.path());
    store.ready().await.unwrap();
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("hamgate.db");
    drop(open(home.path()));
    let newer = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
         VALUES (9999, 'from_the_future', '2030-01-01T00:00:00Z', '1')";
    Connection::open(&path).unwrap().execute(newer, []).unwrap();
    let refused = SqliteStore::open(&path).map(|_| ()).unwrap_err();
    assert!(
        matches!(&refused, StoreError::Corrupt(why) if why.contains("9999")),
        "{refused}"
    );
}

#[test]
fn what_is_no_database_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("hamgate.db");
    std::fs::write(&path, "Dear diary, ".repeat(1000)).unwrap();
    let refused = SqliteStore::open(&path).map(|_| ()).unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt(_)), "{refused}");
    let nowhere = SqliteStore::open(home.path().join("no/such/place.db"));
    assert!(matches!(nowhere, Err(StoreError::Unavailable(_))));
}

/// Every acknowledged comment is there, and no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_database_says_so_and_recovers() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("hamgate.db");
    let options = SqliteOptions {
        max_bytes: Some(1024 * 1024),
    };
    let store = SqliteStore::open_with(&path, options).unwrap();
    let site = site(&store, "art", 10).await.id;
    let text = "Nearly a page of text. ".repeat(150);
    let (mut acknowledged, mut refused) = (Vec::new(), 0);
    while refused < 20 {
        let (store, text) = (&store, &text);
        let written = join_all((0..10).map(|_| async move {
            let due = Check {
                purge_after: day(1),
                ..check(site, comment(None, text))
            };
            store.record(due).await
        }))
        .await;
        for written in written {
            match written {
                Ok(recorded) => acknowledged.push(recorded.comment_id),
                Err(StoreError::Unavailable(_)) => refused += 1,
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert!(acknowledged.len() > 20);
    acknowledged.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(
        ids(&store, site).await,
        acknowledged,
        "reads go on, and tell the truth"
    );

    store.purge(day(1)).await.unwrap();
    store.ready().await.unwrap();
    let id = record(&store, check(site, comment(None, &text))).await;
    drop(store);
    assert_eq!(ids(&open(home.path()), site).await, [id]);
    assert_whole(&path);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_stores_on_one_file_take_turns() {
    let home = tempfile::tempdir().unwrap();
    let stores = [open(home.path()), open(home.path())];
    let site = site(&stores[0], "art", 10).await.id;
    let stores = &stores;
    join_all((0..200).map(|number| async move {
        let own_id = (number / 2).to_string();
        let check = check(site, comment(Some(&own_id), "Twice."));
        record(&stores[number % 2], check).await;
    }))
    .await;
    assert_eq!(ids(&stores[0], site).await.len(), 100);
    assert_eq!(ids(&stores[0], site).await, ids(&stores[1], site).await);
}

#[test]
fn many_can_open_a_new_file_at_once() {
    let home = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        let opening: Vec<_> = (0..6).map(|_| scope.spawn(|| open(home.path()))).collect();
        for opened in opening {
            opened.join().unwrap();
        }
    });
}

#[tokio::test]
async fn another_writer_is_waited_for_and_then_given_up_on() {
    let home = tempfile::tempdir().unwrap();
    let store = open(home.path());
    let site = site(&store, "art", 10).await.id;
    let other = Connection::open(home.path().join("hamgate.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = store
        .record(check(site, comment(None, "Locked out.")))
        .await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))));
    history(&store, site, &[], None, None).await;
    other.execute_batch("COMMIT").unwrap();
    record(&store, check(site, comment(None, "Let in."))).await;
    assert_eq!(ids(&store, site).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_is_stuck_does_not_stop_writes() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("hamgate.db");
    let store = open(home.path());
    let site = site(&store, "art", 10).await.id;
    let stuck = Connection::open(&path).unwrap();
    stuck.execute_batch("BEGIN; SELECT * FROM sites;").unwrap();
    let text = "A text that fills a few pages. ".repeat(600);
    let write = async |store: &SqliteStore, writes: usize| {
        let (text, writes) = (&text, 0..writes);
        join_all(writes.map(|_| record(store, check(site, comment(None, text))))).await;
    };
    let began = std::time::Instant::now();
    write(&store, 4000).await;
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
    let wal = || {
        std::fs::metadata(home.path().join("hamgate.db-wal"))
            .unwrap()
            .len()
    };
    assert!(
        wal() > 64 << 20,
        "what the reader looks at cannot be written over"
    );
    stuck.execute_batch("COMMIT").unwrap();
    write(&store, 1000).await;
    assert!(wal() <= 64 << 20, "the WAL has {} bytes", wal());
    assert_eq!(ids(&store, site).await.len(), 5000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_never_claim_the_same_message() {
    let home = tempfile::tempdir().unwrap();
    let stores = [open(home.path()), open(home.path())];
    let site = site(&stores[0], "art", 10).await.id;
    for own_id in 0..40_u128 {
        let webhook = NewWebhook {
            id: WebhookId(Uuid::from_u128(own_id)),
            site,
            url: "https://art.example/hook".into(),
            events: vec![EventKind::CommentVerdictChanged],
            secret: Sealed(vec![1]),
            at: day(0),
        };
        stores[0].add_webhook(webhook).await.unwrap();
    }
    let id = record(&stores[0], check(site, comment(Some("1"), "Held."))).await;
    label(&stores[0], site, id, Label::Spam).await;
    let claims = join_all((0..20).map(|turn: usize| {
        stores[turn % 2].claim(Claim {
            holder: Uuid::from_u128(turn as u128),
            now: day(2),
            until: day(3),
            undo: Duration::ZERO,
            limit: 3,
            of_each: 1,
        })
    }))
    .await;
    let claimed: Vec<Uuid> = claims
        .into_iter()
        .flat_map(Result::unwrap)
        .map(|message| message.id)
        .collect();
    assert_eq!(claimed.len(), 40);
    assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 40);
}
