//! Where the author of a comment that was held or rejected says that it is no
//! spam. The signed link is all that is needed, and it tells nothing.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::frame::{self, Frame};
use super::routes::privacy_path;
use crate::domain::Site;
use crate::http::body;
use crate::http::desk::{shown, wait_said};
use crate::http::door::Door;
use crate::http::locale::{Locale, isolated};
use crate::http::problem::Problem;
use crate::service::{APPEAL_CHARS, APPEAL_DAYS, AppealError};

/// A message of the longest, each letter of it percent-encoded.
const FORM_BYTES: usize = 12 * APPEAL_CHARS + 1_024;
const FORM_TYPES: &[&str] = &["application/x-www-form-urlencoded"];

#[derive(Template)]
#[template(path = "appeal.html")]
struct AppealTemplate {
    frame: Frame,
    about: String,
    hint: String,
    longest: usize,
    /// Where the site says what it does with data.
    privacy: String,
    is_sent: bool,
}

/// `GET /appeal/{token}`
pub async fn page(door: Data<Door>, request: HttpRequest, token: Path<String>) -> HttpResponse {
    let l = Locale::asked(&request);
    match door.service.site_of_appeal(&token).await {
        Ok(site) => shown_of(l, &site, false),
        Err(error) => refused(l, error),
    }
}

/// `POST /appeal/{token}`
pub async fn appeal(
    door: Data<Door>,
    request: HttpRequest,
    token: Path<String>,
    payload: Payload,
) -> HttpResponse {
    let l = Locale::asked(&request);
    let message = match message(&request, payload).await {
        Ok(message) => message,
        Err(problem) => return frame::problem(l, &problem),
    };
    let from = door.front.client(&request);
    match door.service.appeal(&token, &message, from).await {
        Ok(site) => shown_of(l, &site, true),
        Err(error) => refused(l, error),
    }
}

async fn message(request: &HttpRequest, payload: Payload) -> Result<String, Problem> {
    body::check_type(request, FORM_TYPES)?;
    let bytes = body::read(request, payload.into_inner(), FORM_BYTES).await?;
    let mut fields = url::form_urlencoded::parse(&bytes);
    let message = fields.find(|(name, _)| name == "message");
    Ok(message.map_or_else(String::new, |(_, text)| text.into_owned()))
}

fn shown_of(l: Locale, site: &Site, is_sent: bool) -> HttpResponse {
    let name = [("site", isolated(&shown::plain(&site.name)))];
    let (title, about) = match is_sent {
        false => (l.say("appeal-title"), l.with("appeal-about", &name)),
        true => (l.say("appeal-sent-title"), l.with("appeal-sent", &name)),
    };
    let template = AppealTemplate {
        frame: Frame::of(l, title, Some((&site.name, &site.url))),
        about,
        hint: l.count(
            "appeal-hint",
            i64::try_from(APPEAL_CHARS).unwrap_or(i64::MAX),
        ),
        longest: APPEAL_CHARS,
        privacy: privacy_path(&site.public_id),
        is_sent,
    };
    frame::page(StatusCode::OK, &template)
}

fn refused(l: Locale, error: AppealError) -> HttpResponse {
    match error {
        AppealError::DeadLink => frame::trouble(
            l,
            StatusCode::NOT_FOUND,
            l.say("appeal-dead-title"),
            l.count("appeal-dead", APPEAL_DAYS),
        ),
        AppealError::TooMany(wait) => {
            let wait_words = [("wait", wait_said(l, wait.as_secs().max(1)).into())];
            let about = l.with("appeal-too-many", &wait_words);
            let title = l.say("appeal-too-many-title");
            let mut answer = frame::trouble(l, StatusCode::TOO_MANY_REQUESTS, title, about);
            let seconds = HeaderValue::from(wait.as_secs().max(1));
            answer.headers_mut().insert(RETRY_AFTER, seconds);
            answer
        }
        AppealError::Service(error) => frame::problem(l, &Problem::from(error)),
    }
}
