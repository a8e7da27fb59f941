//! Writes a judged comment. On every request's path: what can be prepared is
//! prepared before the writer's turn.

use rusqlite::{Connection, OptionalExtension, ToSql, named_params, params};

use super::akismet;
use super::columns::{comment_id, fingerprint_to_blob, from_json, micros, to_json, traces_to_blob};
use super::decisions;
use super::outbox::{self, Happened};
use crate::domain::{Cause, Comment, CommentId, SiteId};
use crate::store::{Check, Idempotency, Recorded, StoreError};

/// A check with its columns.
pub(super) struct Prepared {
    check: Check,
    body: String,
    judgement: String,
    gathered: Option<String>,
    traces: Vec<u8>,
    fingerprint: Option<Vec<u8>>,
}

pub(super) fn prepare(check: Check) -> Result<Prepared, StoreError> {
    Ok(Prepared {
        body: to_json(&check.comment)?,
        judgement: to_json(&check.judgement)?,
        gathered: check.gathered.as_ref().map(to_json).transpose()?,
        traces: traces_to_blob(&check.marks.traces),
        fingerprint: check.marks.fingerprint.as_ref().map(fingerprint_to_blob),
        check,
    })
}

pub(super) fn write(connection: &Connection, prepared: Prepared) -> Result<Recorded, StoreError> {
    let check = &prepared.check;
    if let Some(idempotency) = &check.idempotency
        && let Some(recorded) = replay(connection, check.site, idempotency)?
    {
        return Ok(recorded);
    }
    let (comment, comment_id) = match known(connection, check)? {
        Some(known) => {
            update(connection, &prepared, &known)?;
            (known.comment, known.comment_id)
        }
        None => (insert(connection, &prepared)?, check.new_id),
    };
    if let Some(callback) = &check.callback {
        outbox::remember_callback(connection, comment, callback)?;
    }
    akismet::told(connection, comment, check)?;
    let judgement = connection
        .prepare_cached("INSERT INTO judgements (comment, at, body, gathered) VALUES (?, ?, ?, ?)")?
        .insert(params![
            comment,
            micros(check.at),
            prepared.judgement,
            prepared.gathered
        ])?;
    if let Some(idempotency) = &check.idempotency {
        // It replaces one whose comment is forgotten.
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO idempotency (site_id, key, request, comment_id, judgement, at)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                check.site.0,
                idempotency.key,
                idempotency.request,
                comment_id.0.as_bytes(),
                judgement,
                micros(check.at),
            ])?;
    }
    Ok(Recorded {
        comment_id,
        judgement: prepared.check.judgement,
        replayed: false,
    })
}

/// What was written for the key before, as far as it is not forgotten.
pub(super) fn replay(
    connection: &Connection,
    site: SiteId,
    idempotency: &Idempotency,
) -> Result<Option<Recorded>, StoreError> {
    // Numbers of judgements may be used again after a purge, ids of comments
    // not: both have to fit.
    let mut statement = connection.prepare_cached(
        "SELECT request, comment_id, judgements.body AS judgement FROM idempotency
         JOIN comments USING (site_id, comment_id)
         JOIN judgements ON judgements.judgement = idempotency.judgement
            AND judgements.comment = comments.comment
         WHERE site_id = ? AND key = ?",
    )?;
    let mut rows = statement.query(params![site.0, idempotency.key])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    if row.get::<_, [u8; 32]>("request")? != idempotency.request {
        return Err(StoreError::IdempotencyMismatch);
    }
    Ok(Some(Recorded {
        comment_id: comment_id(row, "comment_id")?,
        judgement: from_json(&row.get::<_, String>("judgement")?, "a judgement")?,
        replayed: true,
    }))
}

/// The comment that the blog sent before under the same id.
struct Known {
    comment: i64,
    comment_id: CommentId,
    body: String,
}

fn known(connection: &Connection, check: &Check) -> Result<Option<Known>, StoreError> {
    let key: (&str, &dyn ToSql) = match (&check.comment.id, &check.updates) {
        (Some(own_id), _) => ("own_id", own_id),
        (None, Some(id)) => ("comment_id", id.0.as_bytes()),
        (None, None) => return Ok(None),
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT comment, comment_id, body FROM comments WHERE site_id = ? AND {} = ?",
        key.0
    ))?;
    statement
        .query_row(params![check.site.0, key.1], |row| {
            Ok(comment_id(row, "comment_id").and_then(|comment_id| {
                Ok(Known {
                    comment: row.get("comment")?,
                    comment_id,
                    body: row.get("body")?,
                })
            }))
        })
        .optional()?
        .transpose()
}

fn insert(connection: &Connection, prepared: &Prepared) -> Result<i64, StoreError> {
    let check = &prepared.check;
    Ok(connection
        .prepare_cached(
            "INSERT INTO comments (site_id, comment_id, own_id, received_at, updated_at,
                purge_after, verdict, log_odds, traces, fingerprint, body)
             VALUES (:site, :comment_id, :own_id, :at, :at,
                :purge_after, :verdict, :log_odds, :traces, :fingerprint, :body)",
        )?
        .insert(named_params! {
            ":site": check.site.0,
            ":comment_id": check.new_id.0.as_bytes(),
            ":own_id": check.comment.id,
            ":at": micros(check.at),
            ":purge_after": micros(check.purge_after),
            ":verdict": check.judgement.verdict.as_str(),
            ":log_odds": check.judgement.log_odds.0,
            ":traces": prepared.traces,
            ":fingerprint": prepared.fingerprint,
            ":body": prepared.body,
        })?)
}

fn update(connection: &Connection, prepared: &Prepared, known: &Known) -> Result<(), StoreError> {
    let check = &prepared.check;
    let stood = outbox::standing(connection, known.comment)?;
    let before: Comment = from_json(&known.body, "a comment")?;
    let reworded = shown(&before) != shown(&check.comment);
    if reworded {
        decisions::end(connection, known.comment, check.at)?;
        connection
            .prepare_cached(
                "UPDATE comments SET label = NULL, decision = NULL, decision_id = NULL
                 WHERE comment = ?",
            )?
            .execute([known.comment])?;
    }
    connection
        .prepare_cached(
            "UPDATE comments SET updated_at = :at, purge_after = :purge_after,
                verdict = :verdict, log_odds = :log_odds, traces = :traces,
                fingerprint = :fingerprint, body = :body
             WHERE comment = :comment",
        )?
        .execute(named_params! {
            ":comment": known.comment,
            ":at": micros(check.at),
            ":purge_after": micros(check.purge_after),
            ":verdict": check.judgement.verdict.as_str(),
            ":log_odds": check.judgement.log_odds.0,
            ":traces": prepared.traces,
            ":fingerprint": prepared.fingerprint,
            ":body": prepared.body,
        })?;
    let happened = Happened {
        cause: Cause::Check,
        by: None,
        at: check.at,
        before: stood,
    };
    outbox::note(connection, known.comment, &happened)
}

/// What readers of the blog see, and so what a decision was about.
fn shown(comment: &Comment) -> (&str, Option<&str>, Option<&str>) {
    let author = &comment.author;
    (
        &comment.content,
        author.name.as_deref(),
        author.url.as_deref(),
    )
}
