//! After a request to forget, no row and no byte of the database's files has
//! anything of it.

use std::collections::BTreeSet;
use std::path::Path;

use aho_corasick::AhoCorasick;
use hamgate::domain::{
    Author, Comment, CommentId, DecisionKind, Label, Subject, Trace, Trust, Verdict, WebhookId,
};
use hamgate::secret::Sealed;
use hamgate::store::sqlite::SqliteStore;
use hamgate::store::{
    AkismetCheck, Callback, Check, Erasure, ErasureStore, Finding, ModelEvent, ModelEventKind,
    ModelStore, NewPin, NewTrust, NewWebhook, Removed, ReportMarks, Selection, Store, TrustLists,
    fresh_id,
};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::given::{
    check, comment, day, decide, fingerprint, idempotency, label, record, site, trace,
};

/// One word, for a search takes texts apart into words.
const MARKER: &str = "zebracrossing";
const NETWORK: [u8; 16] = [0xA7; 16];
const EMAIL: [u8; 16] = [0xE3; 16];

/// Everything that could tell of the person.
fn needles(ids: &[CommentId]) -> AhoCorasick {
    let mut needles = vec![MARKER.as_bytes().to_vec(), NETWORK.to_vec(), EMAIL.to_vec()];
    needles.extend(ids.iter().map(|id| id.0.as_bytes().to_vec()));
    needles.extend(ids.iter().map(|id| id.to_string().into_bytes()));
    AhoCorasick::new(needles).unwrap()
}

/// Where in the tables a needle is.
fn in_rows(database: &Path, needles: &AhoCorasick) -> Vec<String> {
    let connection = Connection::open(database).unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut tables = connection.prepare(tables).unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut places = Vec::new();
    for table in tables {
        let mut all = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let names: Vec<String> = all.column_names().map(str::to_owned).collect();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (column, name) in names.iter().enumerate() {
                let value = match row.get_ref(column).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
                    _ => continue,
                };
                if needles.is_match(value) {
                    places.push(format!("{table}.{name}"));
                }
            }
        }
    }
    places
}

/// How often a needle is in the database's files.
fn in_files(home: &Path, needles: &AhoCorasick) -> usize {
    let mut times = 0;
    for entry in std::fs::read_dir(home).unwrap() {
        // The index of the log holds numbers of pages only.
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "db-shm") {
            continue;
        }
        times += needles.find_iter(&std::fs::read(&path).unwrap()).count();
    }
    times
}

fn theirs(number: usize) -> (Comment, Vec<Trace>) {
    // Of many sizes, so that pages split and overflow.
    let text = format!("{MARKER}-{number} ").repeat(1 + number * 37 % 400);
    let comment = Comment {
        id: Some(format!("{MARKER}-id-{number}")),
        author: Author {
            name: Some(format!("{MARKER} {number}")),
            email: Some(format!("{MARKER}@example.org")),
            ..Author::default()
        },
        content: text,
        ..Comment::default()
    };
    let traces = vec![
        Trace {
            subject: Subject::Email,
            hash: EMAIL,
        },
        Trace {
            subject: Subject::IpPrefix,
            hash: NETWORK,
        },
    ];
    (comment, traces)
}

async fn filled(store: &SqliteStore) -> Vec<CommentId> {
    let art = site(store, "art", 10).await.id;
    let hook = NewWebhook {
        id: WebhookId(fresh_id()),
        site: art,
        url: "https://blog.example/hook".into(),
        events: hamgate::domain::EventKind::ALL.to_vec(),
        secret: Sealed(vec![1, 2, 3]),
        at: day(0),
    };
    hamgate::store::Outbox::add_webhook(store, hook)
        .await
        .unwrap();
    let mut ids = Vec::new();
    for number in 0..240 {
        let honest = "An honest remark. ".repeat(1 + number * 53 % 300);
        let kept = comment(Some(&format!("kept-{number}")), &honest);
        let mut kept = check(art, kept);
        kept.marks.traces = vec![trace(Subject::Email, 9)];
        kept.marks.fingerprint = Some(fingerprint(1000 + number as u32, 32));
        let kept = record(store, kept).await;
        if number % 3 == 0 {
            label(store, art, kept, Label::Ham).await;
        }
        let (comment, traces) = theirs(number);
        let mut their = check(art, comment.clone());
        their.marks.traces = traces;
        their.marks.fingerprint = Some(fingerprint(number as u32, 32));
        their.idempotency = Some(idempotency(&format!("{MARKER}-key-{number}"), 1));
        their.callback = Some(Callback {
            url: "https://art.example/hook".into(),
            key: Sealed(vec![9]),
            post_id: Some(format!("{MARKER}-post")),
        });
        their.akismet = Some(AkismetCheck {
            marks: ReportMarks {
                exact_text: NETWORK,
                same_words: Some(EMAIL),
            },
            told: Some(Label::Ham),
        });
        if number % 4 == 3 {
            // Drawn for the audit, where a row with a label outlives its comment.
            their.judgement.verdict = Verdict::Accept;
            their.audit_share = 1.0;
        }
        their.judgement.evidence[0].detail = format!("“{MARKER}”");
        let id = record(store, their.clone()).await;
        match number % 4 {
            0 => drop(label(store, art, id, Label::Spam).await),
            1 => drop(decide(store, art, id, DecisionKind::Reject, true).await),
            // The blog sends it again with another text.
            2 => {
                let content = format!("{} and {MARKER}", comment.content);
                let comment = Comment { content, ..comment };
                let again = Check {
                    comment,
                    idempotency: None,
                    ..their
                };
                record(store, again).await;
            }
            _ => drop(label(store, art, id, Label::Spam).await),
        }
        if number % 50 == 0 {
            while store.file().await.unwrap() {}
        }
        if number == 8 {
            store
                .pin(NewPin::Stored(id), "ada".into(), day(1))
                .await
                .unwrap();
            let hash = hamgate::store::ModelHash("c".repeat(64));
            store.note_samples(hash, vec![id], 0).await.unwrap();
        }
        ids.push(id);
    }
    while store.file().await.unwrap() {}
    let blocked = NewTrust {
        site: art,
        id: fresh_id(),
        trust: Trust::Blocked,
        traces: theirs(0).1[..1].to_vec(),
        shown: MARKER.into(),
        by: "ada".into(),
        at: day(1),
    };
    store.add_trust(blocked).await.unwrap();
    let flips: Vec<String> = ids.iter().map(CommentId::to_string).collect();
    let event = ModelEvent {
        at: day(3),
        kind: ModelEventKind::Kept,
        model: None,
        previous: None,
        by: "ada".into(),
        reason: "worse".into(),
        report: Some(serde_json::json!({ "flips": flips })),
    };
    store.note_model_event(event).await.unwrap();
    ids
}

async fn forget(store: &SqliteStore, ids: &[CommentId]) {
    let selection = Selection {
        traces: vec![Trace {
            subject: Subject::Email,
            hash: EMAIL,
        }],
        ..Selection::default()
    };
    let erasure = Erasure {
        id: fresh_id(),
        begun_at: day(5),
        by: "ada".into(),
        asked: serde_json::json!({ "by": ["email"] }),
        selection: Some(selection.clone()),
        removed: Removed::new(),
        finished_at: None,
        certificate: None,
    };
    let id = erasure.id;
    store.begin_erasure(erasure).await.unwrap();
    let found = store.find_to_erase(selection.clone()).await.unwrap();
    assert_eq!(found.len(), ids.len());
    for some in found.chunks(50) {
        store.erase(id, some.to_vec()).await.unwrap();
    }
    store
        .erase_mentions(id, selection, Vec::new())
        .await
        .unwrap();
    store.selection_done(id).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_row_and_no_byte_is_left_while_the_store_is_open() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("hamgate.db");
    let store = SqliteStore::open(&path).unwrap();
    let ids = filled(&store).await;
    let needles = needles(&ids);
    assert!(
        in_rows(&path, &needles).len() > 1_000,
        "the search finds what is there"
    );
    assert!(in_files(home.path(), &needles) > 10_000);
    let tables: BTreeSet<String> = in_rows(&path, &needles).into_iter().collect();
    for column in [
        "comments.body",
        "labels.body",
        "judgements.body",
        "earlier_texts.content",
        "search_content.c0",
        "audits.comment_id",
        "trusts.shown",
        "pinned.body",
        "tallies.hash",
        "model_events.report",
        "trained_with.comment_id",
        "idempotency.key",
        "messages.event",
        "callbacks.post_id",
    ] {
        assert!(tables.contains(column), "{column} is not tried: {tables:?}");
    }
    forget(&store, &ids).await;
    let left: BTreeSet<String> = in_rows(&path, &needles).into_iter().collect();
    assert_eq!(left, BTreeSet::new());
    let zeroed = store.rewrite(false).await.unwrap();
    assert!(zeroed.log && !zeroed.whole);
    println!(
        "with zeros written over it and the log emptied: {} places",
        in_files(home.path(), &needles)
    );
    let rewritten = store.rewrite(true).await.unwrap();
    assert!(rewritten.log && rewritten.whole);
    assert_eq!(in_files(home.path(), &needles), 0);
    // The others are all there.
    let art = store.site_by_name("art").await.unwrap().id;
    let counts = store.counts(art).await.unwrap();
    assert_eq!(counts.accepted + counts.held + counts.rejected, 240);
    assert_eq!(store.samples().await.unwrap().len(), 80);
}
