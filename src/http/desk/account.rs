//! One's own account: where one is signed in, and the password.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::answers::{forgetting, page as answer, see};
use super::cookies::Cookie;
use super::form::Fields;
use super::page::Frame;
use super::sign_in::{guest, retry_after, told, with_cookies};
use super::who::Visit;
use super::{phrases, shown};
use crate::domain::SessionId;
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::http::locale::isolated;
use crate::http::problem::Problem;
use crate::service::Viewer;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountTemplate {
    frame: Frame,
    name: String,
    role: String,
    sites: String,
    sessions: Vec<SessionRow>,
    wrong: Option<String>,
    was_changed: bool,
    has_second_factor: bool,
}

struct SessionRow {
    id: i64,
    agent: String,
    since: String,
    seen: String,
    is_this: bool,
}

/// `GET /desk/account`
pub async fn page(
    visit: Visit,
    who: Viewer,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let was_changed = request.query_string() == "changed";
    shown_to(&visit, &who, StatusCode::OK, None, was_changed).await
}

async fn shown_to(
    visit: &Visit,
    who: &Viewer,
    status: StatusCode,
    wrong: Option<String>,
    was_changed: bool,
) -> Result<HttpResponse, Problem> {
    let now = Timestamp::now();
    let l = visit.l;
    let sessions = who.sessions().await?;
    let sites = who.sites().iter();
    let names: Vec<String> = sites.map(|site| shown::plain(&site.name)).collect();
    let shown = AccountTemplate {
        frame: Frame::of(visit, l.say("account-title")),
        name: shown::plain(who.name()),
        role: phrases::role(l, who.role()),
        sites: match names.is_empty() {
            true => l.say("account-no-sites"),
            false => l.with("account-sites", &[("sites", isolated(&names.join(", ")))]),
        },
        sessions: sessions
            .into_iter()
            .map(|session| SessionRow {
                id: session.id.0,
                agent: phrases::browser(l, &session.agent),
                since: l.ago(session.created_at, now),
                seen: l.ago(session.seen_at, now),
                is_this: session.id == who.session().id,
            })
            .collect(),
        wrong,
        was_changed,
        has_second_factor: who.has_second_factor(),
    };
    Ok(answer(status, &shown))
}

/// `POST /desk/account/password`
pub async fn change_password(
    visit: Visit,
    who: Viewer,
    door: Data<Door>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let present = fields.get("present").to_owned();
    let new = fields.get("password").to_owned();
    let guest = guest(&door, &request);
    match door
        .sign_in
        .change_password(&who, present, new, &guest)
        .await
    {
        Ok(signed_in) => {
            let answer = see("/desk/account?changed");
            Ok(with_cookies(&door, answer, &signed_in))
        }
        Err(error) => {
            let (status, wrong) = told(visit.l, &error)?;
            let mut answer = shown_to(&visit, &who, status, Some(wrong), false).await?;
            retry_after(&mut answer, &error);
            Ok(answer)
        }
    }
}

/// `POST /desk/account/sessions/{session}/end`
pub async fn end_session(
    who: Viewer,
    door: Data<Door>,
    session: Path<String>,
    _: Fields,
) -> Result<HttpResponse, Problem> {
    let code = ErrorCode::NotFound;
    let id = session
        .parse()
        .map_err(|_| Problem::new(code, code.title()))?;
    door.sign_in.sign_out(&who, SessionId(id)).await?;
    Ok(see("/desk/account"))
}

/// `POST /desk/account/sessions/end`
pub async fn sign_out_everywhere(
    who: Viewer,
    door: Data<Door>,
    _: Fields,
) -> Result<HttpResponse, Problem> {
    door.sign_in.sign_out_everywhere(&who).await?;
    Ok(signed_out(&door))
}

/// `POST /desk/sign-out`
pub async fn sign_out(who: Viewer, door: Data<Door>, _: Fields) -> Result<HttpResponse, Problem> {
    door.sign_in.sign_out(&who, who.session().id).await?;
    Ok(signed_out(&door))
}

fn signed_out(door: &Door) -> HttpResponse {
    let mut answer = forgetting(see("/desk/sign-in"));
    if let Ok(cookie) = HeaderValue::from_str(&Cookie::Session.drop(&door.front)) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
