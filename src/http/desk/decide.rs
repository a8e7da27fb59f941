//! Accept, reject, take back. Without the script by forms and redirects; for
//! the script the same in JSON.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::acting::audit;
use super::answers::{heard, page, see, wants_json};
use super::card::{self, Card, Decided};
use super::form::Fields;
use super::page::Frame;
use super::phrases;
use super::queue::said;
use super::whereabouts::Whereabouts;
use super::who::Visit;
use crate::domain::{CommentId, DecisionKind, FieldError, Why};
use crate::http::comments::known_id;
use crate::http::problem::Problem;
use crate::service::{Moderator, NewDecision, ServiceError};
use crate::store::StoreError;

/// Somebody was quicker.
#[derive(Template)]
#[template(path = "changed.html")]
struct ChangedTemplate {
    frame: Frame,
    said: String,
    note: Option<String>,
    comment: String,
    queue: String,
}

/// What the script hears.
#[derive(Serialize)]
pub struct Heard {
    /// To be announced.
    pub said: String,
    /// The decision that can be taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Uuid>,
    /// The comment's version from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// `POST /desk/comments/{comment_id}/decision`
pub async fn decide(
    visit: Visit,
    who: Moderator,
    id: Path<String>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = known_id(&id)?;
    let (decision, learn, why) = choice(&fields)?;
    let seen = card::seen(fields.get("version"))
        .ok_or_else(|| FieldError::new("version", "is not known", "open the page again"))?;
    let new = NewDecision {
        decision,
        learn,
        why,
        note: Some(fields.get("note").trim().to_owned()),
        by: who.name().to_owned(),
        seen: Some(seen),
    };
    let decided = match who.decide(id, new).await {
        Err(ServiceError::Store(StoreError::Changed)) => {
            return changed(&visit, &who, id, &fields, &request).await;
        }
        outcome => outcome?,
    };
    if wants_json(&request) {
        return Ok(heard(
            StatusCode::OK,
            &Heard {
                said: said(
                    visit.l,
                    &format!("said-{}", phrases::done_word(&decided)),
                    &author(&visit, &who, id).await?.author_plain,
                ),
                decision: Some(decided.id),
                version: None,
            },
        ));
    }
    let here = Whereabouts::read(fields.get("back"));
    // The next card, or the page's head where there is none.
    let then = known_id(fields.get("then")).map_or_else(|_| String::new(), |id| format!("#c-{id}"));
    Ok(see(&format!("{}&done={id}{then}", here.address())))
}

/// `POST /desk/comments/{comment_id}/undo`
pub async fn undo(
    visit: Visit,
    who: Moderator,
    id: Path<String>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = known_id(&id)?;
    let only = Uuid::try_parse(fields.get("decision"))
        .map_err(|_| FieldError::new("decision", "is not an id", "open the page again"))?;
    match who.undo(id, only).await {
        Err(ServiceError::Store(StoreError::Changed)) => {
            return changed(&visit, &who, id, &fields, &request).await;
        }
        outcome => outcome?,
    };
    if wants_json(&request) {
        let card = author(&visit, &who, id).await?;
        return Ok(heard(
            StatusCode::OK,
            &Heard {
                said: said(visit.l, "said-undone", &card.author_plain),
                decision: None,
                version: Some(card.version),
            },
        ));
    }
    Ok(see(&format!("{}#c-{id}", back(&fields))))
}

/// What was chosen: what to do, whether the filter learns from it, and why not.
pub fn choice(fields: &Fields) -> Result<(DecisionKind, bool, Option<Why>), Problem> {
    Ok(match fields.get("do") {
        "accept" => (DecisionKind::Accept, true, None),
        "reject" => (DecisionKind::Reject, true, None),
        "reject-only" => (DecisionKind::Reject, false, None),
        "off-topic" => (DecisionKind::Reject, false, Some(Why::OffTopic)),
        "abuse" => (DecisionKind::Reject, false, Some(Why::Abuse)),
        _ => {
            let remedy = "send accept, reject, reject-only, off-topic or abuse";
            return Err(FieldError::new("do", "is not known", remedy).into());
        }
    })
}

/// The page that a form came from.
fn back(fields: &Fields) -> String {
    let here = Whereabouts::read(fields.get("back"));
    match fields.get("page") {
        "audit" => audit::address(&here.site, None),
        _ => here.address(),
    }
}

async fn author(visit: &Visit, who: &Moderator, id: CommentId) -> Result<Card, Problem> {
    let found = who.comment(id).await?;
    Ok(Card::of(visit.l, &found.reviewed, 0, Timestamp::now()))
}

/// 412: says who did what since the page was made.
pub async fn changed(
    visit: &Visit,
    who: &Moderator,
    id: CommentId,
    fields: &Fields,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let found = who.comment(id).await?;
    let decision = found.reviewed.stored.decision.as_ref();
    let decided = decision.map(|decision| Decided::of(visit.l, decision, Timestamp::now()));
    let (said, note) = match decided {
        Some(Decided { said, note, .. }) => (said, note),
        None => (visit.l.say("changed-since"), None),
    };
    if wants_json(request) {
        return Ok(heard(
            StatusCode::PRECONDITION_FAILED,
            &Heard {
                said: format!("{said} {}", visit.l.say("said-not-written")),
                decision: None,
                version: None,
            },
        ));
    }
    let shown = ChangedTemplate {
        frame: Frame::of(visit, visit.l.say("changed-title")),
        said,
        note,
        comment: format!("/desk/comments/{id}"),
        queue: back(fields),
    };
    Ok(page(StatusCode::PRECONDITION_FAILED, &shown))
}
