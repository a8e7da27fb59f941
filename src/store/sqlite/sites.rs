//! Sites and their keys.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{from_json, micros, time, to_json};
use super::fault::is_taken;
use crate::domain::{KeyKind, KeyMac, Site, SiteId};
use crate::store::{NewSite, SettingsChange, StoreError};

/// A site as [`site`] reads it. `:now` is the present time.
const SITE: &str = "SELECT site_id, name, url, created_at, (
        SELECT count(*) FROM api_keys AS live
        WHERE live.site_id = sites.site_id AND live.kind = 'api' AND live.revoked_at IS NULL
            AND (live.live_until IS NULL OR live.live_until > :now)
    ), settings FROM sites";
/// Sites with a live key of the given MAC; `kind` has to be written out for
/// SQLite to use the partial indices.
const HOLDERS: &str = "WHERE site_id IN (
        SELECT site_id FROM api_keys WHERE mac = :mac AND revoked_at IS NULL
            AND (live_until IS NULL OR live_until > :now) AND kind =";

pub(super) fn add(
    connection: &Connection,
    site: &NewSite,
    now: Timestamp,
) -> Result<Site, StoreError> {
    let added = connection
        .prepare_cached("INSERT INTO sites (name, url, created_at) VALUES (?, ?, ?)")?
        .insert(params![site.name, site.url, micros(now)]);
    let id = match added {
        Ok(id) => SiteId(id),
        Err(error) if is_taken(&error) => return Err(StoreError::NameTaken(site.name.clone())),
        Err(error) => return Err(error.into()),
    };
    add_key(connection, id, KeyKind::Api, &site.api_key, now)?;
    add_key(connection, id, KeyKind::Akismet, &site.akismet_key, now)?;
    by_name(connection, &site.name, now)
}

pub(super) fn all(connection: &Connection, now: Timestamp) -> Result<Vec<Site>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{SITE} ORDER BY name"))?;
    let mut rows = statement.query(&[(":now", &micros(now))])?;
    let mut sites = Vec::new();
    while let Some(row) = rows.next()? {
        sites.push(site(row)?);
    }
    Ok(sites)
}

pub(super) fn by_name(
    connection: &Connection,
    name: &str,
    now: Timestamp,
) -> Result<Site, StoreError> {
    connection
        .prepare_cached(&format!("{SITE} WHERE name = :name"))?
        .query_row(
            &[
                (":now", &micros(now) as &dyn rusqlite::ToSql),
                (":name", &name),
            ],
            |row| Ok(site(row)),
        )
        .optional()?
        .unwrap_or(Err(StoreError::NotFound))
}

/// The sites whose live key this is, by name: at most one for an API key.
pub(super) fn by_key(
    connection: &Connection,
    kind: KeyKind,
    key: &KeyMac,
    now: Timestamp,
) -> Result<Vec<Site>, StoreError> {
    let kind = kind.as_str();
    let mut statement =
        connection.prepare_cached(&format!("{SITE} {HOLDERS} '{kind}') ORDER BY name"))?;
    let mut rows = statement.query(&[
        (":now", &micros(now) as &dyn rusqlite::ToSql),
        (":mac", &key.0),
    ])?;
    let mut sites = Vec::new();
    while let Some(row) = rows.next()? {
        sites.push(site(row)?);
    }
    Ok(sites)
}

pub(super) fn rotate(
    connection: &Connection,
    site: SiteId,
    kind: KeyKind,
    key: &KeyMac,
    old_until: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    // An end that was set before is not put off.
    connection
        .prepare_cached(
            "UPDATE api_keys SET live_until = min(ifnull(live_until, ?3), ?3)
             WHERE site_id = ?1 AND kind = ?2",
        )?
        .execute(params![site.0, kind.as_str(), micros(old_until)])?;
    add_key(connection, site, kind, key, now)
}

/// Ends every live key; returns how many there were.
pub(super) fn revoke(
    connection: &Connection,
    site: SiteId,
    now: Timestamp,
) -> Result<u32, StoreError> {
    let exists = connection
        .prepare_cached("SELECT 1 FROM sites WHERE site_id = ?")?
        .exists([site.0])?;
    if !exists {
        return Err(StoreError::NotFound);
    }
    let revoked = connection
        .prepare_cached(
            "UPDATE api_keys SET revoked_at = ?2
             WHERE site_id = ?1 AND revoked_at IS NULL
                AND (live_until IS NULL OR live_until > ?2)",
        )?
        .execute(params![site.0, micros(now)])?;
    Ok(u32::try_from(revoked).unwrap_or(u32::MAX))
}

pub(super) fn change_settings(
    connection: &Connection,
    id: SiteId,
    change: SettingsChange,
    now: Timestamp,
) -> Result<Site, StoreError> {
    let mut site = by_id(connection, id, now)?;
    change(&mut site.settings);
    connection
        .prepare_cached("UPDATE sites SET settings = ? WHERE site_id = ?")?
        .execute(params![to_json(&site.settings)?, id.0])?;
    Ok(site)
}

pub(super) fn move_to(
    connection: &Connection,
    id: SiteId,
    name: Option<String>,
    url: Option<String>,
    now: Timestamp,
) -> Result<Site, StoreError> {
    let moved = connection
        .prepare_cached(
            "UPDATE sites SET name = ifnull(?2, name), url = ifnull(?3, url) WHERE site_id = ?1",
        )?
        .execute(params![id.0, name, url]);
    match moved {
        Err(error) if is_taken(&error) => Err(StoreError::NameTaken(name.unwrap_or_default())),
        Err(error) => Err(error.into()),
        Ok(_) => by_id(connection, id, now),
    }
}

fn by_id(connection: &Connection, id: SiteId, now: Timestamp) -> Result<Site, StoreError> {
    connection
        .prepare_cached(&format!("{SITE} WHERE site_id = :site"))?
        .query_row(&[(":now", &micros(now)), (":site", &id.0)], |row| {
            Ok(site(row))
        })
        .optional()?
        .unwrap_or(Err(StoreError::NotFound))
}

/// An Akismet key that the site had before lives again; an API key is used once.
fn add_key(
    connection: &Connection,
    site: SiteId,
    kind: KeyKind,
    key: &KeyMac,
    now: Timestamp,
) -> Result<(), StoreError> {
    let again = match kind {
        KeyKind::Api => "",
        KeyKind::Akismet => {
            "ON CONFLICT (site_id, kind, mac) DO UPDATE
             SET created_at = excluded.created_at, live_until = NULL, revoked_at = NULL"
        }
    };
    let added = connection
        .prepare_cached(&format!(
            "INSERT INTO api_keys (site_id, kind, mac, created_at) VALUES (?, ?, ?, ?) {again}"
        ))?
        .execute(params![site.0, kind.as_str(), key.0, micros(now)]);
    match added {
        Ok(_) => Ok(()),
        Err(error) if is_taken(&error) => Err(StoreError::KeyTaken),
        Err(error) => Err(error.into()),
    }
}

fn site(row: &Row<'_>) -> Result<Site, StoreError> {
    Ok(Site {
        id: SiteId(row.get(0)?),
        name: row.get(1)?,
        url: row.get(2)?,
        created_at: time(row.get(3)?)?,
        live_keys: row.get(4)?,
        settings: from_json(&row.get::<_, String>(5)?, "a site's settings")?,
    })
}
