//! Many comments at once: chosen on a page, or near-duplicates of one. First a
//! page that says how many, then the decision, then a way back.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use super::items::chosen;
use super::preview::{Many, now, preview as show};
use crate::domain::{CommentId, Site};
use crate::http::comments::known_id;
use crate::http::desk::answers::see;
use crate::http::desk::decide::choice;
use crate::http::desk::form::Fields;
use crate::http::desk::phrases;
use crate::http::desk::queue::Done;
use crate::http::desk::whereabouts::Whereabouts;
use crate::http::desk::who::Visit;
use crate::http::error::ErrorCode;
use crate::http::locale::{Locale, Value};
use crate::http::problem::Problem;
use crate::service::{BulkDecision, Moderator, NewDecision, Viewer};
use crate::store::Seen;

/// What can be done with many, as forms say it and as keys of messages do.
const ACTIONS: [&str; 5] = ["accept", "reject", "off-topic", "abuse", "reject-only"];

/// `POST /desk/bulk`
pub async fn preview(
    visit: Visit,
    who: Moderator,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    choice(&fields)?;
    let chosen = chosen(&fields)?;
    let site = who.site(fields.get("site"))?;
    let ids = chosen.iter().map(|(id, _)| *id).collect();
    let stored = who.some_comments(site, ids).await?;
    let mut actions = ACTIONS.into_iter();
    let back = Whereabouts::read(fields.get("back"));
    Ok(show(
        &visit,
        Many {
            site,
            action: actions.find(|action| *action == fields.get("do")),
            stored: &stored,
            chosen: &chosen,
            back: back.query(),
            queue: back.address(),
        },
    ))
}

/// `GET /desk/comments/{comment_id}/alike`
pub async fn alike(
    visit: Visit,
    who: Moderator,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let (site, stored) = who.alike_waiting(known_id(&id)?).await?;
    let chosen: Vec<(CommentId, Seen)> = stored
        .iter()
        .map(|stored| (stored.comment_id, now(stored)))
        .collect();
    let back = Whereabouts {
        site: site.name.clone(),
        ..Whereabouts::default()
    };
    Ok(show(
        &visit,
        Many {
            site: &site,
            action: None,
            stored: &stored,
            chosen: &chosen,
            back: back.query(),
            queue: back.address(),
        },
    ))
}

/// `POST /desk/bulk/decisions`
pub async fn decide(who: Moderator, fields: Fields) -> Result<HttpResponse, Problem> {
    let (decision, learn, why) = choice(&fields)?;
    let comments = chosen(&fields)?;
    let site = who.site(fields.get("site"))?;
    let decision = BulkDecision {
        new: NewDecision {
            decision,
            learn,
            why,
            note: Some(fields.get("note").trim().to_owned()),
            by: who.name().to_owned(),
            seen: None,
        },
        comments,
    };
    let done = who.decide_many(site, decision).await?;
    let here = Whereabouts::read(fields.get("back"));
    Ok(see(&format!(
        "{}&bulk={}&left={}",
        here.address(),
        done.bulk,
        done.left_alone
    )))
}

/// `POST /desk/bulk/{bulk}/undo`
pub async fn undo(
    who: Moderator,
    bulk: Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let absent = || Problem::new(ErrorCode::NotFound, ErrorCode::NotFound.title());
    let bulk = Uuid::try_parse(&bulk).map_err(|_| absent())?;
    let site = of_bulk(&who, bulk).await.ok_or_else(absent)?;
    who.undo_many(&site, bulk).await?;
    let here = Whereabouts::read(fields.get("back"));
    Ok(see(&format!("{}&bulk={bulk}", here.address())))
}

/// Which of the person's sites the bulk is on.
async fn of_bulk(who: &Moderator, bulk: Uuid) -> Option<Site> {
    for site in who.sites() {
        if who.bulk(site, bulk).await.is_ok() {
            return Some(site.clone());
        }
    }
    None
}

/// The bulk that the address names, to be taken back.
pub async fn done(l: Locale, who: &Viewer, request: &HttpRequest) -> Option<Done> {
    let named = |wanted: &str| {
        let query = request.query_string().as_bytes();
        let mut fields = url::form_urlencoded::parse(query);
        fields
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    let bulk = Uuid::try_parse(&named("bulk")?).ok()?;
    let who = who.may_decide()?;
    let site = of_bulk(&who, bulk).await?;
    let (state, one) = who.bulk(&site, bulk).await.ok()?;
    let left: u16 = named("left")
        .and_then(|left| left.parse().ok())
        .unwrap_or(0);
    let is_undone = state.in_force == 0;
    let (key, number) = match is_undone {
        true => ("bulk-undone".to_owned(), state.ended),
        false => (
            format!("bulk-did-{}", phrases::done_word(&one)),
            state.in_force,
        ),
    };
    let mut said = l.with(&key, &[("n", Value::from(number))]);
    if left > 0 && !is_undone {
        said = l.with(
            "bulk-did-left",
            &[("did", Value::from(said)), ("left", Value::from(left))],
        );
    }
    Some(Done {
        said,
        action: (!is_undone).then(|| format!("/desk/bulk/{bulk}/undo")),
        decision: String::new(),
    })
}
