//! Moderators, their passwords and their one-time links.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{corrupt, micros, time};
use super::fault::is_taken;
use crate::domain::{Moderator, ModeratorId, Role, SiteId, TokenHash};
use crate::store::{Credentials, NewLink, NewModerator, StoreError};

/// A moderator as [`read`] reads it.
const MODERATOR: &str = "SELECT moderator_id, name, role, epoch, password_hash IS NOT NULL,
        created_at, last_sign_in, password_hash, EXISTS (
            SELECT 1 FROM second_factors
            WHERE second_factors.moderator_id = moderators.moderator_id
                AND confirmed_at IS NOT NULL
        ) FROM moderators";

pub(super) fn add(connection: &Connection, new: &NewModerator) -> Result<Moderator, StoreError> {
    let added = connection
        .prepare_cached(
            "INSERT INTO moderators (name, name_key, role, created_at) VALUES (?, ?, ?, ?)",
        )?
        .insert(params![
            new.name,
            new.name.to_lowercase(),
            new.role.as_str(),
            micros(new.at)
        ]);
    let id = match added {
        Ok(id) => ModeratorId(id),
        Err(error) if is_taken(&error) => return Err(StoreError::NameTaken(new.name.clone())),
        Err(error) => return Err(error.into()),
    };
    grant(connection, id, &new.sites)?;
    by_id(connection, id)
}

fn grant(connection: &Connection, id: ModeratorId, sites: &[SiteId]) -> Result<(), StoreError> {
    let mut grant = connection.prepare_cached(
        "INSERT OR IGNORE INTO moderator_sites (moderator_id, site_id) VALUES (?, ?)",
    )?;
    for site in sites {
        grant.execute([id.0, site.0])?;
    }
    Ok(())
}

pub(super) fn change_rights(
    connection: &Connection,
    id: ModeratorId,
    role: Role,
    sites: &[SiteId],
) -> Result<Moderator, StoreError> {
    changed_one(
        connection
            .prepare_cached("UPDATE moderators SET role = ? WHERE moderator_id = ?")?
            .execute(params![role.as_str(), id.0])?,
    )?;
    connection
        .prepare_cached("DELETE FROM moderator_sites WHERE moderator_id = ?")?
        .execute([id.0])?;
    grant(connection, id, sites)?;
    by_id(connection, id)
}

pub(super) fn all(connection: &Connection) -> Result<Vec<Moderator>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{MODERATOR} ORDER BY name_key"))?;
    let mut rows = statement.query([])?;
    let mut moderators = Vec::new();
    while let Some(row) = rows.next()? {
        moderators.push(read(connection, row)?);
    }
    Ok(moderators)
}

pub(super) fn credentials(connection: &Connection, name: &str) -> Result<Credentials, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{MODERATOR} WHERE name_key = ?"))?;
    let mut rows = statement.query([name.to_lowercase()])?;
    let row = rows.next()?.ok_or(StoreError::NotFound)?;
    Ok(Credentials {
        moderator: read(connection, row)?,
        password_hash: row.get(7)?,
    })
}

pub(super) fn by_id(connection: &Connection, id: ModeratorId) -> Result<Moderator, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("{MODERATOR} WHERE moderator_id = ?"))?;
    let mut rows = statement.query([id.0])?;
    read(connection, rows.next()?.ok_or(StoreError::NotFound)?)
}

pub(super) fn remove(connection: &Connection, id: ModeratorId) -> Result<(), StoreError> {
    changed_one(
        connection
            .prepare_cached("DELETE FROM moderators WHERE moderator_id = ?")?
            .execute([id.0])?,
    )
}

/// Sets or drops the password; with it, every link and session ends.
pub(super) fn set_password(
    connection: &Connection,
    id: ModeratorId,
    hash: Option<&str>,
) -> Result<Moderator, StoreError> {
    changed_one(
        connection
            .prepare_cached("UPDATE moderators SET password_hash = ? WHERE moderator_id = ?")?
            .execute(params![hash, id.0])?,
    )?;
    end_links(connection, id)?;
    begin_epoch(connection, id)?;
    by_id(connection, id)
}

pub(super) fn rehash(
    connection: &Connection,
    id: ModeratorId,
    old_hash: &str,
    new_hash: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE moderators SET password_hash = ?3
             WHERE moderator_id = ?1 AND password_hash = ?2",
        )?
        .execute(params![id.0, old_hash, new_hash])?;
    Ok(())
}

/// Every session of the moderator is dead from here on.
pub(super) fn begin_epoch(connection: &Connection, id: ModeratorId) -> Result<(), StoreError> {
    changed_one(
        connection
            .prepare_cached("UPDATE moderators SET epoch = epoch + 1 WHERE moderator_id = ?")?
            .execute([id.0])?,
    )?;
    connection
        .prepare_cached("DELETE FROM sessions WHERE moderator_id = ?")?
        .execute([id.0])?;
    Ok(())
}

pub(super) fn add_link(connection: &Connection, link: &NewLink) -> Result<(), StoreError> {
    end_links(connection, link.moderator)?;
    connection
        .prepare_cached(
            "INSERT INTO one_time_links (token, moderator_id, ends_at) VALUES (?, ?, ?)",
        )?
        .execute(params![
            link.token.0,
            link.moderator.0,
            micros(link.ends_at)
        ])?;
    Ok(())
}

pub(super) fn by_link(
    connection: &Connection,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<Moderator>, StoreError> {
    connection
        .prepare_cached("SELECT moderator_id FROM one_time_links WHERE token = ? AND ends_at > ?")?
        .query_row(params![token.0, micros(now)], |row| {
            row.get(0).map(ModeratorId)
        })
        .optional()?
        .map(|id| by_id(connection, id))
        .transpose()
}

/// The writer runs one at a time, so a link that is found here is used once.
pub(super) fn use_link(
    connection: &Connection,
    token: &TokenHash,
    hash: &str,
    now: Timestamp,
) -> Result<Moderator, StoreError> {
    let moderator = by_link(connection, token, now)?.ok_or(StoreError::NotFound)?;
    set_password(connection, moderator.id, Some(hash))
}

fn end_links(connection: &Connection, id: ModeratorId) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM one_time_links WHERE moderator_id = ?")?
        .execute([id.0])?;
    Ok(())
}

pub(super) fn changed_one(rows: usize) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

fn read(connection: &Connection, row: &Row<'_>) -> Result<Moderator, StoreError> {
    let id = ModeratorId(row.get(0)?);
    let role: String = row.get(2)?;
    let mut statement = connection.prepare_cached(
        "SELECT site_id FROM moderator_sites WHERE moderator_id = ? ORDER BY site_id",
    )?;
    let sites = statement
        .query_map([id.0], |row| row.get(0).map(SiteId))?
        .collect::<Result<_, _>>()?;
    Ok(Moderator {
        id,
        name: row.get(1)?,
        role: Role::ALL
            .into_iter()
            .find(|known| known.as_str() == role)
            .ok_or_else(|| corrupt("a role"))?,
        sites,
        epoch: row.get(3)?,
        has_password: row.get(4)?,
        has_second_factor: row.get(8)?,
        created_at: time(row.get(5)?)?,
        last_sign_in: row.get::<_, Option<i64>>(6)?.map(time).transpose()?,
    })
}
