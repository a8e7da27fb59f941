//! Whom and what a site's moderators trust or block.

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::columns::{micros, time, trust as read_trust, uuid};
use crate::domain::{SiteId, Subject, Trace, Trust};
use crate::store::{NewTrust, StoreError, TrustEntry};

/// The site's list, to look traces up in.
pub(super) struct Trusts<'c> {
    row: std::cell::RefCell<CachedStatement<'c>>,
    site: SiteId,
}

impl<'c> Trusts<'c> {
    /// `None` where the list is empty, as most are.
    pub fn of(connection: &'c Connection, site: SiteId) -> Result<Option<Self>, StoreError> {
        let any = connection
            .prepare_cached("SELECT 1 FROM trusts WHERE site_id = ? LIMIT 1")?
            .exists([site.0])?;
        if !any {
            return Ok(None);
        }
        let row = connection.prepare_cached(
            "SELECT trust FROM trusts WHERE site_id = ? AND subject = ? AND hash = ?",
        )?;
        Ok(Some(Self {
            row: row.into(),
            site,
        }))
    }

    pub fn of_trace(&self, trace: &Trace) -> Result<Option<(Trace, Trust)>, StoreError> {
        let mut row = self.row.borrow_mut();
        let found: Option<String> = row
            .query_row(
                params![self.site.0, trace.subject as u8, trace.hash],
                |row| row.get(0),
            )
            .optional()?;
        let found = found.as_deref().map(read_trust).transpose()?;
        Ok(found.map(|trust| (*trace, trust)))
    }
}

pub(super) fn add(connection: &Connection, new: &NewTrust) -> Result<(), StoreError> {
    // An entry of the same traces goes as a whole, not by half.
    let mut replace = connection.prepare_cached(
        "DELETE FROM trusts WHERE site_id = ?1 AND entry_id IN
            (SELECT entry_id FROM trusts WHERE site_id = ?1 AND subject = ?2 AND hash = ?3)",
    )?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO trusts (site_id, subject, hash, entry_id, trust, shown, by_whom, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for trace in &new.traces {
        replace.execute(params![new.site.0, trace.subject as u8, trace.hash])?;
    }
    for trace in &new.traces {
        insert.execute(params![
            new.site.0,
            trace.subject as u8,
            trace.hash,
            new.id.as_bytes(),
            new.trust.as_str(),
            new.shown,
            new.by,
            micros(new.at),
        ])?;
    }
    Ok(())
}

/// Of an entry's rows the one with the lowest subject tells what it is about.
const ENTRIES: &str = "SELECT entry_id, min(subject), trust, shown, by_whom, at
     FROM trusts WHERE site_id = ?1";

pub(super) fn list(connection: &Connection, site: SiteId) -> Result<Vec<TrustEntry>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{ENTRIES} GROUP BY entry_id ORDER BY at DESC, entry_id DESC"
    ))?;
    let mut rows = statement.query([site.0])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

pub(super) fn remove(
    connection: &Connection,
    site: SiteId,
    id: Uuid,
) -> Result<TrustEntry, StoreError> {
    let entry = connection
        .prepare_cached(&format!("{ENTRIES} AND entry_id = ?2 GROUP BY entry_id"))?
        .query_row(params![site.0, id.as_bytes()], |row| Ok(entry(row)))
        .optional()?
        .ok_or(StoreError::NotFound)??;
    connection
        .prepare_cached("DELETE FROM trusts WHERE site_id = ? AND entry_id = ?")?
        .execute(params![site.0, id.as_bytes()])?;
    Ok(entry)
}

fn entry(row: &Row<'_>) -> Result<TrustEntry, StoreError> {
    Ok(TrustEntry {
        id: uuid(&row.get::<_, Vec<u8>>(0)?)?,
        is_domain: row.get::<_, u8>(1)? >= Subject::AuthorDomain as u8,
        trust: read_trust(&row.get::<_, String>(2)?)?,
        shown: row.get(3)?,
        by: row.get(4)?,
        at: time(row.get(5)?)?,
    })
}
