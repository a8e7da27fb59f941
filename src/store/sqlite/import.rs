//! Comments that a blog had before it came here: found again, or written.

use async_trait::async_trait;
use jiff::SignedDuration;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::columns::{decision_kind, label as read_label, micros, time, verdict as read_verdict};
use super::decisions;
use super::engine::SqliteStore;
use super::record::{self, Prepared};
use crate::domain::{Decision, SiteId};
use crate::store::{Found, Import, ImportKey, Imports, LabelledVerdict, StoreError};

/// What came through Akismet's protocol within this time of the comment's own is
/// taken for the comment itself: clocks differ, and a blog may ask some time
/// after it got a comment.
const SAME_TIME: SignedDuration = SignedDuration::from_hours(24);

#[async_trait]
impl Imports for SqliteStore {
    async fn import_found(
        &self,
        site: SiteId,
        keys: Vec<ImportKey>,
    ) -> Result<Vec<Found>, StoreError> {
        self.readers.short(|connection| {
            let found = |key| Ok(find(connection, site, key)?.0);
            keys.iter().map(found).collect()
        })
    }

    async fn import(&self, imports: Vec<Import>) -> Result<Vec<Found>, StoreError> {
        let mut prepared = Vec::with_capacity(imports.len());
        for import in imports {
            prepared.push(Ready {
                site: import.check.site,
                key: import.key,
                judged_at: import.judged_at,
                decision: import.decision,
                check: record::prepare(import.check)?,
            });
        }
        self.writer
            .run(move |connection| {
                let mut all = prepared.into_iter();
                all.try_fold(Vec::new(), |mut found, ready| {
                    found.push(write(connection, ready)?);
                    Ok(found)
                })
            })
            .await
    }

    async fn labelled_verdicts(&self, site: SiteId) -> Result<Vec<LabelledVerdict>, StoreError> {
        self.readers
            .long(move |connection| labelled(connection, site))
            .await
    }
}

/// An import with its columns.
struct Ready {
    site: SiteId,
    key: ImportKey,
    check: Prepared,
    judged_at: jiff::Timestamp,
    decision: Option<Decision>,
}

fn write(connection: &Connection, ready: Ready) -> Result<Found, StoreError> {
    let (found, known) = find(connection, ready.site, &ready.key)?;
    let comment = match (found, known) {
        (Found::New, _) => {
            record::write_judged(connection, ready.check, ready.judged_at)?;
            find(connection, ready.site, &ready.key)?.1
        }
        (
            Found::Known {
                decision: None,
                label: None,
            },
            known,
        ) => known,
        _ => None,
    };
    if let (Some(comment), Some(decision)) = (comment, ready.decision) {
        decisions::in_force(connection, ready.site, comment, decision)?;
    }
    Ok(found)
}

/// How the comment stands, and its number where it is here.
fn find(
    connection: &Connection,
    site: SiteId,
    key: &ImportKey,
) -> Result<(Found, Option<i64>), StoreError> {
    const STANDING: &str = "SELECT comment, decision, label FROM comments WHERE site_id = ?1";
    let standing = |row: &Row<'_>| -> rusqlite::Result<(i64, Option<String>, Option<String>)> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    };
    let mut known = None;
    if let Some(own_id) = &key.own_id {
        known = connection
            .prepare_cached(&format!("{STANDING} AND own_id = ?2"))?
            .query_row(params![site.0, own_id], standing)
            .optional()?;
    }
    // What was exported from here has our id where the blog has none.
    let exported = key.own_id.as_ref().and_then(|id| Uuid::parse_str(id).ok());
    for id in [Some(key.id.0), exported].into_iter().flatten() {
        if known.is_none() {
            known = connection
                .prepare_cached(&format!("{STANDING} AND comment_id = ?2"))?
                .query_row(params![site.0, id.as_bytes()], standing)
                .optional()?;
        }
    }
    if known.is_none()
        && let Some(text) = &key.exact_text
    {
        let from = key
            .at
            .checked_sub(SAME_TIME)
            .unwrap_or(jiff::Timestamp::MIN);
        let to = key
            .at
            .checked_add(SAME_TIME)
            .unwrap_or(jiff::Timestamp::MAX);
        known = connection
            .prepare_cached(&format!(
                "{STANDING} AND exact_text = ?2 AND own_id IS NULL
                    AND received_at BETWEEN ?3 AND ?4 ORDER BY comment LIMIT 1"
            ))?
            .query_row(params![site.0, text, micros(from), micros(to)], standing)
            .optional()?;
    }
    if let Some((comment, decision, label)) = known {
        let known = Found::Known {
            decision: decision.as_deref().map(decision_kind).transpose()?,
            label: label.as_deref().map(read_label).transpose()?,
        };
        return Ok((known, Some(comment)));
    }
    let forgotten = connection
        .prepare_cached("SELECT 1 FROM labels WHERE comment_id IN (?1, ifnull(?2, ?1))")?
        .exists(params![
            key.id.0.as_bytes(),
            exported.as_ref().map(Uuid::as_bytes)
        ])?;
    match forgotten {
        true => Ok((Found::Forgotten, None)),
        false => Ok((Found::New, None)),
    }
}

fn labelled(connection: &Connection, site: SiteId) -> Result<Vec<LabelledVerdict>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT received_at, log_odds, verdict, label FROM comments
         WHERE site_id = ? AND label IS NOT NULL ORDER BY comment_id",
    )?;
    let mut rows = statement.query([site.0])?;
    let mut labelled = Vec::new();
    while let Some(row) = rows.next()? {
        labelled.push(LabelledVerdict {
            received_at: time(row.get(0)?)?,
            log_odds: row.get(1)?,
            verdict: read_verdict(&row.get::<_, String>(2)?)?,
            label: read_label(&row.get::<_, String>(3)?)?,
        });
    }
    Ok(labelled)
}
