//! The tallies of reasons: what each label adds, and takes back.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};

use super::columns::{corrupt, from_json};
use super::copies;
use super::engine::SqliteStore;
use crate::domain::{Judgement, Label, SiteId, Source};
use crate::store::{ReasonTallies, ReasonTally, Speaks, Spoken, StoreError, spoken};

const ADD_ONE: &str = "INSERT INTO reason_tallies (site_id, source, reason, speaks, ham, spam)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     ON CONFLICT DO UPDATE SET ham = ham + excluded.ham, spam = spam + excluded.spam";
const TAKE_ONE: &str = "UPDATE reason_tallies SET ham = ham - ?5, spam = spam - ?6
     WHERE site_id = ?1 AND source = ?2 AND reason = ?3 AND speaks = ?4";

#[async_trait]
impl ReasonTallies for SqliteStore {
    async fn reason_tallies(&self, site: SiteId) -> Result<Vec<ReasonTally>, StoreError> {
        self.readers.short(|connection| all(connection, site))
    }
}

/// What spoke on the comment as it was last judged; nothing where it never was.
pub(super) fn of_comment(connection: &Connection, comment: i64) -> Result<Vec<Spoken>, StoreError> {
    let judgement: Option<String> = connection
        .prepare_cached(
            "SELECT body FROM judgements WHERE comment = ? ORDER BY judgement DESC LIMIT 1",
        )?
        .query_row([comment], |row| row.get(0))
        .optional()?;
    let Some(judgement) = judgement else {
        return Ok(Vec::new());
    };
    let judgement: Judgement = from_json(&judgement, "a judgement")?;
    Ok(spoken(&copies::text(connection, comment)?, &judgement))
}

/// Counts a label of a comment on which these reasons spoke.
pub(super) fn add(
    connection: &Connection,
    site: SiteId,
    label: Label,
    reasons: &[Spoken],
) -> Result<(), StoreError> {
    change(connection, ADD_ONE, site, label, reasons)
}

/// Takes back what [`add`] counted, and drops what has come to nothing.
pub(super) fn take_back(
    connection: &Connection,
    site: SiteId,
    label: Label,
    reasons: &[Spoken],
) -> Result<(), StoreError> {
    change(connection, TAKE_ONE, site, label, reasons)?;
    let mut drop = connection.prepare_cached(
        "DELETE FROM reason_tallies
         WHERE site_id = ? AND source = ? AND reason = ? AND speaks = ? AND ham = 0 AND spam = 0",
    )?;
    for Spoken(source, reason, speaks) in reasons {
        drop.execute(params![site.0, word(*source)?, reason, speaks.as_str()])?;
    }
    Ok(())
}

fn change(
    connection: &Connection,
    change: &str,
    site: SiteId,
    label: Label,
    reasons: &[Spoken],
) -> Result<(), StoreError> {
    let mut change = connection.prepare_cached(change)?;
    let (ham, spam) = (label == Label::Ham, label == Label::Spam);
    for Spoken(source, reason, speaks) in reasons {
        let source = word(*source)?;
        change.execute(params![site.0, source, reason, speaks.as_str(), ham, spam])?;
    }
    Ok(())
}

fn all(connection: &Connection, site: SiteId) -> Result<Vec<ReasonTally>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT source, reason, speaks, ham, spam FROM reason_tallies WHERE site_id = ?",
    )?;
    let mut rows = statement.query([site.0])?;
    let mut tallies = Vec::new();
    while let Some(row) = rows.next()? {
        let source: String = row.get(0)?;
        let speaks: String = row.get(2)?;
        tallies.push(ReasonTally {
            source: from_json(&format!("\"{source}\""), "a source of evidence")?,
            reason: row.get(1)?,
            speaks: Speaks::ALL
                .into_iter()
                .find(|known| known.as_str() == speaks)
                .ok_or_else(|| corrupt("what a reason spoke for"))?,
            ham: row.get(3)?,
            spam: row.get(4)?,
        });
    }
    Ok(tallies)
}

/// As the API writes it.
fn word(source: Source) -> Result<String, StoreError> {
    match serde_json::to_value(source) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(corrupt("a source of evidence")),
    }
}
