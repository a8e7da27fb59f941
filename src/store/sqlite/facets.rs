//! What there is to choose from in a queue.

use rusqlite::Connection;

use crate::domain::SiteId;
use crate::store::{Facets, StoreError};

pub(super) fn read(connection: &Connection, site: SiteId) -> Result<Facets, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT value, waiting FROM queue_facets
         WHERE site_id = ? AND kind = 'language' AND waiting > 0 ORDER BY waiting DESC, value",
    )?;
    let languages = statement
        .query_map([site.0], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?
        .collect::<Result<_, _>>()?;
    let mut statement = connection.prepare_cached(
        "SELECT name, waiting FROM queue_facets
         JOIN reason_names ON reason_names.reason = queue_facets.value
         WHERE site_id = ? AND kind = 'reason' AND waiting > 0 ORDER BY waiting DESC, name",
    )?;
    let reasons = statement
        .query_map([site.0], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?
        .collect::<Result<_, _>>()?;
    Ok(Facets { languages, reasons })
}
