//! Comments of one site with nearly the same text, by the first two bands of
//! their fingerprints.

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::{fingerprint_from_blob, verdict as read_verdict};
use super::history::NEAR;
use crate::domain::{Fingerprint, SiteId, Verdict};
use crate::store::{ALIKE, Alike, StoreError};

/// A comment's own text, by which others are found.
pub(super) struct Text {
    site: SiteId,
    own: i64,
    blob: Vec<u8>,
    fingerprint: Fingerprint,
}

/// Another comment, by its number, and what became of it.
pub(super) struct Other {
    pub comment: i64,
    pub outcome: Verdict,
}

impl Text {
    /// `None` where the text is too short to have a fingerprint.
    pub fn of(
        connection: &Connection,
        site: SiteId,
        comment: i64,
    ) -> Result<Option<Self>, StoreError> {
        let blob: Option<Vec<u8>> = connection
            .prepare_cached("SELECT fingerprint FROM comments WHERE comment = ?")?
            .query_row([comment], |row| row.get(0))
            .optional()?
            .flatten();
        blob.map(|blob| {
            Ok(Self {
                site,
                own: comment,
                fingerprint: fingerprint_from_blob(&blob)?,
                blob,
            })
        })
        .transpose()
    }

    /// The others, newest first in each band.
    pub fn others(&self, connection: &Connection) -> Result<Vec<Other>, StoreError> {
        let bands = ["substr(fingerprint, 1, 16)", "substr(fingerprint, 17, 16)"];
        let mut others: Vec<Other> = Vec::new();
        for (column, band) in bands.into_iter().zip(self.blob.chunks_exact(16)) {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT comment, fingerprint,
                    coalesce(decision, iif(label = 'spam', 'reject', iif(label = 'ham', 'accept', verdict)))
                 FROM comments
                 WHERE fingerprint IS NOT NULL AND site_id = ?1 AND {column} = ?2
                 ORDER BY comment DESC LIMIT ?3"
            ))?;
            let mut rows = statement.query(params![self.site.0, band, 1 + ALIKE as i64])?;
            let known = others.len();
            while let Some(row) = rows.next()? {
                let comment: i64 = row.get(0)?;
                let seen = others[..known].iter().any(|one| one.comment == comment);
                if comment == self.own || seen || others.len() >= ALIKE {
                    continue;
                }
                let blob = row.get_ref(1)?.as_blob().unwrap_or_default();
                if fingerprint_from_blob(blob)?.similarity(&self.fingerprint) >= NEAR {
                    let outcome = read_verdict(&row.get::<_, String>(2)?)?;
                    others.push(Other { comment, outcome });
                }
            }
        }
        Ok(others)
    }
}

/// How many of some comments ended how.
pub(super) fn counted(others: &[Other]) -> Alike {
    let count = |outcome| {
        let same = others.iter().filter(|other| other.outcome == outcome);
        same.count() as u64
    };
    Alike {
        accepted: count(Verdict::Accept),
        rejected: count(Verdict::Reject),
        waiting: count(Verdict::Hold),
    }
}
