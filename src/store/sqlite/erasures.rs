//! Requests to forget: begun, added to, finished.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::columns::{from_json, micros, time, to_json, uuid};
use crate::store::{Erasure, Removed, StoreError};

const ERASURE: &str = "SELECT erasure_id, begun_at, done_by, asked, selection, removed,
        finished_at, certificate FROM erasures";

pub(super) fn begin(connection: &Connection, erasure: &Erasure) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO erasures (erasure_id, begun_at, done_by, asked, selection)
             VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            erasure.id.as_bytes(),
            micros(erasure.begun_at),
            erasure.by,
            to_json(&erasure.asked)?,
            erasure.selection.as_ref().map(to_json).transpose()?,
        ])?;
    Ok(())
}

pub(super) fn add(connection: &Connection, id: Uuid, more: &Removed) -> Result<(), StoreError> {
    let mut removed = by_id(connection, id)?.removed;
    for (what, rows) in more {
        *removed.entry(what.clone()).or_default() += rows;
    }
    connection
        .prepare_cached("UPDATE erasures SET removed = ? WHERE erasure_id = ?")?
        .execute(params![to_json(&removed)?, id.as_bytes()])?;
    Ok(())
}

pub(super) fn selection_done(connection: &Connection, id: Uuid) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE erasures SET selection = NULL WHERE erasure_id = ?")?
        .execute([id.as_bytes()])?;
    Ok(())
}

pub(super) fn finish(
    connection: &Connection,
    id: Uuid,
    at: Timestamp,
    certificate: &serde_json::Value,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE erasures SET finished_at = ?, certificate = ? WHERE erasure_id = ?",
        )?
        .execute(params![micros(at), to_json(certificate)?, id.as_bytes()])?;
    Ok(())
}

pub(super) fn by_id(connection: &Connection, id: Uuid) -> Result<Erasure, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{ERASURE} WHERE erasure_id = ?"))?;
    let mut rows = statement.query([id.as_bytes()])?;
    read(rows.next()?.ok_or(StoreError::NotFound)?)
}

pub(super) fn unfinished(connection: &Connection) -> Result<Vec<Erasure>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{ERASURE} WHERE finished_at IS NULL ORDER BY begun_at"
    ))?;
    let mut rows = statement.query([])?;
    let mut erasures = Vec::new();
    while let Some(row) = rows.next()? {
        erasures.push(read(row)?);
    }
    Ok(erasures)
}

fn read(row: &Row<'_>) -> Result<Erasure, StoreError> {
    let what = "a request to forget";
    let json = |column| row.get::<_, Option<String>>(column);
    Ok(Erasure {
        id: uuid(&row.get::<_, Vec<u8>>(0)?)?,
        begun_at: time(row.get(1)?)?,
        by: row.get(2)?,
        asked: from_json(&row.get::<_, String>(3)?, what)?,
        selection: json(4)?.map(|text| from_json(&text, what)).transpose()?,
        removed: from_json(&row.get::<_, String>(5)?, what)?,
        finished_at: row.get::<_, Option<i64>>(6)?.map(time).transpose()?,
        certificate: json(7)?.map(|text| from_json(&text, what)).transpose()?,
    })
}
