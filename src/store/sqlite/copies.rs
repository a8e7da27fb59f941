//! Accepted comments that somebody else pasted with a new link.

use rusqlite::{Connection, params};

use super::columns::{
    comment_id, fingerprint_from_blob, fingerprint_to_blob, from_json, traces_from_blob,
};
use super::history::NEAR;
use crate::domain::{Comment, CommentId, Fingerprint, SiteId, Subject, Trace};
use crate::store::StoreError;

/// Comments of one band that are compared at most.
const CANDIDATES: usize = 50;

/// Bytes of one band in a stored fingerprint, as the indexes are made.
const BAND_BYTES: usize = 16;

/// The columns of a candidate, and that it was accepted: by a person, or by
/// the filter where no person has said otherwise.
const ACCEPTED: &str = "SELECT comment, comment_id, traces, fingerprint FROM comments
     WHERE fingerprint IS NOT NULL AND site_id = ?1
        AND coalesce(decision, iif(label = 'spam', 'reject', iif(label = 'ham', 'accept', verdict)))
            = 'accept'";

/// A comment that may be a copy.
pub(super) struct Suspect<'s> {
    pub site: SiteId,
    pub traces: &'s [Trace],
    pub fingerprint: &'s Fingerprint,
    /// Its own number, if it is stored: originals came before.
    pub own: Option<i64>,
}

/// What was copied.
pub(super) struct Original {
    pub comment: i64,
    pub comment_id: CommentId,
    pub traces: Vec<Trace>,
}

/// The accepted comment of the site whose text this is, by another author and
/// without one of its links.
pub(super) fn original(
    connection: &Connection,
    suspect: &Suspect<'_>,
) -> Result<Option<Original>, StoreError> {
    if !suspect.traces.iter().any(is_link) {
        return Ok(None);
    }
    let blob = fingerprint_to_blob(suspect.fingerprint);
    let bands = ["substr(fingerprint, 1, 16)", "substr(fingerprint, 17, 16)"];
    for (column, band) in bands.into_iter().zip(blob.chunks_exact(BAND_BYTES)) {
        let mut statement =
            connection.prepare_cached(&format!("{ACCEPTED} AND {column} = ?2 LIMIT ?3"))?;
        let mut rows = statement.query(params![suspect.site.0, band, CANDIDATES as i64])?;
        while let Some(row) = rows.next()? {
            let candidate = Original {
                comment: row.get("comment")?,
                comment_id: comment_id(row, "comment_id")?,
                traces: traces_from_blob(&row.get::<_, Vec<u8>>("traces")?)?,
            };
            let text = fingerprint_from_blob(&row.get::<_, Vec<u8>>("fingerprint")?)?;
            if text.similarity(suspect.fingerprint) >= NEAR && suspect.pasted(&candidate) {
                return Ok(Some(candidate));
            }
        }
    }
    Ok(None)
}

/// A comment by its number.
pub(super) fn text(connection: &Connection, comment: i64) -> Result<Comment, StoreError> {
    let body: String = connection
        .prepare_cached("SELECT body FROM comments WHERE comment = ?")?
        .query_row([comment], |row| row.get(0))?;
    from_json(&body, "a comment")
}

impl Suspect<'_> {
    fn pasted(&self, original: &Original) -> bool {
        let earlier = self.own.is_none_or(|own| original.comment < own);
        // Whoever sends their own comment again with its link mended is honest.
        let same_person = self.traces.iter().any(|trace| {
            matches!(trace.subject, Subject::Email | Subject::IpPrefix)
                && original.traces.contains(trace)
        });
        let mut links = self.traces.iter().filter(|trace| is_link(trace));
        earlier && !same_person && links.any(|link| !original.traces.contains(link))
    }
}

fn is_link(trace: &Trace) -> bool {
    matches!(trace.subject, Subject::LinkDomain | Subject::AuthorDomain)
}
