//! The outbox from its other end: what is due is leased, sent, settled.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use uuid::Uuid;

use super::columns::{comment_id, corrupt, from_json, micros, time, uuid};
use super::webhooks;
use crate::domain::{EventKind, SiteId, WebhookId};
use crate::secret::Sealed;
use crate::store::{Attempt, Callback, Claim, LoggedAttempt, Message, Recipient, StoreError, Then};

/// The lanes in which something waits: one step in the index for each.
const LANES: &str = "WITH RECURSIVE lanes (lane) AS (
        SELECT min(lane) FROM messages WHERE state = 'waiting'
        UNION ALL
        SELECT (SELECT min(lane) FROM messages WHERE state = 'waiting' AND lane > lanes.lane)
        FROM lanes WHERE lane IS NOT NULL)
     SELECT lane, (
        SELECT count(*) FROM messages
        WHERE messages.lane = lanes.lane AND state = 'waiting' AND leased_until > ?
     ) FROM lanes WHERE lane IS NOT NULL";
/// What is due of a lane, nobody's, and first of its comment. A decision can
/// still be taken back until it is as old as `:undo`.
const DUE: &str = "SELECT message, due_at FROM messages AS due
     WHERE state = 'waiting' AND lane = :lane AND due_at <= :now
        AND ifnull(leased_until <= :now, true)
        AND (kind <> 'comment.decided' OR at <= :undo)
        AND NOT EXISTS (
            SELECT 1 FROM messages AS earlier
            WHERE earlier.state = 'waiting' AND earlier.lane = due.lane
                AND earlier.comment = due.comment AND earlier.message < due.message)
     ORDER BY due_at, message LIMIT :room";

/// Whether there is something to claim: a claim takes the writer's time.
pub(super) fn any_due(connection: &Connection, claim: &Claim) -> Result<bool, StoreError> {
    Ok(!due(connection, claim)?.is_empty())
}

/// Lanes with less under way come first, so that one that is slow or long never
/// takes all the places.
fn due(connection: &Connection, claim: &Claim) -> Result<Vec<i64>, StoreError> {
    let undo = SignedDuration::try_from(claim.undo).unwrap_or(SignedDuration::MAX);
    let undo = claim.now.checked_sub(undo).unwrap_or(Timestamp::MIN);
    let mut lanes = connection.prepare_cached(LANES)?;
    let lanes = lanes
        .query_map([micros(claim.now)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let mut statement = connection.prepare_cached(DUE)?;
    let mut found = Vec::new();
    for (lane, under_way) in lanes {
        let under_way = usize::try_from(under_way).unwrap_or(usize::MAX);
        let room = claim.of_each.saturating_sub(under_way).min(claim.limit);
        let values = named_params! {
            ":lane": lane,
            ":now": micros(claim.now),
            ":undo": micros(undo),
            ":room": i64::try_from(room).unwrap_or(i64::MAX),
        };
        let of_lane = statement
            .query_map(values, |row| {
                Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(0)?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let places = under_way..;
        found.extend(places.zip(of_lane));
    }
    found.sort_unstable();
    found.truncate(claim.limit);
    Ok(found.into_iter().map(|(_, (_, message))| message).collect())
}

pub(super) fn claim(connection: &Connection, claim: &Claim) -> Result<Vec<Message>, StoreError> {
    let mut lease = connection
        .prepare_cached("UPDATE messages SET holder = ?, leased_until = ? WHERE message = ?")?;
    let mut messages = Vec::new();
    for message in due(connection, claim)? {
        lease.execute(params![
            claim.holder.as_bytes(),
            micros(claim.until),
            message
        ])?;
        messages.push(read(connection, message, claim.now)?);
    }
    Ok(messages)
}

fn read(connection: &Connection, message: i64, now: Timestamp) -> Result<Message, StoreError> {
    connection
        .prepare_cached(
            "SELECT message_id, kind, at, event, step,
                webhooks.webhook_id, webhooks.url, secret, old_secret, old_until,
                callbacks.url, callbacks.key, callbacks.post_id
             FROM messages LEFT JOIN webhooks USING (webhook)
                LEFT JOIN callbacks ON callbacks.comment = messages.comment
             WHERE message = ?",
        )?
        .query_row([message], |row| Ok(read_message(row, now)))?
}

fn read_message(row: &Row<'_>, now: Timestamp) -> Result<Message, StoreError> {
    let to = match row.get::<_, Option<Vec<u8>>>(5)? {
        Some(id) => Recipient::Webhook {
            id: WebhookId(uuid(&id)?),
            url: row.get(6)?,
            secrets: webhooks::secrets(row, 7, now)?,
        },
        None => Recipient::Akismet(Callback {
            url: row.get(10)?,
            key: Sealed(row.get(11)?),
            post_id: row.get(12)?,
        }),
    };
    Ok(Message {
        id: uuid(&row.get::<_, Vec<u8>>(0)?)?,
        kind: kind(&row.get::<_, String>(1)?)?,
        at: time(row.get(2)?)?,
        event: from_json(&row.get::<_, String>(3)?, "a message")?,
        step: row.get(4)?,
        to,
    })
}

fn kind(name: &str) -> Result<EventKind, StoreError> {
    EventKind::named(name).ok_or_else(|| corrupt("a type of event"))
}

pub(super) fn settle(
    connection: &Connection,
    holder: Uuid,
    id: Uuid,
    attempt: &Attempt,
    then: Then,
) -> Result<(), StoreError> {
    let (message, webhook) = connection
        .prepare_cached(
            "SELECT message, webhook FROM messages
             WHERE message_id = ? AND holder = ? AND leased_until IS NOT NULL",
        )?
        .query_row(params![id.as_bytes(), holder.as_bytes()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))
        })
        .optional()?
        .ok_or(StoreError::NotFound)?;
    connection
        .prepare_cached(
            "INSERT INTO attempts (message, at, millis, status, failure) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            message,
            micros(attempt.at),
            attempt.millis,
            attempt.status,
            attempt.failure,
        ])?;
    let (state, due, done) = match then {
        Then::Delivered => ("delivered", None, Some(attempt.at)),
        Then::Again(at) => ("waiting", Some(at), None),
        Then::GivenUp | Then::Gone => ("failed", None, Some(attempt.at)),
    };
    connection
        .prepare_cached(
            "UPDATE messages SET attempts = attempts + 1, step = step + 1, state = :state,
                due_at = ifnull(:due, due_at), done_at = :done, leased_until = NULL
             WHERE message = :message",
        )?
        .execute(named_params! {
            ":message": message,
            ":state": state,
            ":due": due.map(micros),
            ":done": done.map(micros),
        })?;
    if let (Then::Gone, Some(webhook)) = (then, webhook) {
        switch_off(connection, webhook, attempt.at)?;
    }
    Ok(())
}

pub(super) fn switch_off(
    connection: &Connection,
    webhook: i64,
    at: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE webhooks SET off_since = ? WHERE webhook = ?")?
        .execute(params![micros(at), webhook])?;
    connection
        .prepare_cached(
            "UPDATE messages SET state = 'failed', done_at = ?, leased_until = NULL
             WHERE webhook = ? AND state = 'waiting'",
        )?
        .execute(params![micros(at), webhook])?;
    Ok(())
}

pub(super) fn release(connection: &Connection, holder: Uuid) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE messages SET leased_until = NULL
             WHERE leased_until IS NOT NULL AND holder = ?",
        )?
        .execute([holder.as_bytes()])?;
    Ok(())
}

pub(super) fn retry(
    connection: &Connection,
    site: SiteId,
    webhook: Option<WebhookId>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let chosen = chosen(connection, site, webhook)?;
    if let Some(webhook) = chosen {
        connection
            .prepare_cached("UPDATE webhooks SET off_since = NULL WHERE webhook = ?")?
            .execute([webhook])?;
    }
    // What is late must not undo what came after it.
    let due = connection
        .prepare_cached(
            "UPDATE messages SET state = 'waiting', step = 0, due_at = :now, done_at = NULL
             WHERE site_id = :site AND (:webhook IS NULL OR webhook = :webhook)
                AND (state = 'waiting' OR state = 'failed' AND NOT EXISTS (
                    SELECT 1 FROM messages AS later
                    WHERE later.comment = messages.comment AND later.lane = messages.lane
                        AND later.state = 'delivered' AND later.message > messages.message))
                AND NOT EXISTS (
                    SELECT 1 FROM webhooks
                    WHERE webhooks.webhook = messages.webhook AND off_since IS NOT NULL)",
        )?
        .execute(named_params! {
            ":site": site.0,
            ":webhook": chosen,
            ":now": micros(now),
        })?;
    Ok(due as u64)
}

pub(super) fn log(
    connection: &Connection,
    site: SiteId,
    webhook: Option<WebhookId>,
    limit: usize,
) -> Result<Vec<LoggedAttempt>, StoreError> {
    let chosen = chosen(connection, site, webhook)?;
    let mut statement = connection.prepare_cached(
        "SELECT attempts.at, millis, status, failure, message_id, webhook_id, kind, comment_id
         FROM attempts JOIN messages USING (message) JOIN comments USING (comment)
            LEFT JOIN webhooks USING (webhook)
         WHERE messages.site_id = :site AND (:webhook IS NULL OR webhook = :webhook)
         ORDER BY attempt DESC LIMIT :limit",
    )?;
    let mut rows = statement.query(named_params! {
        ":site": site.0,
        ":webhook": chosen,
        ":limit": i64::try_from(limit).unwrap_or(i64::MAX),
    })?;
    let mut log = Vec::new();
    while let Some(row) = rows.next()? {
        log.push(LoggedAttempt {
            attempt: Attempt {
                at: time(row.get(0)?)?,
                millis: row.get(1)?,
                status: row.get(2)?,
                failure: row.get(3)?,
            },
            message: uuid(&row.get::<_, Vec<u8>>(4)?)?,
            webhook: row
                .get::<_, Option<Vec<u8>>>(5)?
                .map(|id| uuid(&id).map(WebhookId))
                .transpose()?,
            kind: kind(&row.get::<_, String>(6)?)?,
            comment_id: comment_id(row, "comment_id")?,
        });
    }
    Ok(log)
}

/// The webhook's number, if it is one of the site.
fn chosen(
    connection: &Connection,
    site: SiteId,
    webhook: Option<WebhookId>,
) -> Result<Option<i64>, StoreError> {
    let Some(id) = webhook else { return Ok(None) };
    connection
        .prepare_cached("SELECT webhook FROM webhooks WHERE webhook_id = ? AND site_id = ?")?
        .query_row(params![id.0.as_bytes(), site.0], |row| row.get(0))
        .optional()?
        .map(Some)
        .ok_or(StoreError::NotFound)
}
