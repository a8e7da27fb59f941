//! Akismet's part of the engine: how reports find comments, and the counts.

use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::columns::{comment_id, decision_kind, label, micros};
use super::decisions;
use crate::domain::{CommentId, Label, SiteId};
use crate::store::{Check, DecisionWrite, Month, MonthCounts, Report, ReportMarks, StoreError};

fn number(month: Month) -> i64 {
    i64::from(month.year) * 12 + i64::from(month.month) - 1
}

fn named(number: i64) -> Month {
    Month {
        year: number.div_euclid(12) as i16,
        month: (number.rem_euclid(12) + 1) as i8,
    }
}

pub(super) fn find(
    connection: &Connection,
    site: SiteId,
    marks: &ReportMarks,
) -> Result<Option<CommentId>, StoreError> {
    let newest = |column: &str, mark: &[u8; 16]| -> Result<Option<CommentId>, StoreError> {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT comment_id FROM comments WHERE site_id = ? AND {column} = ?
             ORDER BY comment DESC LIMIT 1"
        ))?;
        let mut rows = statement.query(params![site.0, mark])?;
        rows.next()?
            .map(|row| comment_id(row, "comment_id"))
            .transpose()
    };
    if let Some(found) = newest("exact_text", &marks.exact_text)? {
        return Ok(Some(found));
    }
    match &marks.same_words {
        Some(words) => newest("same_words", words),
        None => Ok(None),
    }
}

/// Remembers what the blog was told, and counts it.
pub(super) fn told(connection: &Connection, comment: i64, check: &Check) -> Result<(), StoreError> {
    let Some(akismet) = &check.akismet else {
        return Ok(());
    };
    connection
        .prepare_cached(
            "UPDATE comments SET exact_text = ?, same_words = ?, told = ? WHERE comment = ?",
        )?
        .execute(params![
            akismet.marks.exact_text,
            akismet.marks.same_words,
            akismet.told.map(Label::as_str),
            comment
        ])?;
    match akismet.told {
        Some(told) => {
            let month = number(Month::of(check.at));
            count(connection, check.site, month, told.as_str())
        }
        None => Ok(()),
    }
}

fn count(
    connection: &Connection,
    site: SiteId,
    month: i64,
    column: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(&format!(
            "INSERT INTO akismet_months (site_id, month, {column}) VALUES (?, ?, 1)
             ON CONFLICT DO UPDATE SET {column} = {column} + 1"
        ))?
        .execute(params![site.0, month])?;
    Ok(())
}

pub(super) fn report(connection: &Connection, report: Report) -> Result<bool, StoreError> {
    let (comment, told, in_force) = connection
        .prepare_cached(
            "SELECT comments.comment, told, decisions.kind, decisions.at FROM comments
             LEFT JOIN decisions ON decisions.comment = comments.comment
                AND decisions.undone_at IS NULL
             WHERE comments.site_id = ? AND comment_id = ?",
        )?
        .query_row(
            params![report.site.0, report.comment_id.0.as_bytes()],
            |row| {
                let kind: Option<String> = row.get(2)?;
                let at: Option<i64> = row.get(3)?;
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, Option<String>>(1)?,
                    kind.zip(at),
                ))
            },
        )
        .optional()?
        .ok_or(StoreError::NotFound)?;
    if let Some((kind, at)) = in_force {
        let same = decision_kind(&kind)? == report.decision.decision;
        if same || at > micros(report.decision.at) || is_repeated(connection, comment, &report)? {
            return Ok(false);
        }
    }
    let said = report.decision.decision.label();
    let told = told.as_deref().map(label).transpose()?;
    if told.is_some_and(|told| told != said) {
        let month = number(Month::of(report.decision.at));
        let column = match said {
            Label::Spam => "missed_spam",
            Label::Ham => "false_positives",
        };
        count(connection, report.site, month, column)?;
        // A mistake is counted once, however often the blog changes its mind.
        connection
            .prepare_cached("UPDATE comments SET told = NULL WHERE comment = ?")?
            .execute([comment])?;
    }
    decisions::write(
        connection,
        DecisionWrite {
            site: report.site,
            comment_id: report.comment_id,
            decision: report.decision,
            seen: None,
        },
    )?;
    Ok(true)
}

/// Whether the blog's last word was the same, and somebody else decided since:
/// a click that comes twice undoes nobody's decision.
fn is_repeated(connection: &Connection, comment: i64, report: &Report) -> Result<bool, StoreError> {
    let last: Option<String> = connection
        .prepare_cached(
            "SELECT kind FROM decisions WHERE comment = ? AND decided_by = ?
             ORDER BY rowid DESC LIMIT 1",
        )?
        .query_row(params![comment, report.decision.by], |row| row.get(0))
        .optional()?;
    let last = last.as_deref().map(decision_kind).transpose()?;
    Ok(last == Some(report.decision.decision))
}

pub(super) fn months(
    connection: &Connection,
    sites: &[SiteId],
) -> Result<Vec<MonthCounts>, StoreError> {
    let places = vec!["?"; sites.len()].join(", ");
    let mut statement = connection.prepare(&format!(
        "SELECT site_id, month, ham, spam, missed_spam, false_positives FROM akismet_months
         WHERE site_id IN ({places}) ORDER BY month, site_id"
    ))?;
    let rows = statement.query_map(params_from_iter(sites.iter().map(|site| site.0)), |row| {
        let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
        Ok(MonthCounts {
            site: SiteId(row.get(0)?),
            month: named(row.get(1)?),
            ham: count(2)?,
            spam: count(3)?,
            missed_spam: count(4)?,
            false_positives: count(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
