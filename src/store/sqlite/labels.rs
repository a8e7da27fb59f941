//! Labels, and the tallies and bands that follow from them. The only file that
//! writes those, so that they always equal what the labels add up to.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params, params};
use uuid::Uuid;

use super::columns::{
    fingerprint_from_blob, fingerprint_hash, from_json, label as read_label, micros, time, to_json,
    traces_from_blob, traces_to_blob, verdict,
};
use super::copies::{self, Suspect};
use super::days::{self, What};
use super::outbox::{self, Happened};
use super::reasons;
use crate::domain::{Cause, Label, SiteId, Trace, Verdict};
use crate::features;
use crate::store::{LabelWrite, Spoken, StoreError};

/// The subject number of a whole text.
pub(super) const TEXT: u8 = 0;
/// The site number of the sum over all sites.
pub(super) const EVERYWHERE: i64 = 0;

const ADD_ONE: &str =
    "INSERT INTO tallies (subject, hash, site_id, ham, spam) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT DO UPDATE SET ham = ham + excluded.ham, spam = spam + excluded.spam";
const TAKE_ONE: &str = "UPDATE tallies SET ham = ham - ?4, spam = spam - ?5
     WHERE subject = ?1 AND hash = ?2 AND site_id = ?3";

/// A label with what it was counted for.
pub(super) struct Learnt {
    pub label: Label,
    /// The decision that taught it.
    pub decision: Option<Uuid>,
    pub traces: Vec<Trace>,
    pub fingerprint: Option<Vec<u8>>,
    pub at: Timestamp,
    /// That the comment had got.
    pub verdict: Option<Verdict>,
    /// What spoke on the comment; nothing is known of it where the label is
    /// older than the tallies of reasons.
    pub reasons: Vec<Spoken>,
}

/// A person's word without a decision.
pub(super) fn write(
    connection: &Connection,
    write: &LabelWrite,
) -> Result<Option<Label>, StoreError> {
    let (comment, was) = connection
        .prepare_cached("SELECT comment, label FROM comments WHERE site_id = ? AND comment_id = ?")?
        .query_row(
            params![write.site.0, write.comment_id.0.as_bytes()],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?)),
        )
        .optional()?
        .ok_or(StoreError::NotFound)?;
    let before = outbox::standing(connection, comment)?;
    take_back(connection, comment)?;
    learn(connection, comment, write.label, write.at, None)?;
    let happened = Happened {
        cause: Cause::Feedback,
        by: None,
        at: write.at,
        before,
    };
    outbox::note(connection, comment, &happened)?;
    was.as_deref().map(read_label).transpose()
}

/// Labels the comment as it is now. It must have no label row. Of spam that
/// was pasted from an accepted comment only the difference is learnt, or the
/// words of an honest person would be spam from then on.
pub(super) fn learn(
    connection: &Connection,
    comment: i64,
    label: Label,
    at: Timestamp,
    decision: Option<Uuid>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO labels
                (comment_id, site_id, label, at, decision_id, traces, fingerprint, body, reasons,
                 verdict)
             SELECT comment_id, site_id, :label, :at, :decision, traces, fingerprint, body, :reasons,
                verdict
             FROM comments WHERE comment = :comment",
        )?
        .execute(named_params! {
            ":comment": comment,
            ":label": label.as_str(),
            ":at": micros(at),
            ":decision": decision.as_ref().map(Uuid::as_bytes),
            ":reasons": to_json(&reasons::of_comment(connection, comment)?)?,
        })?;
    connection
        .prepare_cached("UPDATE comments SET label = ? WHERE comment = ?")?
        .execute(params![label.as_str(), comment])?;
    if label == Label::Spam {
        keep_the_difference(connection, comment)?;
    }
    let Some((site, learnt)) = of_comment(connection, comment)? else {
        return Err(StoreError::NotFound);
    };
    count(connection, ADD_ONE, site, &learnt)?;
    count_day(connection, site, &learnt, 1)?;
    reasons::add(connection, site, learnt.label, &learnt.reasons)?;
    if let Some(blob) = &learnt.fingerprint {
        let hash = fingerprint_hash(blob);
        let mut insert = connection.prepare_cached(
            "INSERT OR IGNORE INTO bands (band, hash, fingerprint) VALUES (?, ?, ?)",
        )?;
        for band in fingerprint_from_blob(blob)?.bands() {
            insert.execute(params![band, hash, blob])?;
        }
    }
    Ok(())
}

/// Leaves in the label of a copy only what the copied comment lacks.
fn keep_the_difference(connection: &Connection, comment: i64) -> Result<(), StoreError> {
    let Some((site, learnt)) = of_comment(connection, comment)? else {
        return Ok(());
    };
    let Some(fingerprint) = &learnt.fingerprint else {
        return Ok(());
    };
    let suspect = Suspect {
        site,
        traces: &learnt.traces,
        fingerprint: &fingerprint_from_blob(fingerprint)?,
        own: Some(comment),
    };
    let Some(original) = copies::original(connection, &suspect)? else {
        return Ok(());
    };
    let added = features::added_to(
        &copies::text(connection, original.comment)?,
        &copies::text(connection, comment)?,
    );
    let mut traces = learnt.traces;
    traces.retain(|trace| !original.traces.contains(trace));
    connection
        .prepare_cached(
            "UPDATE labels SET traces = ?, fingerprint = NULL, body = ?
             WHERE comment_id = (SELECT comment_id FROM comments WHERE comment = ?)",
        )?
        .execute(params![traces_to_blob(&traces), to_json(&added)?, comment])?;
    Ok(())
}

/// Takes the comment's label back, if it has one, and all that it added.
pub(super) fn take_back(connection: &Connection, comment: i64) -> Result<(), StoreError> {
    let id: [u8; 16] = connection
        .prepare_cached("SELECT comment_id FROM comments WHERE comment = ?")?
        .query_row([comment], |row| row.get(0))?;
    if unlearn(connection, &id)? {
        connection
            .prepare_cached("UPDATE comments SET label = NULL WHERE comment = ?")?
            .execute([comment])?;
    }
    Ok(())
}

/// Removes a label and all that it added, whether its comment is still there or
/// not; `false` if there is none.
pub(super) fn unlearn(connection: &Connection, comment_id: &[u8; 16]) -> Result<bool, StoreError> {
    let Some((site, learnt)) = of(connection, comment_id)? else {
        return Ok(false);
    };
    count(connection, TAKE_ONE, site, &learnt)?;
    count_day(connection, site, &learnt, -1)?;
    drop_empty_tallies(connection, site, &learnt)?;
    reasons::take_back(connection, site, learnt.label, &learnt.reasons)?;
    if let Some(blob) = &learnt.fingerprint {
        forget_text(connection, blob)?;
    }
    connection
        .prepare_cached("DELETE FROM labels WHERE comment_id = ?")?
        .execute([comment_id])?;
    Ok(true)
}

/// The label that the comment has, even if it was of an earlier text.
pub(super) fn of_comment(
    connection: &Connection,
    comment: i64,
) -> Result<Option<(SiteId, Learnt)>, StoreError> {
    let id: Option<[u8; 16]> = connection
        .prepare_cached("SELECT comment_id FROM comments WHERE comment = ?")?
        .query_row([comment], |row| row.get(0))
        .optional()?;
    match id {
        Some(id) => of(connection, &id),
        None => Ok(None),
    }
}

/// The label of a comment by its id.
pub(super) fn of(
    connection: &Connection,
    comment_id: &[u8; 16],
) -> Result<Option<(SiteId, Learnt)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT site_id, label, decision_id, traces, fingerprint, reasons, at, verdict
         FROM labels WHERE comment_id = ?",
    )?;
    let mut rows = statement.query([comment_id])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let learnt = Learnt {
        label: read_label(&row.get::<_, String>(1)?)?,
        decision: row.get::<_, Option<[u8; 16]>>(2)?.map(Uuid::from_bytes),
        traces: traces_from_blob(&row.get::<_, Vec<u8>>(3)?)?,
        fingerprint: row.get(4)?,
        at: time(row.get(6)?)?,
        verdict: row
            .get::<_, Option<String>>(7)?
            .as_deref()
            .map(verdict)
            .transpose()?,
        reasons: match row.get::<_, Option<String>>(5)? {
            Some(reasons) => from_json(&reasons, "the reasons of a label")?,
            None => Vec::new(),
        },
    };
    Ok(Some((SiteId(row.get(0)?), learnt)))
}

/// The tallies that a label counts in: of each trace and of the text, for the
/// site and for all sites.
pub(super) fn tallies(site: SiteId, learnt: &Learnt) -> impl Iterator<Item = (u8, [u8; 16], i64)> {
    let traces = learnt
        .traces
        .iter()
        .map(|trace| (trace.subject as u8, trace.hash));
    let text = learnt
        .fingerprint
        .as_deref()
        .map(|blob| (TEXT, fingerprint_hash(blob)));
    traces.chain(text).flat_map(move |(subject, hash)| {
        [site.0, EVERYWHERE].map(|counted_for| (subject, hash, counted_for))
    })
}

/// Changes each of the label's tallies by `change`: [`ADD_ONE`] or [`TAKE_ONE`].
fn count(
    connection: &Connection,
    change: &str,
    site: SiteId,
    learnt: &Learnt,
) -> Result<(), StoreError> {
    let mut change = connection.prepare_cached(change)?;
    let (ham, spam) = (learnt.label == Label::Ham, learnt.label == Label::Spam);
    for (subject, hash, counted_for) in tallies(site, learnt) {
        change.execute(params![subject, hash, counted_for, ham, spam])?;
    }
    Ok(())
}

/// The same in the tallies of the day, by `number`: 1 or -1.
fn count_day(
    connection: &Connection,
    site: SiteId,
    learnt: &Learnt,
    number: i64,
) -> Result<(), StoreError> {
    match learnt.verdict {
        Some(verdict) => {
            let what = What::Label(verdict, learnt.label);
            days::count(connection, site, learnt.at, what, number)
        }
        None => Ok(()),
    }
}

/// Drops the label's tallies that have come to nothing.
fn drop_empty_tallies(
    connection: &Connection,
    site: SiteId,
    learnt: &Learnt,
) -> Result<(), StoreError> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM tallies
         WHERE subject = ? AND hash = ? AND site_id = ? AND ham = 0 AND spam = 0",
    )?;
    for tally in tallies(site, learnt) {
        delete.execute(tally)?;
    }
    Ok(())
}

/// Drops the bands of a text that no label is left of.
fn forget_text(connection: &Connection, blob: &[u8]) -> Result<(), StoreError> {
    let hash = fingerprint_hash(blob);
    let counted = connection
        .prepare_cached("SELECT 1 FROM tallies WHERE subject = ? AND hash = ? AND site_id = ?")?
        .exists(params![TEXT, hash, EVERYWHERE])?;
    if counted {
        return Ok(());
    }
    let mut delete = connection.prepare_cached("DELETE FROM bands WHERE band = ? AND hash = ?")?;
    for band in fingerprint_from_blob(blob)?.bands() {
        delete.execute(params![band, hash])?;
    }
    Ok(())
}
