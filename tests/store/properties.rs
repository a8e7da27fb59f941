//! Whatever happens to comments and in whatever order: the tallies are exactly
//! what the labels add up to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hamgate::domain::{CommentId, DecisionKind, Fingerprint, Label, SiteId, Subject, Trace};
use hamgate::store::sqlite::SqliteStore;
use hamgate::store::{Check, DecisionWrite, LabelWrite, Marks, Store, StoreError};
use proptest::prelude::*;
use rusqlite::Connection;

use crate::given::{check, comment, day, decision, fingerprint, site, trace};

const OWN_IDS: usize = 4;

/// Something that happens to one of a few comments of one of two sites.
#[derive(Debug, Clone)]
enum Event {
    Record {
        text: u8,
        traces: Vec<u8>,
        like: Option<u8>,
    },
    Label(Label),
    Decide(DecisionKind, bool),
    Undo,
    Purge(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..3_u8, prop::collection::vec(0..6_u8, 0..5), prop::option::of(0..4_u8))
            .prop_map(|(text, traces, like)| Event::Record { text, traces, like }),
        3 => prop_oneof![Just(Label::Ham), Just(Label::Spam)].prop_map(Event::Label),
        3 => (prop_oneof![Just(DecisionKind::Accept), Just(DecisionKind::Reject)], any::<bool>())
            .prop_map(|(kind, learn)| Event::Decide(kind, learn)),
        2 => Just(Event::Undo),
        1 => (0..3_i64).prop_map(Event::Purge),
    ]
}

fn events() -> impl Strategy<Value = Vec<(usize, usize, Event)>> {
    prop::collection::vec((0..2_usize, 0..OWN_IDS, event()), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tallies_are_the_sum_of_the_labels(events in events()) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("hamgate.db");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let store = SqliteStore::open(&path).unwrap();
        runtime.block_on(async {
            let sites = [
                site(&store, "art", 10).await.id,
                site(&store, "zoo", 20).await.id,
            ];
            let mut days = 0;
            for (place, own_id, event) in events {
                days += 1;
                happen(&store, sites[place], &own_id.to_string(), event, days).await;
            }
        });
        prop_assert_eq!(tallies(&path), recomputed(&path));
        prop_assert_eq!(bands(&path), recomputed_bands(&path));
        prop_assert_eq!(in_force(&path), 0, "decisions in force that their comment does not know");
    }
}

async fn happen(store: &dyn Store, site: SiteId, own_id: &str, event: Event, days: i64) {
    let id = store.comment_by_own_id(site, own_id).await.unwrap();
    let done = match (event, id) {
        (Event::Record { text, traces, like }, _) => {
            let content = format!("Text {text}.");
            let marks = Marks {
                traces: traces.into_iter().map(a_trace).collect(),
                fingerprint: like
                    .map(|like| fingerprint(u32::from(like / 2), 32 - 4 * usize::from(like % 2))),
            };
            let check = Check {
                marks,
                at: day(days),
                purge_after: day(days + 30),
                ..check(site, comment(Some(own_id), &content))
            };
            store.record(check).await.map(|_| ())
        }
        (Event::Label(label), Some(comment_id)) => {
            let write = LabelWrite {
                site,
                comment_id,
                label,
                at: day(days),
            };
            store.label(write).await.map(|_| ())
        }
        (Event::Decide(kind, learn), Some(comment_id)) => {
            let decision = decision(kind, learn);
            store
                .decide(DecisionWrite {
                    site,
                    comment_id,
                    decision,
                    seen: None,
                })
                .await
                .map(|_| ())
        }
        (Event::Undo, Some(id)) => undo(store, site, id, days).await,
        (Event::Purge(more), _) => store.purge(day(days + 10 * more)).await.map(|_| ()),
        (_, None) => Ok(()),
    };
    done.unwrap();
}

async fn undo(store: &dyn Store, site: SiteId, id: CommentId, days: i64) -> Result<(), StoreError> {
    match store.undo_decision(site, id, None, day(days)).await {
        Ok(_) | Err(StoreError::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

fn a_trace(number: u8) -> Trace {
    let subject = Subject::ALL[usize::from(number) % 2];
    trace(subject, number / 2)
}

/// Subject, hash and site to ham and spam.
type Tallies = BTreeMap<(u8, [u8; 16], i64), (u32, u32)>;

fn tallies(path: &Path) -> Tallies {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT subject, hash, site_id, ham, spam FROM tallies")
        .unwrap();
    statement
        .query_map([], |row| {
            Ok((
                (row.get(0)?, row.get(1)?, row.get(2)?),
                (row.get(3)?, row.get(4)?),
            ))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn recomputed(path: &Path) -> Tallies {
    let mut tallies = Tallies::new();
    for (site, label, traces, fingerprint) in labels(path) {
        let text = fingerprint.map(|blob| (0, hash_of(&blob)));
        let subjects = traces
            .chunks(17)
            .map(|trace| (trace[0], trace[1..].try_into().unwrap()))
            .chain(text);
        for (subject, hash) in subjects {
            for site in [0, site] {
                let (ham, spam) = tallies.entry((subject, hash, site)).or_default();
                if label == "ham" {
                    *ham += 1
                } else {
                    *spam += 1
                }
            }
        }
    }
    tallies
}

fn bands(path: &Path) -> BTreeSet<(i64, [u8; 16])> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT band, hash FROM bands").unwrap();
    statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn recomputed_bands(path: &Path) -> BTreeSet<(i64, [u8; 16])> {
    labels(path)
        .into_iter()
        .filter_map(|(.., blob)| blob)
        .flat_map(|blob| {
            let minhashes = blob
                .as_chunks()
                .0
                .iter()
                .map(|bytes| u32::from_le_bytes(*bytes));
            let all: Vec<_> = minhashes.collect();
            let hash = hash_of(&blob);
            let bands = Fingerprint(all.try_into().unwrap()).bands();
            bands.map(|band| (band, hash))
        })
        .collect()
}

type LabelRow = (i64, String, Vec<u8>, Option<Vec<u8>>);

fn labels(path: &Path) -> Vec<LabelRow> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection
        .prepare("SELECT site_id, label, traces, fingerprint FROM labels")
        .unwrap();
    statement
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn hash_of(blob: &[u8]) -> [u8; 16] {
    use sha2::{Digest, Sha256};
    Sha256::digest(blob)[..16].try_into().unwrap()
}

/// Decisions that have not ended and are not their comment's, or the reverse.
fn in_force(path: &Path) -> i64 {
    let connection = Connection::open(path).unwrap();
    connection
        .query_row(
            "SELECT count(*) FROM comments LEFT JOIN decisions
                ON decisions.comment = comments.comment AND undone_at IS NULL
             WHERE comments.decision_id IS NOT decisions.decision_id
                OR comments.decision IS NOT decisions.kind",
            [],
            |row| row.get(0),
        )
        .unwrap()
}
