//! The owner's block lists and their state. They are set in the settings file.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use jiff::Timestamp;

use super::site::no_such_button;
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::who::Visit;
use crate::http::desk::{phrases, shown};
use crate::http::door::Door;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::lists::Count;
use crate::service::{Admin, ListFailure, ListView};

#[derive(Template)]
#[template(path = "lists.html")]
struct ListsTemplate {
    frame: Frame,
    tab: &'static str,
    lists: Vec<ListRow>,
    is_wanted: bool,
}

struct ListRow {
    name: String,
    source: String,
    weight: String,
    entries: String,
    left_out: Option<String>,
    state: Option<String>,
    /// Why it could not be loaded the last time.
    failure: Option<String>,
}

/// `GET /desk/lists`
pub async fn page(
    visit: Visit,
    _: Admin,
    door: Data<Door>,
    request: actix_web::HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let lists = door.service.lists().views().into_iter();
    let shown = ListsTemplate {
        frame: Frame::of(&visit, l.say("lists-title")),
        tab: "lists",
        lists: lists.map(|list| row(l, list)).collect(),
        is_wanted: request.query_string() == "wanted",
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// `POST /desk/lists`: has them loaded anew, in the background.
pub async fn refresh(_: Admin, door: Data<Door>, fields: Fields) -> Result<HttpResponse, Problem> {
    if fields.get("do") != "refresh" {
        return Err(no_such_button());
    }
    door.service.lists().want();
    Ok(see("/desk/lists?wanted"))
}

fn row(l: Locale, list: ListView) -> ListRow {
    let now = Timestamp::now();
    let ago = |at: Timestamp| l.ago(at, now);
    let left_out = list.count.map_or(0, |count| count.left_out);
    ListRow {
        name: shown::plain(&list.name),
        source: shown::plain(&list.source),
        weight: phrases::weight(list.weight),
        entries: match list.count {
            Some(count) => entries(l, count),
            None => l.say("lists-none-loaded"),
        },
        left_out: (left_out > 0).then(|| l.count("lists-left-out", left_out)),
        state: list
            .fresh_at
            .map(|at| l.with("lists-fresh", &[("when", ago(at).into())])),
        failure: list.failure.map(|failure| {
            let why = failed(l, failure);
            let tried = list.tried_at.map_or_else(String::new, ago);
            let key = match list.count {
                Some(_) => "lists-stale",
                None => "lists-missing",
            };
            l.with(key, &[("when", tried.into()), ("why", why.into())])
        }),
    }
}

fn entries(l: Locale, count: Count) -> String {
    l.with(
        "lists-entries",
        &[
            ("hosts", count.hosts.into()),
            ("networks", count.networks.into()),
            ("emails", count.emails.into()),
            ("phrases", count.phrases.into()),
        ],
    )
}

fn failed(l: Locale, failure: ListFailure) -> String {
    let key = format!("lists-failure-{}", failure.to_string().replace('_', "-"));
    let status = match failure {
        ListFailure::Status(status) => status.to_string(),
        _ => String::new(),
    };
    l.with(&key, &[("status", status.into())])
}
