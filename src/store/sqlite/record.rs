//! Writes a judged comment. On every request's path: what can be prepared is
//! prepared before the writer's turn.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, named_params, params};

use super::aspects::Described;
use super::columns::{comment_id, fingerprint_to_blob, from_json, micros, to_json, traces_to_blob};
use super::days::{self, What};
use super::outbox::{self, Happened};
use super::{akismet, audits, decisions, surroundings};
use crate::domain::{Cause, Comment, CommentId, SiteId, Verdict};
use crate::store::{Check, Ended, Idempotency, Recorded, StoreError};

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
    let judged_at = prepared.check.at;
    write_judged(connection, prepared, judged_at)
}

/// [`write`] for a comment that came at another time than it is judged.
pub(super) fn write_judged(
    connection: &Connection,
    prepared: Prepared,
    judged_at: Timestamp,
) -> Result<Recorded, StoreError> {
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
        None => {
            let comment = insert(connection, &prepared)?;
            audits::draw(connection, check, check.new_id)?;
            (comment, check.new_id)
        }
    };
    if let Some(callback) = &check.callback {
        outbox::remember_callback(connection, comment, callback)?;
    }
    akismet::told(connection, comment, check)?;
    let answer = What::Answer(check.judgement.verdict);
    days::count(connection, check.site, check.at, answer, 1)?;
    let judgement = connection
        .prepare_cached("INSERT INTO judgements (comment, at, body, gathered) VALUES (?, ?, ?, ?)")?
        .insert(params![
            comment,
            micros(judged_at),
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

impl Prepared {
    fn described(&self, own: Option<i64>, is_waiting: bool) -> Described<'_> {
        Described {
            site: self.check.site,
            aspects: &self.check.aspects,
            judgement: &self.check.judgement,
            traces: &self.check.marks.traces,
            fingerprint: self.fingerprint.as_deref(),
            own,
            is_waiting,
            at: self.check.at,
        }
    }
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
    let described = prepared.described(None, check.judgement.verdict == Verdict::Hold);
    let columns = described.columns(connection)?;
    let comment = connection
        .prepare_cached(
            "INSERT INTO comments (site_id, comment_id, own_id, received_at, updated_at,
                purge_after, verdict, log_odds, traces, fingerprint, body,
                language, has_link, new_author, lesson, campaign, reasons)
             VALUES (:site, :comment_id, :own_id, :at, :at,
                :purge_after, :verdict, :log_odds, :traces, :fingerprint, :body,
                :language, :has_link, :new_author, :lesson, :campaign, :reasons)",
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
            ":language": columns.language,
            ":has_link": columns.has_link,
            ":new_author": columns.new_author,
            ":lesson": columns.place.lesson,
            ":campaign": columns.place.campaign,
            ":reasons": columns.reasons,
        })?;
    columns.settle(connection, comment)?;
    Ok(comment)
}

fn update(connection: &Connection, prepared: &Prepared, known: &Known) -> Result<(), StoreError> {
    let check = &prepared.check;
    let stood = outbox::standing(connection, known.comment)?;
    let before: Comment = from_json(&known.body, "a comment")?;
    let reworded = shown(&before) != shown(&check.comment);
    if reworded {
        decisions::end(connection, known.comment, check.at, Ended::Reworded)?;
        connection
            .prepare_cached(
                "UPDATE comments SET label = NULL, decision = NULL, decision_id = NULL
                 WHERE comment = ?",
            )?
            .execute([known.comment])?;
        surroundings::keep_earlier(connection, known.comment, &before, check.at)?;
        audits::draw(connection, check, known.comment_id)?;
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
    let is_waiting = connection
        .prepare_cached("SELECT outcome = 'hold' FROM comments WHERE comment = ?")?
        .query_row([known.comment], |row| row.get(0))?;
    prepared
        .described(Some(known.comment), is_waiting)
        .columns(connection)?
        .write(connection, known.comment)?;
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
