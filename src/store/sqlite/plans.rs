//! Holds the engine to its indexes: every statement that it runs for the desk and
//! for a check, and every one of a trigger, is explained by SQLite's planner. None
//! may walk through a table that grows with the comments.

mod given;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::SqliteStore;
use super::lists;
use crate::domain::*;
use crate::store::*;
use given::{check, decision, narrowings};

/// What every connection of these tests has run.
static RUN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// What a plan may walk through: a few rows however many comments there are, or
/// what the statement itself has found or was given.
const SHORT: &[&str] = &[
    "sites",
    "moderators",
    "one_time_links",
    "json_each",
    "hits",
    "CONSTANT ROW",
    "(subquery",
    "sqlite_schema",
    "refinery_schema_history",
    // By a word, not from end to end.
    "search VIRTUAL TABLE INDEX 0:M",
    "search EXISTS VIRTUAL TABLE INDEX 0:=M",
    "search VIRTUAL TABLE INDEX 0:=",
    "main.search_config",
    // What came since a second ago, and no more than is taken at a time.
    "unfiled",
];

/// Notes what the connection runs.
pub(super) fn watched(mut connection: Connection) -> rusqlite::Result<Connection> {
    let note = |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(_, sql) = event
            && !sql.starts_with("--")
        {
            let mut run = RUN.lock().unwrap_or_else(PoisonError::into_inner);
            run.insert(sql.to_owned());
        }
    };
    connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note))?;
    Ok(connection)
}

fn walks(connection: &Connection, sql: &str) -> Vec<String> {
    let mut explain = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    let plan = explain.raw_query().mapped(|row| row.get::<_, String>(3));
    plan.map(Result::unwrap)
        .filter_map(|line| line.strip_prefix("SCAN ").map(str::to_owned))
        .filter(|table| !SHORT.iter().any(|short| table.starts_with(short)))
        .collect()
}

/// Every list there is, where what is searched for is rare, and where it is not.
fn every_list(connection: &Connection, site: SiteId, campaign: CampaignId, last: &StoredComment) {
    use DecisionFilter::{Accept, Any, None as Undecided, Reject};
    let verdicts = Verdict::ALL.into_iter().map(Some).chain([None]);
    let decisions = [None, Some(Accept), Some(Reject), Some(Undecided), Some(Any)];
    let orders = [Order::Newest, Order::Oldest, Order::Riskiest, Order::Lesson];
    for verdict in verdicts {
        for decision in decisions {
            for order in orders {
                for narrow in narrowings(campaign) {
                    for (q, after) in [(None, None), (Some("loans".into()), Some(last.place()))] {
                        let filter = CommentFilter {
                            verdict,
                            decision,
                            q,
                            narrow: narrow.clone(),
                            order,
                            limit: 20,
                            after,
                        };
                        for rare in [0, 1_000] {
                            lists::page(connection, site, &filter, rare).unwrap();
                        }
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn no_statement_walks_through_the_comments() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("hamgate.db");
    let store = SqliteStore::open(&path).unwrap();
    // What makes the tables runs once.
    let migrations = RUN.lock().unwrap().clone();
    let new = NewSite {
        name: "blog".into(),
        url: "https://blog.example".into(),
        api_key: KeyMac([1; 32]),
        akismet_key: KeyMac([2; 32]),
    };
    let site = store.add_site(new).await.unwrap().id;
    let new = NewModerator {
        name: "mia".into(),
        role: Role::Moderator,
        sites: vec![site],
        at: Timestamp::UNIX_EPOCH,
    };
    let mia = store.add_moderator(new).await.unwrap().id;

    let mut ids = Vec::new();
    for number in 0..12 {
        let verdict = Verdict::ALL[usize::from(number) % 3];
        ids.push(
            store
                .record(check(site, number, verdict))
                .await
                .unwrap()
                .comment_id,
        );
    }
    let mut reworded = check(site, 1, Verdict::Hold);
    reworded.comment.content = "Another text about loans.".into();
    reworded.idempotency = None;
    store.record(reworded).await.unwrap();
    let query = HistoryQuery {
        site,
        traces: check(site, 1, Verdict::Hold).marks.traces,
        fingerprint: check(site, 1, Verdict::Hold).marks.fingerprint,
        own_id: Some("1".into()),
        own: None,
    };
    store.history(query).await.unwrap();
    store
        .decide(decision(site, ids[0], DecisionKind::Accept, true))
        .await
        .unwrap();
    store
        .decide(decision(site, ids[1], DecisionKind::Reject, false))
        .await
        .unwrap();
    store
        .undo_decision(site, ids[1], None, Timestamp::UNIX_EPOCH)
        .await
        .unwrap();
    let label = LabelWrite {
        site,
        comment_id: ids[2],
        label: Label::Spam,
        at: Timestamp::UNIX_EPOCH,
    };
    store.label(label).await.unwrap();
    store.file().await.unwrap();
    store.counts(site).await.unwrap();
    store.facets(site).await.unwrap();
    let campaign = store.campaign_of(site, ids[4]).await.unwrap().unwrap();
    store.campaign(site, campaign.id).await.unwrap();
    for after in [None, Some((campaign.last_at, campaign.id))] {
        store.campaigns(site, after, 10).await.unwrap();
    }
    let everything = CommentFilter {
        limit: 20,
        ..CommentFilter::default()
    };
    let reviews = store.reviews(site, everything).await.unwrap();
    let comment = store.comment(site, ids[4]).await.unwrap().stored;
    store.author_record(site, ids[4]).await.unwrap();
    store.site_of(&[site], ids[4]).await.unwrap();
    store.around(site, ids.clone()).await.unwrap();
    store.alike_waiting(site, ids[4]).await.unwrap();
    store.audit_open(site).await.unwrap();
    store.audit_queue(site, None, 20).await.unwrap();
    let filter = SavedFilter {
        name: "loans".into(),
        query: "q=loans".into(),
    };
    store.save_filter(mia, filter).await.unwrap();
    store.saved_filters(mia).await.unwrap();
    store.remove_filter(mia, "loans").await.unwrap();
    assert_eq!(reviews.len(), 12);

    let connection = watched(Connection::open(&path).unwrap()).unwrap();
    every_list(&connection, site, campaign.id, &comment);
    store.purge(Timestamp::now()).await.unwrap();

    let run: BTreeSet<String> = &*RUN.lock().unwrap() - &migrations;
    assert!(run.len() > 500, "only {} statements were run", run.len());
    let explained = |sql: &&String| {
        ["SELECT", "INSERT", "UPDATE", "DELETE"]
            .iter()
            .any(|verb| sql.trim_start().starts_with(verb))
    };
    let triggers = triggered(&connection);
    assert!(
        triggers.len() > 20,
        "only {} statements in triggers",
        triggers.len()
    );
    let statements = run.iter().filter(explained).chain(&triggers);
    let walking: Vec<(Vec<String>, &String)> = statements
        .map(|sql| (walks(&connection, sql), sql))
        .filter(|(walked, _)| !walked.is_empty())
        .collect();
    assert!(walking.is_empty(), "{walking:#?}");
}

/// The statements of every trigger, with parameters for the row's values.
fn triggered(connection: &Connection) -> Vec<String> {
    let mut triggers = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap();
    let texts = triggers
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    let mut statements = Vec::new();
    for text in texts.map(Result::unwrap) {
        let (_, body) = text.split_once("BEGIN").unwrap();
        let body = body.trim_end().strip_suffix("END").unwrap();
        statements.extend(body.split(';').map(with_parameters));
    }
    statements.retain(|statement| !statement.trim().is_empty());
    statements
}

fn with_parameters(statement: &str) -> String {
    let statement = statement.replace("OLD.", "NEW.");
    let mut parts = statement.split("NEW.");
    let mut sql = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = |char: char| char.is_alphanumeric() || char == '_';
        sql.push('?');
        sql.push_str(part.trim_start_matches(name));
    }
    sql
}
