//! Writes an event's messages, in the transaction of what brought it about.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::columns::{
    comment_id, decision_kind, from_json, label as read_label, micros, to_json,
    verdict as read_verdict,
};
use crate::domain::{
    BY_BLOG, Cause, CommentEvent, DecidedBy, DecisionKind, EventKind, SiteId, Standing, Verdict,
};
use crate::store::{Callback, StoreError, fresh_id};

/// What came to pass.
pub(super) struct Happened<'h> {
    pub cause: Cause,
    /// Who decided, where somebody did.
    pub by: Option<&'h str>,
    pub at: Timestamp,
    /// How things stood before.
    pub before: Standing,
}

/// How a comment stands now.
pub(super) fn standing(connection: &Connection, comment: i64) -> Result<Standing, StoreError> {
    connection
        .prepare_cached(
            "SELECT comments.verdict, comments.label, decisions.kind, decisions.learn
             FROM comments LEFT JOIN decisions ON decisions.decision_id = comments.decision_id
             WHERE comments.comment = ?",
        )?
        .query_row([comment], |row| Ok(read_standing(row)))
        .optional()?
        .ok_or(StoreError::NotFound)?
}

fn read_standing(row: &Row<'_>) -> Result<Standing, StoreError> {
    let label: Option<String> = row.get(1)?;
    let kind: Option<String> = row.get(2)?;
    let learn: Option<bool> = row.get(3)?;
    Ok(Standing {
        verdict: read_verdict(&row.get::<_, String>(0)?)?,
        label: label.as_deref().map(read_label).transpose()?,
        decision: kind.as_deref().map(decision_kind).transpose()?.zip(learn),
    })
}

/// Remembers where to call when the comment is decided.
pub(super) fn remember_callback(
    connection: &Connection,
    comment: i64,
    callback: &Callback,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO callbacks (comment, url, key, post_id) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![
            comment,
            callback.url,
            callback.key.0,
            callback.post_id
        ])?;
    Ok(())
}

/// Writes what there is to tell, for everybody who asked to hear of it.
pub(super) fn note(
    connection: &Connection,
    comment: i64,
    happened: &Happened<'_>,
) -> Result<(), StoreError> {
    let recipients = recipients(connection, comment)?;
    if recipients.is_empty() {
        return Ok(());
    }
    let after = standing(connection, comment)?;
    let (site, event) = described(connection, comment, happened, &after)?;
    for recipient in recipients {
        note_for(connection, comment, site, &recipient, happened, &event)?;
    }
    Ok(())
}

/// Who hears of a comment: a webhook with its types of events, or `None` for
/// the comment's callback.
struct Recipient {
    webhook: Option<i64>,
    events: String,
}

impl Recipient {
    fn wants(&self, kind: EventKind, happened: &Happened<'_>) -> bool {
        match self.webhook {
            Some(_) => self.events.split(' ').any(|event| event == kind.as_str()),
            // Akismet's webhook knows spam and not spam, and the blog knows
            // what it did itself.
            None => happened.cause == Cause::Decision && happened.by != Some(BY_BLOG),
        }
    }
}

fn recipients(connection: &Connection, comment: i64) -> Result<Vec<Recipient>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT webhook, events FROM webhooks
         WHERE site_id = (SELECT site_id FROM comments WHERE comment = ?1) AND off_since IS NULL
         UNION ALL SELECT NULL, '' FROM callbacks WHERE comment = ?1",
    )?;
    let rows = statement.query_map([comment], |row| {
        Ok(Recipient {
            webhook: row.get(0)?,
            events: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn described(
    connection: &Connection,
    comment: i64,
    happened: &Happened<'_>,
    after: &Standing,
) -> Result<(SiteId, CommentEvent), StoreError> {
    let (site, id, own_id, name) = connection
        .prepare_cached(
            "SELECT site_id, comment_id, own_id, sites.name
             FROM comments JOIN sites USING (site_id) WHERE comment = ?",
        )?
        .query_row([comment], |row| {
            let id = comment_id(row, "comment_id");
            Ok((SiteId(row.get(0)?), id, row.get(2)?, row.get(3)?))
        })?;
    let event = CommentEvent {
        comment_id: id?,
        id: own_id,
        site: name,
        verdict: after.verdict,
        decision: after.decision.map(|(kind, _)| kind),
        learn: after.decision.map(|(_, learn)| learn),
        outcome: after.outcome(),
        was: happened.before.outcome(),
        cause: happened.cause,
        by: happened.by.map(DecidedBy::of),
    };
    Ok((site, event))
}

/// What stood before the messages that a new one takes the place of.
struct Folded {
    was: Verdict,
    was_decision: Option<DecisionKind>,
}

fn note_for(
    connection: &Connection,
    comment: i64,
    site: SiteId,
    recipient: &Recipient,
    happened: &Happened<'_>,
    event: &CommentEvent,
) -> Result<(), StoreError> {
    let folded = fold(connection, comment, site, recipient)?;
    let kind = match happened.cause {
        Cause::Decision | Cause::Undo => EventKind::CommentDecided,
        Cause::Check | Cause::Feedback => EventKind::CommentVerdictChanged,
    };
    let as_before = match &folded {
        Some(folded) => folded.was == event.outcome && folded.was_decision == event.decision,
        None => kind == EventKind::CommentVerdictChanged && event.was == event.outcome,
    };
    if !recipient.wants(kind, happened) || (as_before && happened.cause != Cause::Decision) {
        return Ok(());
    }
    let was_decision = match &folded {
        Some(folded) => folded.was_decision,
        None => happened.before.decision.map(|(kind, _)| kind),
    };
    let event = CommentEvent {
        was: folded.map_or(event.was, |folded| folded.was),
        ..event.clone()
    };
    connection
        .prepare_cached(
            "INSERT INTO messages
                (message_id, site_id, comment, webhook, kind, at, event, was_decision, due_at)
             VALUES (:id, :site, :comment, :webhook, :kind, :at, :event, :was_decision, :at)",
        )?
        .execute(named_params! {
            ":id": fresh_id().as_bytes(),
            ":site": site.0,
            ":comment": comment,
            ":webhook": recipient.webhook,
            ":kind": kind.as_str(),
            ":at": micros(happened.at),
            ":event": to_json(&event)?,
            ":was_decision": was_decision.map(DecisionKind::as_str),
        })?;
    Ok(())
}

/// Takes away what was never tried, and says what stood before all of it.
fn fold(
    connection: &Connection,
    comment: i64,
    site: SiteId,
    recipient: &Recipient,
) -> Result<Option<Folded>, StoreError> {
    // What was ever claimed may have been sent, even if its lease just ended.
    let mut untried = connection.prepare_cached(
        "SELECT message, event, was_decision FROM messages
         WHERE comment = ? AND lane = ? AND state = 'waiting' AND holder IS NULL
         ORDER BY message",
    )?;
    let mut rows = untried.query(params![comment, recipient.webhook.unwrap_or(-site.0)])?;
    let (mut folded, mut gone) = (None, Vec::new());
    while let Some(row) = rows.next()? {
        gone.push(row.get::<_, i64>(0)?);
        if folded.is_none() {
            let event: CommentEvent = from_json(&row.get::<_, String>(1)?, "a message")?;
            let was_decision: Option<String> = row.get(2)?;
            folded = Some(Folded {
                was: event.was,
                was_decision: was_decision.as_deref().map(decision_kind).transpose()?,
            });
        }
    }
    drop(rows);
    let mut delete = connection.prepare_cached("DELETE FROM messages WHERE message = ?")?;
    for message in gone {
        delete.execute([message])?;
    }
    Ok(folded)
}
