//! Webhooks: who asked to be told of what.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::columns::{corrupt, micros, time, uuid};
use super::deliveries;
use crate::domain::{EventKind, SiteId, WebhookId};
use crate::secret::Sealed;
use crate::store::{NewWebhook, Secrets, StoreError, Webhook};

/// A webhook as [`read`] reads it.
const WEBHOOK: &str = "SELECT webhook_id, site_id, sites.name, webhooks.url, events, \
        webhooks.created_at, off_since, old_until, \
        (SELECT count(*) FROM messages \
         WHERE messages.webhook = webhooks.webhook AND state = 'waiting'), \
        (SELECT count(*) FROM messages \
         WHERE messages.webhook = webhooks.webhook AND state = 'failed') \
     FROM webhooks JOIN sites USING (site_id)";

pub(super) fn add(connection: &Connection, new: &NewWebhook) -> Result<Webhook, StoreError> {
    let events: Vec<&str> = new.events.iter().map(|event| event.as_str()).collect();
    connection
        .prepare_cached(
            "INSERT INTO webhooks (webhook_id, site_id, url, events, secret, created_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            new.id.0.as_bytes(),
            new.site.0,
            new.url,
            events.join(" "),
            new.secret.0,
            micros(new.at),
        ])?;
    one(connection, new.id)
}

pub(super) fn list(
    connection: &Connection,
    site: Option<SiteId>,
) -> Result<Vec<Webhook>, StoreError> {
    let chosen = match &site {
        Some(_) => "WHERE site_id = ?",
        None => "",
    };
    let mut statement =
        connection.prepare_cached(&format!("{WEBHOOK} {chosen} ORDER BY webhook"))?;
    let values: Vec<&dyn ToSql> = site.iter().map(|site| &site.0 as &dyn ToSql).collect();
    let mut rows = statement.query(values.as_slice())?;
    let mut webhooks = Vec::new();
    while let Some(row) = rows.next()? {
        webhooks.push(read(row)?);
    }
    Ok(webhooks)
}

/// With the secrets that sign at `now`.
pub(super) fn with_secrets(
    connection: &Connection,
    id: WebhookId,
    now: Timestamp,
) -> Result<(Webhook, Secrets), StoreError> {
    let webhook = one(connection, id)?;
    let secrets = connection
        .prepare_cached("SELECT secret, old_secret, old_until FROM webhooks WHERE webhook_id = ?")?
        .query_row([id.0.as_bytes()], |row| Ok(secrets(row, 0, now)))??;
    Ok((webhook, secrets))
}

/// Reads `secret, old_secret, old_until`, which begin at column `first`.
pub(super) fn secrets(row: &Row<'_>, first: usize, now: Timestamp) -> Result<Secrets, StoreError> {
    let mut secrets = vec![Sealed(row.get(first)?)];
    let old: Option<Vec<u8>> = row.get(first + 1)?;
    let until: Option<i64> = row.get(first + 2)?;
    if until.is_some_and(|until| micros(now) < until) {
        secrets.extend(old.map(Sealed));
    }
    Ok(secrets)
}

pub(super) fn rotate(
    connection: &Connection,
    id: WebhookId,
    secret: &Sealed,
    old_until: Timestamp,
) -> Result<(), StoreError> {
    changed(
        connection
            .prepare_cached(
                "UPDATE webhooks SET old_secret = secret, old_until = ?3, secret = ?2
                 WHERE webhook_id = ?1",
            )?
            .execute(params![id.0.as_bytes(), secret.0, micros(old_until)])?,
    )
}

/// Its messages and their attempts go with it.
pub(super) fn remove(connection: &Connection, id: WebhookId) -> Result<(), StoreError> {
    changed(
        connection
            .prepare_cached("DELETE FROM webhooks WHERE webhook_id = ?")?
            .execute([id.0.as_bytes()])?,
    )
}

fn one(connection: &Connection, id: WebhookId) -> Result<Webhook, StoreError> {
    connection
        .prepare_cached(&format!("{WEBHOOK} WHERE webhook_id = ?"))?
        .query_row([id.0.as_bytes()], |row| Ok(read(row)))
        .optional()?
        .ok_or(StoreError::NotFound)?
}

fn changed(rows: usize) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

fn read(row: &Row<'_>) -> Result<Webhook, StoreError> {
    let moment = |column| -> Result<Option<Timestamp>, StoreError> {
        row.get::<_, Option<i64>>(column)?.map(time).transpose()
    };
    Ok(Webhook {
        id: WebhookId(uuid(&row.get::<_, Vec<u8>>(0)?)?),
        site: SiteId(row.get(1)?),
        site_name: row.get(2)?,
        url: row.get(3)?,
        events: row
            .get::<_, String>(4)?
            .split_whitespace()
            .map(|name| EventKind::named(name).ok_or_else(|| corrupt("a type of event")))
            .collect::<Result<_, _>>()?,
        created_at: time(row.get(5)?)?,
        off_since: moment(6)?,
        old_secret_until: moment(7)?,
        waiting: row.get(8)?,
        failed: row.get(9)?,
    })
}

/// Sends nothing until it is switched on again.
pub(super) fn pause(
    connection: &Connection,
    id: WebhookId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let webhook = connection
        .prepare_cached("SELECT webhook FROM webhooks WHERE webhook_id = ?")?
        .query_row([id.0.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotFound)?;
    deliveries::switch_off(connection, webhook, at)
}
