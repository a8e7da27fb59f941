//! Whom and what a site trusts and blocks: set from a card, listed on a page.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::domain::{FieldError, Trust};
use crate::http::comments::known_id;
use crate::http::desk::answers::{heard, page as answer, see, wants_json};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::queue::Done;
use crate::http::desk::shown;
use crate::http::desk::whereabouts::Whereabouts;
use crate::http::desk::who::Visit;
use crate::http::error::ErrorCode;
use crate::http::locale::{Locale, isolated};
use crate::http::problem::Problem;
use crate::service::{Moderator, Viewer, Whom};
use crate::store::TrustEntry;

#[derive(Template)]
#[template(path = "trust.html")]
struct TrustTemplate {
    frame: Frame,
    sites: Vec<Listed>,
}

/// A site's list.
struct Listed {
    site: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    said: String,
    who_and_when: String,
    exact: String,
}

/// What the script hears.
#[derive(Serialize)]
struct Heard {
    said: String,
    /// Where it is taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<String>,
}

/// `POST /desk/comments/{comment_id}/trust`
pub async fn add(
    visit: Visit,
    who: Moderator,
    id: Path<String>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = known_id(&id)?;
    let set = fields.get("set");
    let chosen = set.split_once(':').and_then(|(word, whom)| {
        let mut known = Trust::ALL.into_iter();
        let trust = known.find(|trust| trust.as_str() == word)?;
        let whom = match whom {
            "" => Whom::Author,
            domain => Whom::Domain(domain.to_owned()),
        };
        Some((trust, whom))
    });
    let (trust, whom) =
        chosen.ok_or_else(|| FieldError::new("set", "is not known", "open the page again"))?;
    let (_, entry) = who.trust(id, whom, trust).await?;
    if wants_json(&request) {
        let heard_of = Heard {
            said: said(visit.l, &entry),
            undo: Some(removal(entry.id)),
        };
        return Ok(heard(StatusCode::OK, &heard_of));
    }
    let here = Whereabouts::read(fields.get("back"));
    Ok(see(&format!(
        "{}&trust={}#c-{id}",
        here.address(),
        entry.id
    )))
}

/// `GET /desk/trust`
pub async fn page(visit: Visit, who: Moderator) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let now = Timestamp::now();
    let mut sites = Vec::new();
    for site in who.sites() {
        let entries = who.trust_list(site).await?;
        sites.push(Listed {
            site: shown::plain(&site.name),
            entries: entries
                .iter()
                .map(|entry| Entry {
                    id: entry.id.to_string(),
                    said: said(l, entry),
                    who_and_when: l.with(
                        "trust-by",
                        &[
                            ("who", isolated(&shown::plain(&entry.by))),
                            ("when", l.ago(entry.at, now).into()),
                        ],
                    ),
                    exact: l.exact(entry.at),
                })
                .collect(),
        });
    }
    let shown = TrustTemplate {
        frame: Frame::of(&visit, l.say("trust-title")),
        sites,
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// `POST /desk/trust/{entry}/remove`
pub async fn remove(
    visit: Visit,
    who: Moderator,
    entry: Path<String>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let absent = || Problem::new(ErrorCode::NotFound, ErrorCode::NotFound.title());
    let id = Uuid::try_parse(&entry).map_err(|_| absent())?;
    let mut removed = None;
    for site in who.sites() {
        if let Ok(entry) = who.remove_trust(site, id).await {
            removed = Some(entry);
        }
    }
    let removed = removed.ok_or_else(absent)?;
    if wants_json(&request) {
        let name = isolated(&name(visit.l, &removed));
        let heard_of = Heard {
            said: visit.l.with("trust-removed", &[("name", name)]),
            undo: None,
        };
        return Ok(heard(StatusCode::OK, &heard_of));
    }
    match fields.get("back") {
        "" => Ok(see("/desk/trust")),
        back => Ok(see(&Whereabouts::read(back).address())),
    }
}

/// The entry that the address names, to be taken back.
pub async fn done(l: Locale, who: &Viewer, request: &HttpRequest) -> Option<Done> {
    let query = request.query_string().as_bytes();
    let (_, id) = url::form_urlencoded::parse(query).find(|(name, _)| name == "trust")?;
    let id = Uuid::try_parse(&id).ok()?;
    let who = who.may_decide()?;
    for site in who.sites() {
        let list = who.trust_list(site).await.ok()?;
        if let Some(entry) = list.iter().find(|entry| entry.id == id) {
            return Some(Done {
                said: said(l, entry),
                action: Some(removal(id)),
                decision: String::new(),
            });
        }
    }
    None
}

fn removal(id: Uuid) -> String {
    format!("/desk/trust/{id}/remove")
}

fn said(l: Locale, entry: &TrustEntry) -> String {
    let kind = if entry.is_domain { "domain" } else { "author" };
    let key = format!("trust-is-{}-{kind}", entry.trust.as_str());
    l.with(&key, &[("name", isolated(&name(l, entry)))])
}

fn name(l: Locale, entry: &TrustEntry) -> String {
    match (entry.is_domain, entry.shown.as_str()) {
        (true, domain) => shown::host_both_ways(domain),
        (false, "") => l.say("author-nameless"),
        (false, name) => shown::plain(name),
    }
}
