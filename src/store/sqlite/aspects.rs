//! What a comment is found by, worked out as it is written.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::campaigns::{self, Newcomer, Place};
use super::columns::to_json;
use crate::domain::{Judgement, SiteId, Subject, Trace};
use crate::filter::lesson;
use crate::store::{Aspects, StoreError};

/// Reasons that a comment is found by: those that weigh most.
const REASONS: usize = 8;
/// What weighs less decides nothing.
const LIGHTEST: f64 = 0.05;

/// What is known of a comment when it is written.
pub(super) struct Described<'d> {
    pub site: SiteId,
    pub aspects: &'d Aspects,
    pub judgement: &'d Judgement,
    pub traces: &'d [Trace],
    pub fingerprint: Option<&'d [u8]>,
    /// Its own number, if it is stored already.
    pub own: Option<i64>,
    pub is_waiting: bool,
    pub at: Timestamp,
}

/// Its columns.
pub(super) struct Columns<'d> {
    pub language: Option<&'d str>,
    pub has_link: bool,
    pub new_author: bool,
    pub reasons: String,
    pub place: Place,
    worth: f64,
}

impl Described<'_> {
    pub(super) fn columns(&self, connection: &Connection) -> Result<Columns<'_>, StoreError> {
        let worth = lesson::worth(self.judgement.spam_probability, self.aspects.labels);
        let place = campaigns::place(
            connection,
            &Newcomer {
                site: self.site,
                fingerprint: self.fingerprint,
                own: self.own,
                is_waiting: self.is_waiting,
                at: self.at,
                worth,
            },
        )?;
        Ok(Columns {
            language: self.aspects.language.as_deref(),
            has_link: self.aspects.has_link,
            new_author: self.is_new_author(connection)?,
            reasons: reasons(connection, self.judgement)?,
            place,
            worth,
        })
    }

    /// Whether no earlier comment gave the same e-mail address; who gives none
    /// is new each time.
    fn is_new_author(&self, connection: &Connection) -> Result<bool, StoreError> {
        let mut traces = self.traces.iter();
        let Some(email) = traces.find(|trace| trace.subject == Subject::Email) else {
            return Ok(true);
        };
        let known = connection
            .prepare_cached(
                "SELECT 1 FROM comments WHERE site_id = ? AND email_trace = ? AND comment < ?",
            )?
            .exists(params![
                self.site.0,
                email.hash,
                self.own.unwrap_or(i64::MAX)
            ])?;
        Ok(!known)
    }
}

impl Columns<'_> {
    /// Once the comment has its number.
    pub(super) fn settle(&self, connection: &Connection, comment: i64) -> Result<(), StoreError> {
        campaigns::lead(connection, &self.place, comment, self.worth)
    }

    /// Writes them to a comment that is stored.
    pub(super) fn write(&self, connection: &Connection, comment: i64) -> Result<(), StoreError> {
        connection
            .prepare_cached(
                "UPDATE comments SET language = :language, has_link = :has_link,
                    new_author = :new_author, lesson = :lesson, campaign = :campaign,
                    reasons = :reasons
                 WHERE comment = :comment",
            )?
            .execute(named_params! {
                ":comment": comment,
                ":language": self.language,
                ":has_link": self.has_link,
                ":new_author": self.new_author,
                ":lesson": self.place.lesson,
                ":campaign": self.place.campaign,
                ":reasons": self.reasons,
            })?;
        self.settle(connection, comment)
    }
}

/// The numbers of the heaviest reasons, as JSON. What is only summed up is none.
fn reasons(connection: &Connection, judgement: &Judgement) -> Result<String, StoreError> {
    let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
    for piece in &judgement.evidence {
        if !matches!(piece.reason.as_str(), "starting_point" | "others") {
            *weights.entry(&piece.reason).or_default() += piece.log_odds.0;
        }
    }
    let mut heaviest: Vec<(&str, f64)> = weights.into_iter().collect();
    heaviest.retain(|(_, weight)| weight.abs() >= LIGHTEST);
    heaviest.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
    let mut numbers = Vec::with_capacity(REASONS);
    for (name, _) in heaviest.into_iter().take(REASONS) {
        numbers.push(reason(connection, name)?);
    }
    to_json(&numbers)
}

fn reason(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    let known = connection
        .prepare_cached("SELECT reason FROM reason_names WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    Ok(connection
        .prepare_cached("INSERT INTO reason_names (name) VALUES (?)")?
        .insert([name])?)
}
