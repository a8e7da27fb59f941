//! Near-duplicates of one site, gathered into campaigns as they come.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{fingerprint_from_blob, micros, time};
use super::comments::{select, stored};
use super::history::NEAR;
use crate::domain::{CommentId, SiteId};
use crate::filter::lesson;
use crate::store::{Campaign, CampaignId, StoreError, StoredComment};

/// Comments of one band that are compared at most, the newest first: of a large
/// campaign any one will do.
const CANDIDATES: i64 = 20;
/// The longest page.
const LONGEST: usize = 100;

/// The columns that [`read`] reads.
const CAMPAIGN: &str = "campaign, first_at, last_at, waiting, accepted, rejected";
/// What is listed; written as the index of the list has it.
const IS_LISTED: &str = "waiting + accepted + rejected > 1";

/// A comment on its way into the store.
pub(super) struct Newcomer<'n> {
    pub site: SiteId,
    pub fingerprint: Option<&'n [u8]>,
    /// Its own number, if it is stored already.
    pub own: Option<i64>,
    pub is_waiting: bool,
    pub at: Timestamp,
    /// What its label would tell by itself.
    pub worth: f64,
}

/// Where it belongs.
pub(super) struct Place {
    /// `None` where it is like no other comment.
    pub campaign: Option<i64>,
    /// What its label would tell.
    pub lesson: f64,
    /// It stands for the waiting ones of its campaign; to be noted once its
    /// number is known.
    pub leads: bool,
}

/// Finds the comment's campaign, and makes one of two that are alike.
pub(super) fn place(connection: &Connection, new: &Newcomer<'_>) -> Result<Place, StoreError> {
    let alone = Place {
        campaign: None,
        lesson: new.worth,
        leads: false,
    };
    let Some(like) = most_alike(connection, new)? else {
        return Ok(alone);
    };
    let campaign = match like.campaign {
        Some(campaign) => campaign,
        None => begin(connection, new.site, &like)?,
    };
    let (waiting, lead, lead_worth): (u32, Option<i64>, f64) = connection
        .prepare_cached(
            "UPDATE campaigns SET last_at = max(last_at, ?2) WHERE campaign = ?1
             RETURNING waiting, lead, lead_worth",
        )?
        .query_row(params![campaign, micros(new.at)], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let found = |lesson, leads| Place {
        campaign: Some(campaign),
        lesson,
        leads,
    };
    if !new.is_waiting {
        return Ok(found(new.worth, false));
    }
    // Of one that is stored already it is not known here whether it is counted.
    let waiting = waiting.saturating_add(u32::from(new.own.is_none()));
    if lead.is_some() && lead == new.own {
        return Ok(found(lesson::for_all(new.worth, waiting), true));
    }
    let has_lead = connection
        .prepare_cached(
            "UPDATE comments SET lesson = ? WHERE comment = ?
                AND campaign = ? AND verdict = 'hold' AND decision IS NULL",
        )?
        .execute(params![
            lesson::for_all(lead_worth, waiting),
            lead,
            campaign
        ])?
        > 0;
    Ok(match has_lead {
        true => found(lesson::after_another(new.worth, waiting), false),
        false => found(lesson::for_all(new.worth, waiting), true),
    })
}

/// Notes who stands for the campaign.
pub(super) fn lead(
    connection: &Connection,
    place: &Place,
    comment: i64,
    worth: f64,
) -> Result<(), StoreError> {
    if place.leads {
        connection
            .prepare_cached("UPDATE campaigns SET lead = ?, lead_worth = ? WHERE campaign = ?")?
            .execute(params![comment, worth, place.campaign])?;
    }
    Ok(())
}

/// A stored comment of nearly the same text.
struct Like {
    comment: i64,
    campaign: Option<i64>,
}

fn most_alike(connection: &Connection, new: &Newcomer<'_>) -> Result<Option<Like>, StoreError> {
    let Some(blob) = new.fingerprint else {
        return Ok(None);
    };
    let own = fingerprint_from_blob(blob)?;
    let mut best: Option<(f64, Like)> = None;
    // The two bands that comments are indexed by.
    for (column, place) in [
        ("substr(fingerprint, 1, 16)", 0..16),
        ("substr(fingerprint, 17, 16)", 16..32),
    ] {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT comment, campaign, fingerprint FROM comments
             WHERE fingerprint IS NOT NULL AND site_id = ? AND {column} = ?
             ORDER BY comment DESC LIMIT ?"
        ))?;
        let mut rows = statement.query(params![new.site.0, blob.get(place), CANDIDATES])?;
        while let Some(row) = rows.next()? {
            let like = Like {
                comment: row.get(0)?,
                campaign: row.get(1)?,
            };
            if Some(like.comment) == new.own {
                continue;
            }
            let text = row.get_ref(2)?.as_blob().unwrap_or_default();
            let similarity = match text == blob {
                true => 1.0,
                false => fingerprint_from_blob(text)?.similarity(&own),
            };
            if similarity >= NEAR && best.as_ref().is_none_or(|(most, _)| similarity > *most) {
                best = Some((similarity, like));
            }
            if similarity >= 1.0 {
                return Ok(best.map(|(_, like)| like));
            }
        }
    }
    Ok(best.map(|(_, like)| like))
}

/// Makes a campaign of the comment that another one is like.
fn begin(connection: &Connection, site: SiteId, first: &Like) -> Result<i64, StoreError> {
    let campaign = connection
        .prepare_cached(
            "INSERT INTO campaigns (site_id, first_at, last_at, lead, lead_worth)
             SELECT ?1, received_at, received_at, iif(outcome = 'hold', comment, NULL), lesson
             FROM comments WHERE comment = ?2",
        )?
        .insert(params![site.0, first.comment])?;
    connection
        .prepare_cached("UPDATE comments SET campaign = ? WHERE comment = ?")?
        .execute(params![campaign, first.comment])?;
    Ok(campaign)
}

pub(super) fn of_comment(
    connection: &Connection,
    site: SiteId,
    id: CommentId,
) -> Result<Option<Campaign>, StoreError> {
    connection
        .prepare_cached(&format!(
            "SELECT {CAMPAIGN} FROM campaigns WHERE campaign =
                (SELECT campaign FROM comments WHERE site_id = ? AND comment_id = ?)"
        ))?
        .query_row(params![site.0, id.0.as_bytes()], |row| Ok(read(row)))
        .optional()?
        .transpose()
}

pub(super) fn one(
    connection: &Connection,
    site: SiteId,
    id: CampaignId,
) -> Result<Campaign, StoreError> {
    connection
        .prepare_cached(&format!(
            "SELECT {CAMPAIGN} FROM campaigns WHERE campaign = ? AND site_id = ?"
        ))?
        .query_row(params![id.0, site.0], |row| Ok(read(row)))
        .optional()?
        .ok_or(StoreError::NotFound)?
}

pub(super) fn list(
    connection: &Connection,
    site: SiteId,
    after: Option<(Timestamp, CampaignId)>,
    limit: usize,
) -> Result<Vec<(Campaign, StoredComment)>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {CAMPAIGN} FROM campaigns
         WHERE site_id = ? AND {IS_LISTED} AND (last_at, campaign) < (?, ?)
         ORDER BY last_at DESC, campaign DESC LIMIT ?"
    ))?;
    let (at, number) = match after {
        Some((at, id)) => (micros(at), id.0),
        None => (i64::MAX, i64::MAX),
    };
    let limit = limit.clamp(1, LONGEST) as i64;
    let mut rows = statement.query(params![site.0, at, number, limit])?;
    let mut found = Vec::new();
    let mut newest = connection.prepare_cached(&format!(
        "{} AND comments.campaign = :campaign ORDER BY comments.comment_id DESC LIMIT 1",
        select()
    ))?;
    while let Some(row) = rows.next()? {
        let campaign = read(row)?;
        let comment = newest
            .query_row(
                &[(":site", &site.0), (":campaign", &campaign.id.0)],
                |row| Ok(stored(row)),
            )
            .optional()?
            .transpose()?;
        found.extend(comment.map(|comment| (campaign, comment)));
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Campaign, StoreError> {
    let number = |place| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(place)?.unsigned_abs()) };
    Ok(Campaign {
        id: CampaignId(row.get(0)?),
        first_at: time(row.get(1)?)?,
        last_at: time(row.get(2)?)?,
        waiting: number(3)?,
        accepted: number(4)?,
        rejected: number(5)?,
    })
}
