//! Models: which one has which part, and what became of each.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{corrupt, from_json, micros, time, to_json};
use crate::domain::SiteId;
use crate::store::{
    ModelEvent, ModelEventKind, ModelHash, Roles, StoreError, StoredModel, Succession,
};

pub(super) fn add(
    connection: &Connection,
    model: &StoredModel,
    event: &ModelEvent,
) -> Result<(), StoreError> {
    let left_out: BTreeMap<i64, i64> = model
        .left_out
        .iter()
        .map(|(site, at)| (site.0, micros(*at)))
        .collect();
    connection
        .prepare_cached(
            "INSERT INTO models (model_hash, made_at, made_by, card, left_out, changes)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET made_at = excluded.made_at, made_by = excluded.made_by,
                left_out = excluded.left_out, changes = excluded.changes, removed_at = NULL",
        )?
        .execute(params![
            model.hash.0,
            micros(model.made_at),
            model.made_by,
            to_json(&model.card)?,
            to_json(&left_out)?,
            i64::try_from(model.changes).unwrap_or(i64::MAX),
        ])?;
    hold(connection, "challenger", Some(&model.hash), event.at)?;
    note(connection, event)
}

pub(super) fn all(connection: &Connection) -> Result<Vec<StoredModel>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM models ORDER BY made_at DESC, model_hash")?;
    let mut rows = statement.query([])?;
    let mut models = Vec::new();
    while let Some(row) = rows.next()? {
        let left_out: BTreeMap<i64, i64> =
            from_json(&row.get::<_, String>("left_out")?, "what a model left out")?;
        models.push(StoredModel {
            hash: ModelHash(row.get("model_hash")?),
            made_at: time(row.get("made_at")?)?,
            made_by: row.get("made_by")?,
            card: from_json(&row.get::<_, String>("card")?, "a model card")?,
            left_out: left_out
                .into_iter()
                .map(|(site, at)| Ok((SiteId(site), time(at)?)))
                .collect::<Result<_, StoreError>>()?,
            changes: row.get::<_, i64>("changes")?.unsigned_abs(),
            removed_at: row
                .get::<_, Option<i64>>("removed_at")?
                .map(time)
                .transpose()?,
        });
    }
    Ok(models)
}

pub(super) fn roles(connection: &Connection) -> Result<Roles, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT role, model_hash, since FROM model_roles")?;
    let mut rows = statement.query([])?;
    let mut roles = Roles::default();
    while let Some(row) = rows.next()? {
        let hash = row.get::<_, Option<String>>(1)?.map(ModelHash);
        let since = Some(time(row.get(2)?)?);
        match row.get_ref(0)?.as_str().unwrap_or_default() {
            "champion" => (roles.champion, roles.champion_since) = (hash, since),
            "shadow" => (roles.shadow, roles.shadow_since) = (hash, since),
            _ => roles.challenger = hash,
        }
    }
    Ok(roles)
}

pub(super) fn succeed(connection: &Connection, succession: &Succession) -> Result<(), StoreError> {
    let event = &succession.event;
    let roles = roles(connection)?;
    if roles.champion != succession.expected {
        return Err(StoreError::Changed);
    }
    if let Some(hash) = &event.model {
        usable(connection, hash)?;
    }
    hold(connection, "champion", event.model.as_ref(), event.at)?;
    for (role, holder) in [("challenger", &roles.challenger), ("shadow", &roles.shadow)] {
        if holder.is_some() && *holder == event.model {
            drop_role(connection, role)?;
        }
    }
    note(connection, event)
}

pub(super) fn set_shadow(
    connection: &Connection,
    shadow: Option<&ModelHash>,
    event: &ModelEvent,
) -> Result<(), StoreError> {
    match shadow {
        Some(hash) => {
            usable(connection, hash)?;
            hold(connection, "shadow", Some(hash), event.at)?;
        }
        None => drop_role(connection, "shadow")?,
    }
    note(connection, event)
}

fn usable(connection: &Connection, hash: &ModelHash) -> Result<(), StoreError> {
    let usable = connection
        .prepare_cached("SELECT 1 FROM models WHERE model_hash = ? AND removed_at IS NULL")?
        .exists([&hash.0])?;
    if usable {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}

fn hold(
    connection: &Connection,
    role: &str,
    hash: Option<&ModelHash>,
    since: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO model_roles (role, model_hash, since) VALUES (?, ?, ?)",
        )?
        .execute(params![role, hash.map(|hash| &hash.0), micros(since)])?;
    Ok(())
}

fn drop_role(connection: &Connection, role: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM model_roles WHERE role = ?")?
        .execute([role])?;
    Ok(())
}

pub(super) fn note(connection: &Connection, event: &ModelEvent) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO model_events (at, kind, model_hash, previous, done_by, reason, report)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            micros(event.at),
            event.kind.as_str(),
            event.model.as_ref().map(|hash| &hash.0),
            event.previous.as_ref().map(|hash| &hash.0),
            event.by,
            event.reason,
            event.report.as_ref().map(to_json).transpose()?,
        ])?;
    Ok(())
}

pub(super) fn events(
    connection: &Connection,
    of: Option<&ModelHash>,
    limit: usize,
) -> Result<Vec<ModelEvent>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut events = Vec::new();
    let mut read = |rows: &mut rusqlite::Rows<'_>| -> Result<(), StoreError> {
        while let Some(row) = rows.next()? {
            events.push(event(row)?);
        }
        Ok(())
    };
    match of {
        Some(hash) => read(
            &mut connection
                .prepare_cached(
                    "SELECT * FROM model_events WHERE model_hash = ? ORDER BY event DESC LIMIT ?",
                )?
                .query(params![hash.0, limit])?,
        )?,
        None => read(
            &mut connection
                .prepare_cached("SELECT * FROM model_events ORDER BY event DESC LIMIT ?")?
                .query([limit])?,
        )?,
    }
    Ok(events)
}

fn event(row: &Row<'_>) -> Result<ModelEvent, StoreError> {
    let kind = row.get::<_, String>("kind")?;
    let report = row.get::<_, Option<String>>("report")?;
    let hash = |column| Ok::<_, StoreError>(row.get::<_, Option<String>>(column)?.map(ModelHash));
    Ok(ModelEvent {
        at: time(row.get("at")?)?,
        kind: ModelEventKind::ALL
            .into_iter()
            .find(|known| known.as_str() == kind)
            .ok_or_else(|| corrupt("what became of a model"))?,
        model: hash("model_hash")?,
        previous: hash("previous")?,
        by: row.get("done_by")?,
        reason: row.get("reason")?,
        report: report
            .map(|report| from_json(&report, "a report on a model"))
            .transpose()?,
    })
}

pub(super) fn removed(
    connection: &Connection,
    hash: &ModelHash,
    at: Timestamp,
) -> Result<(), StoreError> {
    let held = connection
        .prepare_cached("SELECT role FROM model_roles WHERE model_hash = ?")?
        .query_row([&hash.0], |row| row.get::<_, String>(0))
        .optional()?;
    if held.is_some() {
        return Err(StoreError::Changed);
    }
    connection
        .prepare_cached("UPDATE models SET removed_at = ? WHERE model_hash = ?")?
        .execute(params![micros(at), hash.0])?;
    Ok(())
}
