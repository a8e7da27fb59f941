//! Files comments: puts their words where a search finds them, many at a time,
//! and works out what rows of an earlier version lack.

use rusqlite::{Connection, OptionalExtension, params};

use super::aspects::Described;
use super::columns::{fingerprint_from_blob, from_json, time, traces_from_blob};
use super::{history, words};
use crate::domain::{Comment, CommentId, Fingerprint, Judgement, SiteId, Trace};
use crate::features::Features;
use crate::store::{Aspects, HistoryQuery, StoreError};

/// Comments of one transaction: the index writes them together.
const STEP: i64 = 200;

/// Whether there is something to file.
pub(super) fn is_due(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM unfiled LIMIT 1")?
        .exists([])?)
}

/// Files some, the newest first; returns whether there may be more.
pub(super) fn step(connection: &Connection) -> Result<bool, StoreError> {
    let due = connection
        .prepare_cached("SELECT comment FROM unfiled ORDER BY comment DESC LIMIT ?")?
        .query_map([STEP], |row| row.get(0))?
        .collect::<Result<Vec<i64>, _>>()?;
    let mut add =
        connection.prepare_cached("INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)")?;
    let mut done = connection.prepare_cached("DELETE FROM unfiled WHERE comment = ?")?;
    for comment in &due {
        // A row that cannot be read is found by nothing, and keeps no other back.
        if let Some(spelled) = file(connection, *comment)? {
            add.execute(params![comment, spelled])?;
        }
        done.execute([comment])?;
    }
    Ok(due.len() as i64 == STEP)
}

/// A comment as it is read to be filed.
struct Unfiled {
    site: SiteId,
    comment_id: [u8; 16],
    body: String,
    is_described: bool,
    traces: Vec<u8>,
    fingerprint: Option<Vec<u8>>,
    is_waiting: bool,
    received_at: i64,
}

/// What the index is to have of it.
fn file(connection: &Connection, comment: i64) -> Result<Option<String>, StoreError> {
    let unfiled = connection
        .prepare_cached(
            "SELECT site_id, comment_id, body, reasons IS NOT NULL, traces, fingerprint,
                outcome = 'hold', received_at
             FROM comments WHERE comment = ?",
        )?
        .query_row([comment], |row| {
            Ok(Unfiled {
                site: SiteId(row.get(0)?),
                comment_id: row.get(1)?,
                body: row.get(2)?,
                is_described: row.get(3)?,
                traces: row.get(4)?,
                fingerprint: row.get(5)?,
                is_waiting: row.get(6)?,
                received_at: row.get(7)?,
            })
        })
        .optional()?;
    let Some(unfiled) = unfiled else {
        return Ok(None);
    };
    let Ok(text) = from_json::<Comment>(&unfiled.body, "a comment") else {
        return Ok(None);
    };
    if !unfiled.is_described {
        describe(connection, comment, &unfiled, &text)?;
    }
    Ok(Some(words::spelled(&text)))
}

/// What [`super::record`] works out when it writes a comment.
fn describe(
    connection: &Connection,
    comment: i64,
    unfiled: &Unfiled,
    text: &Comment,
) -> Result<(), StoreError> {
    let judgement = connection
        .prepare_cached(
            "SELECT body FROM judgements WHERE comment = ? ORDER BY judgement DESC LIMIT 1",
        )?
        .query_row([comment], |row| row.get::<_, String>(0))
        .optional()?;
    let judgement: Option<Judgement> =
        judgement.and_then(|body| from_json(&body, "a judgement").ok());
    let (Some(judgement), Ok(at)) = (judgement, time(unfiled.received_at)) else {
        return Ok(());
    };
    let marks = Marked::of(unfiled)?;
    let history = history::read(
        connection,
        &HistoryQuery {
            site: unfiled.site,
            traces: marks.traces.clone(),
            fingerprint: marks.fingerprint,
            own_id: None,
            own: Some(CommentId(uuid::Uuid::from_bytes(unfiled.comment_id))),
        },
    )?;
    Described {
        site: unfiled.site,
        aspects: &Aspects::of(&Features::of(text), &history),
        judgement: &judgement,
        traces: &marks.traces,
        fingerprint: unfiled.fingerprint.as_deref(),
        own: Some(comment),
        is_waiting: unfiled.is_waiting,
        at,
    }
    .columns(connection)?
    .write(connection, comment)
}

struct Marked {
    traces: Vec<Trace>,
    fingerprint: Option<Fingerprint>,
}

impl Marked {
    fn of(unfiled: &Unfiled) -> Result<Self, StoreError> {
        let blob = unfiled.fingerprint.as_deref();
        Ok(Self {
            traces: traces_from_blob(&unfiled.traces)?,
            fingerprint: blob.map(fingerprint_from_blob).transpose()?,
        })
    }
}
