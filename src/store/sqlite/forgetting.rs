//! Finds what is to be forgotten, and forgets it: a comment with all that was
//! said of it, learnt from it and told of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::columns::{comment_id, micros};
use super::{labels, sample_sets};
use crate::domain::{CommentId, SiteId, Subject};
use crate::store::{Removed, Selected, Selection, StoreError};

/// What has a comment's number, `?`, and goes with it.
const BY_NUMBER: [(&str, &str); 8] = [
    ("comments", "comments WHERE comment = ?"),
    ("judgements", "judgements WHERE comment = ?"),
    ("decisions", "decisions WHERE comment = ?"),
    ("earlier_texts", "earlier_texts WHERE comment = ?"),
    ("webhook_messages", "messages WHERE comment = ?"),
    (
        "webhook_attempts",
        "attempts WHERE message IN (SELECT message FROM messages WHERE comment = ?)",
    ),
    ("akismet_callbacks", "callbacks WHERE comment = ?"),
    ("pinned", "pinned WHERE comment = ?"),
];
/// What has a comment's id.
const BY_ID: [(&str, &str); 4] = [
    ("labels", "labels WHERE comment_id = ?"),
    ("audits", "audits WHERE comment_id = ?"),
    (
        "shadow_differences",
        "shadow_differences WHERE comment_id = ?",
    ),
    ("model_samples", "trained_with WHERE comment_id = ?"),
];

pub(super) fn find(
    connection: &Connection,
    selection: &Selection,
) -> Result<Vec<Selected>, StoreError> {
    let mut found = BTreeMap::new();
    let mut search = Search {
        connection,
        selection,
        found: &mut found,
    };
    if let Some(id) = selection.comment {
        let of = "site_id IN (SELECT site_id FROM sites) AND comment_id = :key";
        search.both((of, "comment_id = :key"), Some(id.0.as_bytes()), false)?;
    }
    for trace in &selection.traces {
        let column = match trace.subject {
            Subject::AuthorName => "name_trace = :key",
            Subject::Email => "email_trace = :key",
            Subject::IpPrefix => "network_trace = :key",
            Subject::AuthorDomain | Subject::LinkDomain => continue,
        };
        let comments = match trace.subject {
            // Its index begins with the site.
            Subject::Email => "site_id IN (SELECT site_id FROM sites) AND email_trace = :key",
            _ => column,
        };
        let by_network = trace.subject == Subject::IpPrefix;
        search.both((comments, column), Some(&trace.hash), by_network)?;
    }
    if selection.comment.is_none() && selection.traces.is_empty() {
        let all = "site_id IN (SELECT site_id FROM sites)";
        search.both((all, all), None, false)?;
    }
    Ok(found.into_values().collect())
}

struct Search<'s> {
    connection: &'s Connection,
    selection: &'s Selection,
    found: &'s mut BTreeMap<CommentId, Selected>,
}

impl Search<'_> {
    /// Comments by the first condition, labels by the second.
    fn both(
        &mut self,
        conditions: (&str, &str),
        key: Option<&[u8; 16]>,
        by_network: bool,
    ) -> Result<(), StoreError> {
        for (table, time, condition) in [
            ("comments", "received_at", conditions.0),
            ("labels", "at", conditions.1),
        ] {
            self.table(table, time, condition, key, by_network)?;
        }
        Ok(())
    }

    fn table(
        &mut self,
        table: &str,
        time: &str,
        condition: &str,
        key: Option<&[u8; 16]>,
        by_network: bool,
    ) -> Result<(), StoreError> {
        let mut sql = format!("SELECT site_id, comment_id FROM {table} WHERE {condition}");
        let site = self.selection.site.map(|site| site.0);
        let before = self.selection.before.map(micros);
        let mut values: Vec<(&str, &dyn ToSql)> = Vec::new();
        if let Some(key) = &key {
            values.push((":key", key));
        }
        // With a key its index is the one to use, and the plus keeps the planner
        // from all others.
        let plus = if key.is_some() { "+" } else { "" };
        if let Some(site) = &site {
            sql.push_str(&format!(" AND {plus}site_id = :site"));
            values.push((":site", site));
        }
        if let Some(before) = &before {
            sql.push_str(&format!(" AND {plus}{time} < :before"));
            values.push((":before", before));
        }
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(values.as_slice())?;
        while let Some(row) = rows.next()? {
            let id = comment_id(row, "comment_id")?;
            let one = self.found.entry(id).or_insert(Selected {
                site: SiteId(row.get(0)?),
                comment_id: id,
                by_network_only: by_network,
            });
            one.by_network_only &= by_network;
        }
        Ok(())
    }
}

/// Rows that forgetting these comments removes.
pub(super) fn weigh(connection: &Connection, found: &[Selected]) -> Result<Removed, StoreError> {
    let mut removed = Removed::new();
    for one in found {
        add(connection, one, &mut removed)?;
    }
    Ok(removed)
}

/// Forgets the comments; returns the rows that are gone.
pub(super) fn erase(
    connection: &Connection,
    found: &[Selected],
    now: Timestamp,
) -> Result<Removed, StoreError> {
    let mut removed = Removed::new();
    let mut delete = connection.prepare_cached("DELETE FROM comments WHERE comment = ?")?;
    let mut requests = connection
        .prepare_cached("DELETE FROM idempotency WHERE site_id = ? AND comment_id = ?")?;
    let mut differences =
        connection.prepare_cached("DELETE FROM shadow_differences WHERE comment_id = ?")?;
    let mut audits = connection.prepare_cached("DELETE FROM audits WHERE comment_id = ?")?;
    for one in found {
        add(connection, one, &mut removed)?;
        let id = one.comment_id.0.as_bytes();
        sample_sets::taint(connection, id, came_at(connection, one)?, now)?;
        labels::unlearn(connection, id)?;
        requests.execute(params![one.site.0, id])?;
        differences.execute([id])?;
        audits.execute([id])?;
        if let Some(comment) = number(connection, one)? {
            delete.execute([comment])?;
        }
    }
    Ok(removed)
}

/// What is counted of a site month by month.
pub(super) fn erase_months(connection: &Connection, site: SiteId) -> Result<Removed, StoreError> {
    let months = connection
        .prepare_cached("DELETE FROM akismet_months WHERE site_id = ?")?
        .execute([site.0])?;
    Ok(Removed::from([(
        "akismet_months".to_owned(),
        months as u64,
    )]))
}

/// When the comment came, or its label where nothing else is left.
pub(super) fn came_at(connection: &Connection, one: &Selected) -> Result<i64, StoreError> {
    let id = one.comment_id.0.as_bytes();
    let came: Option<i64> = connection
        .prepare_cached(
            "SELECT received_at FROM comments WHERE site_id = ?1 AND comment_id = ?2
             UNION ALL SELECT at FROM labels WHERE comment_id = ?2 LIMIT 1",
        )?
        .query_row(params![one.site.0, id], |row| row.get(0))
        .optional()?;
    Ok(came.unwrap_or(0))
}

fn number(connection: &Connection, one: &Selected) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT comment FROM comments WHERE site_id = ? AND comment_id = ?")?
        .query_row(params![one.site.0, one.comment_id.0.as_bytes()], |row| {
            row.get(0)
        })
        .optional()?)
}

fn add(connection: &Connection, one: &Selected, removed: &mut Removed) -> Result<(), StoreError> {
    let count = |table: &str, key: &dyn ToSql| -> Result<u64, StoreError> {
        let count: i64 = connection
            .prepare_cached(&format!("SELECT count(*) FROM {table}"))?
            .query_row([key], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    };
    let mut note = |what: &str, rows: u64| {
        if rows > 0 {
            *removed.entry(what.to_owned()).or_default() += rows;
        }
    };
    let id = one.comment_id.0.as_bytes();
    for (what, table) in BY_ID {
        note(what, count(table, id)?);
    }
    if let Some(comment) = number(connection, one)? {
        for (what, table) in BY_NUMBER {
            note(what, count(table, &comment)?);
        }
    }
    let requests: i64 = connection
        .prepare_cached("SELECT count(*) FROM idempotency WHERE site_id = ? AND comment_id = ?")?
        .query_row(params![one.site.0, id], |row| row.get(0))?;
    note("idempotency_keys", requests.unsigned_abs());
    if let Some((site, learnt)) = labels::of(connection, id)? {
        note(
            "tallies_lowered",
            labels::tallies(site, &learnt).count() as u64,
        );
        note("fingerprints", u64::from(learnt.fingerprint.is_some()));
    }
    Ok(())
}
