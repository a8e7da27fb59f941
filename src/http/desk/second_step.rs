//! After the password: the page that asks for the code of the second factor.
//! There is no session before it is right.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::answers::{page as answer, see};
use super::cookies::Cookie;
use super::form::Fields;
use super::page::Frame;
use super::shown;
use super::sign_in::{guest, retry_after, told, with_cookies, within};
use super::who::Visit;
use crate::http::door::Door;
use crate::http::problem::Problem;
use crate::service::{Entered, SignInError};

#[derive(Template)]
#[template(path = "second-step.html")]
struct SecondStepTemplate {
    frame: Frame,
    next: String,
    name: String,
    wrong: Option<String>,
}

/// The answer to a right password: in, or on to the code.
pub fn entered(door: &Door, next: &str, entered: Entered) -> HttpResponse {
    let half_way = match entered {
        Entered::SignedIn(signed_in) => return with_cookies(door, see(next), &signed_in),
        Entered::HalfWay(value) => Cookie::HalfWay.set(&door.front, &value),
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let query = query.append_pair("next", next).finish();
    let mut answer = see(&format!("/desk/sign-in/code?{query}"));
    set(&mut answer, &half_way);
    answer
}

/// `GET /desk/sign-in/code`
pub async fn page(
    visit: Visit,
    door: Data<Door>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = request.query_string().as_bytes();
    let next = url::form_urlencoded::parse(query).find(|(name, _)| name == "next");
    let next = within(&next.map(|(_, next)| next.into_owned()).unwrap_or_default());
    if visit.viewer.is_some() {
        return Ok(see(&next));
    }
    form(&visit, &door, &request, StatusCode::OK, &next, None).await
}

/// `POST /desk/sign-in/code`
pub async fn enter(
    visit: Visit,
    door: Data<Door>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let next = within(fields.get("next"));
    let half_way = half_way(&door, &request);
    let guest = guest(&door, &request);
    let code = fields.get("code");
    match door.sign_in.second_step(&half_way, code, &guest).await {
        Ok(signed_in) => {
            let mut answer = with_cookies(&door, see(&next), &signed_in);
            set(&mut answer, &Cookie::HalfWay.drop(&door.front));
            Ok(answer)
        }
        Err(SignInError::TooLate) => Ok(see("/desk/sign-in")),
        Err(error) => {
            let (status, wrong) = told(visit.l, &error)?;
            let mut answer = form(&visit, &door, &request, status, &next, Some(wrong)).await?;
            retry_after(&mut answer, &error);
            Ok(answer)
        }
    }
}

async fn form(
    visit: &Visit,
    door: &Door,
    request: &HttpRequest,
    status: StatusCode,
    next: &str,
    wrong: Option<String>,
) -> Result<HttpResponse, Problem> {
    let half_way = half_way(door, request);
    let moderator = match door.sign_in.came_half_way(&half_way).await {
        Ok(moderator) => moderator,
        Err(SignInError::TooLate) => return Ok(see("/desk/sign-in")),
        Err(error) => {
            let (_, said) = told(visit.l, &error)?;
            let code = crate::http::error::ErrorCode::Internal;
            return Err(Problem::new(code, said));
        }
    };
    let shown = SecondStepTemplate {
        frame: Frame::of(visit, visit.l.say("second-step-title")),
        next: next.to_owned(),
        name: shown::plain(&moderator.name),
        wrong,
    };
    Ok(answer(status, &shown))
}

fn half_way(door: &Door, request: &HttpRequest) -> String {
    Cookie::HalfWay
        .read(&door.front, request)
        .unwrap_or_default()
}

fn set(answer: &mut HttpResponse, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
