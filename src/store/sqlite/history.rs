//! What labels say of a comment's traces and text. On every check's path.

use std::collections::HashSet;

use rusqlite::{CachedStatement, Connection, OptionalExtension, ToSql, params};

use super::columns::{fingerprint_from_blob, fingerprint_hash};
use super::copies::{self, Suspect};
use super::labels::{self, EVERYWHERE, Learnt, TEXT};
use super::trust::Trusts;
use crate::domain::{Fingerprint, History, Known, Label, SiteId, Tally};
use crate::store::{HistoryQuery, StoreError};

/// From here on, two texts are nearly the same.
pub(super) const NEAR: f64 = 0.7;
/// Different texts that are compared with this one at most. Copies count as
/// one, so a campaign has to vary its text to get past it.
const CANDIDATES: usize = 200;

pub(super) fn read(connection: &Connection, query: &HistoryQuery) -> Result<History, StoreError> {
    let own_comment = own_comment(connection, query)?;
    let own = own_label(connection, own_comment)?;
    let mut tallies = Tallies::new(connection, query.site)?;
    let mut history = History {
        label_changes: label_changes(connection, query.site)?,
        own_label: own.is_some(),
        ..History::default()
    };
    let trusts = Trusts::of(connection, query.site)?;
    let mut seen = HashSet::with_capacity(query.traces.len());
    for trace in &query.traces {
        if !seen.insert(trace) {
            continue;
        }
        if let Some(trust) = trusts.as_ref() {
            history.trusts.extend(trust.of_trace(trace)?);
        }
        let mut tally = tallies.read(trace.subject as u8, &trace.hash)?;
        if let Some(own) = own.as_ref().filter(|own| own.traces.contains(trace)) {
            without(&mut tally, own.label);
        }
        if !tally.is_empty() {
            history.known.push(Known {
                trace: *trace,
                tally,
            });
        }
    }
    if let Some(fingerprint) = &query.fingerprint {
        history.near_duplicates =
            near_duplicates(connection, &mut tallies, fingerprint, own.as_ref())?;
        let suspect = Suspect {
            site: query.site,
            traces: &query.traces,
            fingerprint,
            own: own_comment,
        };
        let original = copies::original(connection, &suspect)?;
        history.copied = original.map(|original| original.comment_id);
    }
    Ok(history)
}

fn label_changes(connection: &Connection, site: SiteId) -> Result<u64, StoreError> {
    let changes: Option<i64> = connection
        .prepare_cached("SELECT label_changes FROM sites WHERE site_id = ?")?
        .query_row([site.0], |row| row.get(0))
        .optional()?;
    Ok(changes.map_or(0, i64::unsigned_abs))
}

/// The number of the judged comment, if the blog sent it before.
fn own_comment(connection: &Connection, query: &HistoryQuery) -> Result<Option<i64>, StoreError> {
    let key: (&str, &dyn ToSql) = match (&query.own_id, &query.own) {
        (Some(own_id), _) => ("own_id", own_id),
        (None, Some(id)) => ("comment_id", id.0.as_bytes()),
        (None, None) => return Ok(None),
    };
    Ok(connection
        .prepare_cached(&format!(
            "SELECT comment FROM comments WHERE site_id = ? AND {} = ?",
            key.0
        ))?
        .query_row(params![query.site.0, key.1], |row| row.get(0))
        .optional()?)
}

/// The label that the judged comment itself got earlier.
fn own_label(connection: &Connection, own: Option<i64>) -> Result<Option<Learnt>, StoreError> {
    let Some(comment) = own else {
        return Ok(None);
    };
    let label = labels::of_comment(connection, comment)?;
    Ok(label.map(|(_, learnt)| learnt))
}

fn near_duplicates(
    connection: &Connection,
    tallies: &mut Tallies<'_>,
    fingerprint: &Fingerprint,
    own: Option<&Learnt>,
) -> Result<Tally, StoreError> {
    let own_text = own.and_then(|own| {
        let hash = fingerprint_hash(own.fingerprint.as_deref()?);
        Some((hash, own.label))
    });
    let mut statement =
        connection.prepare_cached("SELECT hash, fingerprint FROM bands WHERE band = ?")?;
    let mut compared = HashSet::new();
    let mut sum = Tally::default();
    for band in fingerprint.bands() {
        let mut rows = statement.query([band])?;
        while let Some(row) = rows.next()? {
            if compared.len() >= CANDIDATES {
                return Ok(sum);
            }
            let hash: [u8; 16] = row.get(0)?;
            if !compared.insert(hash) {
                continue;
            }
            let blob = row.get_ref(1)?.as_blob().unwrap_or_default();
            if fingerprint_from_blob(blob)?.similarity(fingerprint) < NEAR {
                continue;
            }
            let mut tally = tallies.read(TEXT, &hash)?;
            if let Some((_, label)) = own_text.filter(|(own, _)| *own == hash) {
                without(&mut tally, label);
            }
            add(&mut sum, tally);
        }
    }
    Ok(sum)
}

/// Tallies as one site sees them.
struct Tallies<'c> {
    row: CachedStatement<'c>,
    site: SiteId,
}

impl<'c> Tallies<'c> {
    fn new(connection: &'c Connection, site: SiteId) -> Result<Self, StoreError> {
        let row = connection.prepare_cached(
            "SELECT ham, spam FROM tallies WHERE subject = ? AND hash = ? AND site_id = ?",
        )?;
        Ok(Self { row, site })
    }

    fn read(&mut self, subject: u8, hash: &[u8; 16]) -> Result<Tally, StoreError> {
        // Most things were never seen before: one look finds that out.
        let Some((ham, spam)) = self.row_of(subject, hash, EVERYWHERE)? else {
            return Ok(Tally::default());
        };
        let (ham_here, spam_here) = self.row_of(subject, hash, self.site.0)?.unwrap_or_default();
        Ok(Tally {
            ham_here,
            spam_here,
            ham_elsewhere: ham.saturating_sub(ham_here),
            spam_elsewhere: spam.saturating_sub(spam_here),
        })
    }

    fn row_of(
        &mut self,
        subject: u8,
        hash: &[u8; 16],
        site: i64,
    ) -> Result<Option<(u32, u32)>, StoreError> {
        Ok(self
            .row
            .query_row(params![subject, hash, site], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?)
    }
}

fn without(tally: &mut Tally, label: Label) {
    let count = match label {
        Label::Ham => &mut tally.ham_here,
        Label::Spam => &mut tally.spam_here,
    };
    *count = count.saturating_sub(1);
}

fn add(sum: &mut Tally, more: Tally) {
    sum.ham_here = sum.ham_here.saturating_add(more.ham_here);
    sum.spam_here = sum.spam_here.saturating_add(more.spam_here);
    sum.ham_elsewhere = sum.ham_elsewhere.saturating_add(more.ham_elsewhere);
    sum.spam_elsewhere = sum.spam_elsewhere.saturating_add(more.spam_elsewhere);
}
