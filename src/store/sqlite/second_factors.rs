//! Second factors: secrets of apps that make codes, and recovery codes.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::columns::{micros, time};
use super::engine::SqliteStore;
use super::moderators::changed_one;
use crate::domain::ModeratorId;
use crate::secret::Sealed;
use crate::store::{SecondFactor, SecondFactors, StoreError};

#[async_trait]
impl SecondFactors for SqliteStore {
    async fn second_factor(&self, of: ModeratorId) -> Result<Option<SecondFactor>, StoreError> {
        self.readers.short(|connection| read(connection, of))
    }

    async fn begin_second_factor(&self, of: ModeratorId, secret: Sealed) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| begin(connection, of, &secret))
            .await
    }

    async fn confirm_second_factor(
        &self,
        of: ModeratorId,
        step: u64,
        codes: Vec<String>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| confirm(connection, of, step, &codes, at))
            .await
    }

    async fn use_step(&self, of: ModeratorId, step: u64) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                let used = connection
                    .prepare_cached(
                        "UPDATE second_factors SET last_step = ?2
                         WHERE moderator_id = ?1 AND last_step < ?2",
                    )?
                    .execute(params![of.0, number(step)])?;
                Ok(used == 1)
            })
            .await
    }

    async fn use_recovery_code(&self, of: ModeratorId, code: String) -> Result<bool, StoreError> {
        self.writer
            .run(move |connection| {
                let used = connection
                    .prepare_cached(
                        "DELETE FROM recovery_codes WHERE moderator_id = ? AND code = ?",
                    )?
                    .execute(params![of.0, code])?;
                Ok(used == 1)
            })
            .await
    }

    async fn set_recovery_codes(
        &self,
        of: ModeratorId,
        codes: Vec<String>,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                let known = read(connection, of)?.filter(|known| known.confirmed_at.is_some());
                known.ok_or(StoreError::NotFound)?;
                set_codes(connection, of, &codes)
            })
            .await
    }

    async fn end_second_factor(&self, of: ModeratorId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                changed_one(
                    connection
                        .prepare_cached("DELETE FROM second_factors WHERE moderator_id = ?")?
                        .execute([of.0])?,
                )
            })
            .await
    }
}

fn number(step: u64) -> i64 {
    i64::try_from(step).unwrap_or(i64::MAX)
}

fn read(connection: &Connection, of: ModeratorId) -> Result<Option<SecondFactor>, StoreError> {
    connection
        .prepare_cached(
            "SELECT secret, confirmed_at,
                (SELECT count(*) FROM recovery_codes WHERE moderator_id = ?1)
             FROM second_factors WHERE moderator_id = ?1",
        )?
        .query_row([of.0], |row| {
            let confirmed_at: Option<i64> = row.get(1)?;
            Ok((row.get(0)?, confirmed_at, row.get(2)?))
        })
        .optional()?
        .map(|(secret, confirmed_at, codes_left)| {
            Ok(SecondFactor {
                secret: Sealed(secret),
                confirmed_at: confirmed_at.map(time).transpose()?,
                codes_left,
            })
        })
        .transpose()
}

fn begin(connection: &Connection, of: ModeratorId, secret: &Sealed) -> Result<(), StoreError> {
    let begun = connection
        .prepare_cached(
            "INSERT INTO second_factors (moderator_id, secret) VALUES (?, ?)
             ON CONFLICT DO UPDATE SET secret = excluded.secret WHERE confirmed_at IS NULL",
        )?
        .execute(params![of.0, secret.0])?;
    changed_to(begun)
}

fn confirm(
    connection: &Connection,
    of: ModeratorId,
    step: u64,
    codes: &[String],
    at: Timestamp,
) -> Result<(), StoreError> {
    let confirmed = connection
        .prepare_cached(
            "UPDATE second_factors SET confirmed_at = ?, last_step = ?
             WHERE moderator_id = ? AND confirmed_at IS NULL",
        )?
        .execute(params![micros(at), number(step), of.0])?;
    changed_to(confirmed)?;
    set_codes(connection, of, codes)
}

fn changed_to(rows: usize) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::Changed),
        _ => Ok(()),
    }
}

fn set_codes(connection: &Connection, of: ModeratorId, codes: &[String]) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM recovery_codes WHERE moderator_id = ?")?
        .execute([of.0])?;
    let mut insert = connection
        .prepare_cached("INSERT INTO recovery_codes (moderator_id, code) VALUES (?, ?)")?;
    for code in codes {
        insert.execute(params![of.0, code])?;
    }
    Ok(())
}
