//! The audit: comments that the filter was sure of, to be answered without
//! seeing what it said.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use url::form_urlencoded::{Serializer, parse};

use super::blind::BlindCard;
use crate::domain::{CommentId, Decision, FieldError, Verdict};
use crate::http::comments::known_id;
use crate::http::desk::answers::{heard, page as answer, see, wants_json};
use crate::http::desk::card;
use crate::http::desk::decide::{Heard, changed, choice};
use crate::http::desk::form::Fields;
use crate::http::desk::marks::Piece;
use crate::http::desk::page::Frame;
use crate::http::desk::queue::{Choice, Done};
use crate::http::desk::who::Visit;
use crate::http::desk::{phrases, shown};
use crate::http::locale::{Locale, isolated};
use crate::http::problem::Problem;
use crate::service::{Moderator, NewDecision, ServiceError};
use crate::store::StoreError;

/// Cards of a page.
const CARDS: usize = 10;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditTemplate {
    frame: Frame,
    heading: String,
    sites: Vec<Choice>,
    site: String,
    waiting: u64,
    cards: Vec<BlindCard>,
    /// Where undoing leads back to.
    back: String,
    next: Option<String>,
    done: Option<Done>,
    may_undo: bool,
    undo_page: Option<&'static str>,
}

/// `GET /desk/audit`
pub async fn page(
    visit: Visit,
    who: Moderator,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let named = |wanted: &str| {
        let mut query = parse(request.query_string().as_bytes());
        let found = query.find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.into_owned())
    };
    let site = match named("site").filter(|name| !name.is_empty()) {
        Some(name) => Some(who.site(&name)?),
        None => who.sites().first(),
    };
    let after = named("after").and_then(|id| known_id(&id).ok());
    let (mut stored, open) = match site {
        Some(site) => {
            let page = who.audit(site, after, CARDS + 1).await?;
            (page.comments, page.open)
        }
        None => (Vec::new(), 0),
    };
    let more = stored.len() > CARDS;
    stored.truncate(CARDS);
    let now = Timestamp::now();
    let mut cards: Vec<BlindCard> = stored
        .iter()
        .map(|stored| BlindCard::of(l, stored, now))
        .collect();
    let ids: Vec<String> = cards.iter().skip(1).map(|card| card.id.clone()).collect();
    for (card, then) in cards.iter_mut().zip(ids) {
        card.then = Some(then);
    }
    let name = site.map_or("", |site| site.name.as_str());
    let last = stored.last().filter(|_| more);
    let done = done(l, &who, named("done")).await;
    let heading = l.say("audit-title");
    let shown = AuditTemplate {
        sites: who
            .sites()
            .iter()
            .map(|one| Choice {
                name: shown::plain(&one.name),
                address: address(&one.name, None),
                is_chosen: one.name == name,
                waiting: None,
            })
            .collect(),
        site: shown::plain(name),
        waiting: open,
        cards,
        back: Serializer::new(String::new())
            .append_pair("site", name)
            .finish(),
        next: last.map(|last| address(name, Some(last.comment_id))),
        may_undo: done.is_some(),
        done,
        undo_page: Some("audit"),
        frame: Frame::of(&visit, heading.clone()),
        heading,
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// `POST /desk/comments/{comment_id}/audit`
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
    let (decision, verdict) = match who.answer_audit(id, new).await {
        // Whoever was quicker has answered for the audit, too.
        Err(ServiceError::Store(StoreError::Changed | StoreError::NotFound)) => {
            return changed(&visit, &who, id, &fields, &request).await;
        }
        outcome => outcome?,
    };
    if wants_json(&request) {
        let heard_of = Heard {
            said: said(visit.l, &decision, verdict),
            decision: Some(decision.id),
            version: None,
        };
        return Ok(heard(StatusCode::OK, &heard_of));
    }
    let back = parse(fields.get("back").as_bytes()).find(|(name, _)| name == "site");
    let site = back.map_or_else(String::new, |(_, site)| site.into_owned());
    let then = known_id(fields.get("then")).map_or_else(|_| String::new(), |id| format!("#c-{id}"));
    Ok(see(&format!("{}&done={id}{then}", address(&site, None))))
}

/// The page's address.
pub fn address(site: &str, after: Option<CommentId>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("site", site);
    if let Some(after) = after {
        query.append_pair("after", &after.to_string());
    }
    format!("/desk/audit?{}", query.finish())
}

/// What was answered, and only now what the filter had said.
fn said(l: Locale, decision: &Decision, verdict: Verdict) -> String {
    l.say(&format!(
        "audit-said-{}-{}",
        phrases::done_word(decision),
        verdict.as_str()
    ))
}

/// What was just answered, if it still is.
async fn done(l: Locale, who: &Moderator, id: Option<String>) -> Option<Done> {
    let found = who.comment(known_id(&id?).ok()?).await.ok()?;
    let stored = found.reviewed.stored;
    let decision = stored
        .decision
        .filter(|decision| decision.by == who.name())?;
    let author = stored.comment.author.name.unwrap_or_default();
    let author = match author.trim() {
        "" => l.say("author-nameless"),
        name => card::short(name),
    };
    let key = format!("said-{}", phrases::done_word(&decision));
    Some(Done {
        said: l.with(&key, &[("author", isolated(&author))]),
        action: Some(format!("/desk/comments/{}/undo", stored.comment_id)),
        decision: decision.id.to_string(),
    })
}
