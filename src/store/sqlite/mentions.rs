//! Where else a person or a forgotten comment is named: lists of moderators,
//! pinned texts, reports on models.

use rusqlite::{Connection, OptionalExtension, ToSql, params};
use uuid::Uuid;

use super::columns::{micros, time, trust as read_trust};
use crate::domain::{SiteId, Subject};
use crate::store::{Listed, Removed, Selection, StoreError};

/// What stands in a report where a comment's id was.
const FORGOTTEN: &str = "forgotten";
const ID_LENGTH: usize = 36;

/// Entries of lists about the selected person. A network is nobody.
pub(super) fn listed(
    connection: &Connection,
    selection: &Selection,
) -> Result<Vec<Listed>, StoreError> {
    let mut listed = Vec::new();
    each(connection, selection, |site, subject, hash| {
        let row: Option<(String, String, i64)> = connection
            .prepare_cached(
                "SELECT trust, shown, at FROM trusts
                 WHERE site_id = ? AND subject = ? AND hash = ? AND at < ?",
            )?
            .query_row(params![site, subject, hash, before(selection)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        if let Some((trust, shown, at)) = row {
            listed.push(Listed {
                site: SiteId(site),
                trust: read_trust(&trust)?,
                shown,
                at: time(at)?,
            });
        }
        Ok(())
    })?;
    Ok(listed)
}

/// Takes the person off the lists, and ends the pins.
pub(super) fn remove(
    connection: &Connection,
    selection: &Selection,
    pins: &[i64],
) -> Result<Removed, StoreError> {
    let mut removed = Removed::new();
    let mut note = |what: &str, rows: usize| {
        if rows > 0 {
            *removed.entry(what.to_owned()).or_default() += rows as u64;
        }
    };
    let mut unpin = connection.prepare_cached("DELETE FROM pinned WHERE pin = ?")?;
    for pin in pins {
        note("pinned", unpin.execute([pin])?);
    }
    each(connection, selection, |site, subject, hash| {
        let rows = connection
            .prepare_cached(
                "DELETE FROM trusts WHERE site_id = ? AND subject = ? AND hash = ? AND at < ?",
            )?
            .execute(params![site, subject, hash, before(selection)])?;
        note("list_entries", rows);
        Ok(())
    })?;
    Ok(removed)
}

fn before(selection: &Selection) -> i64 {
    selection.before.map_or(i64::MAX, micros)
}

fn each(
    connection: &Connection,
    selection: &Selection,
    mut visit: impl FnMut(i64, u8, &[u8; 16]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sites: Vec<i64> = connection
        .prepare_cached("SELECT site_id FROM sites")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let asked = |site: &&i64| selection.site.is_none_or(|only| only.0 == **site);
    for site in sites.iter().filter(asked) {
        for trace in &selection.traces {
            if matches!(trace.subject, Subject::AuthorName | Subject::Email) {
                visit(*site, trace.subject as u8, &trace.hash)?;
            }
        }
    }
    Ok(())
}

/// Takes the ids of comments of which nothing is left out of the reports on
/// models.
pub(super) fn forget_in_reports(connection: &Connection) -> Result<(), StoreError> {
    let reports: Vec<(i64, String)> = connection
        .prepare_cached("SELECT event, report FROM model_events WHERE report IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut left = connection.prepare_cached(
        "SELECT 1 FROM comments WHERE site_id IN (SELECT site_id FROM sites) AND comment_id = ?1
         UNION ALL SELECT 1 FROM labels WHERE comment_id = ?1 LIMIT 1",
    )?;
    for (event, report) in reports {
        let mut clean = report.clone();
        for id in ids(&report) {
            let bytes: &dyn ToSql = id.as_bytes();
            if !left.exists([bytes])? {
                clean = clean.replace(&id.to_string(), FORGOTTEN);
            }
        }
        if clean != report {
            connection
                .prepare_cached("UPDATE model_events SET report = ? WHERE event = ?")?
                .execute(params![clean, event])?;
        }
    }
    Ok(())
}

/// Every id that a text has, as ids are printed.
fn ids(text: &str) -> Vec<Uuid> {
    let part = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    let words = text.split(|letter: char| !u8::try_from(letter).is_ok_and(part));
    let long = words.filter(|word| word.len() == ID_LENGTH);
    long.filter_map(|word| Uuid::try_parse(word).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_a_report() {
        let id = "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10";
        let report = format!(r#"{{"flips":[{{"id":"{id}"}},{{"id":"pinned {id}"}}],"n":-12}}"#);
        let found: Vec<String> = ids(&report).iter().map(Uuid::to_string).collect();
        assert_eq!(found, [id, id]);
        assert!(ids("0123456789abcdef0123456789abcdef").is_empty());
    }
}
