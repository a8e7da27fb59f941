//! Signing in, and the page behind a one-time link.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue, USER_AGENT};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::answers::{page as answer, see};
use super::cookies::Cookie;
use super::form::Fields;
use super::page::Frame;
use super::second_step::entered;
use super::shown;
use super::who::Visit;
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{Guest, ServiceError, SignInError, SignedIn, Signing};

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInTemplate {
    frame: Frame,
    next: String,
    name: String,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomeTemplate {
    frame: Frame,
    name: String,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "dead-link.html")]
struct DeadLinkTemplate {
    frame: Frame,
}

/// `GET /desk/sign-in`
pub async fn page(visit: Visit, request: HttpRequest) -> HttpResponse {
    let query = request.query_string().as_bytes();
    let next = url::form_urlencoded::parse(query).find(|(name, _)| name == "next");
    let next = within(&next.map(|(_, next)| next.into_owned()).unwrap_or_default());
    if visit.viewer.is_some() {
        return see(&next);
    }
    form(&visit, StatusCode::OK, &next, "", None)
}

/// `POST /desk/sign-in`
pub async fn enter(
    visit: Visit,
    door: Data<Door>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let next = within(fields.get("next"));
    let typed = Signing {
        name: fields.get("name").to_owned(),
        password: fields.get("password").to_owned(),
    };
    let name = typed.name.clone();
    match door.sign_in.sign_in(typed, &guest(&door, &request)).await {
        Ok(done) => Ok(entered(&door, &next, done)),
        Err(error) => {
            let (status, wrong) = told(visit.l, &error)?;
            let mut answer = form(&visit, status, &next, &name, Some(wrong));
            retry_after(&mut answer, &error);
            Ok(answer)
        }
    }
}

/// `GET /desk/welcome/{token}`: looks only, for links are also opened by
/// programs that preview them.
pub async fn welcome(
    visit: Visit,
    door: Data<Door>,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    match door.sign_in.welcomes(&token).await {
        Ok(moderator) => Ok(welcome_form(&visit, StatusCode::OK, &moderator.name, None)),
        Err(error) => dead_or(&visit, error),
    }
}

/// `POST /desk/welcome/{token}`
pub async fn set_password(
    visit: Visit,
    door: Data<Door>,
    token: Path<String>,
    fields: Fields,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let name = match door.sign_in.welcomes(&token).await {
        Ok(moderator) => moderator.name,
        Err(error) => return dead_or(&visit, error),
    };
    let password = fields.get("password").to_owned();
    let guest = guest(&door, &request);
    match door.sign_in.welcome(&token, password, &guest).await {
        Ok(done) => Ok(entered(&door, "/desk", done)),
        Err(error @ SignInError::DeadLink) => dead_or(&visit, error),
        Err(error) => {
            let (status, wrong) = told(visit.l, &error)?;
            Ok(welcome_form(&visit, status, &name, Some(wrong)))
        }
    }
}

fn form(
    visit: &Visit,
    status: StatusCode,
    next: &str,
    name: &str,
    wrong: Option<String>,
) -> HttpResponse {
    let shown = SignInTemplate {
        frame: Frame::of(visit, visit.l.say("sign-in-title")),
        next: next.to_owned(),
        name: name.chars().take(64).collect(),
        wrong,
    };
    answer(status, &shown)
}

fn welcome_form(
    visit: &Visit,
    status: StatusCode,
    name: &str,
    wrong: Option<String>,
) -> HttpResponse {
    let shown = WelcomeTemplate {
        frame: Frame::of(visit, visit.l.say("welcome-title")),
        name: shown::plain(name),
        wrong,
    };
    answer(status, &shown)
}

fn dead_or(visit: &Visit, error: SignInError) -> Result<HttpResponse, Problem> {
    match error {
        SignInError::DeadLink => Ok(answer(
            StatusCode::NOT_FOUND,
            &DeadLinkTemplate {
                frame: Frame::of(visit, visit.l.say("dead-link-title")),
            },
        )),
        other => Err(told(visit.l, &other)
            .err()
            .unwrap_or_else(|| Problem::new(ErrorCode::Internal, ErrorCode::Internal.title()))),
    }
}

/// The status, and what to say beside the form. What is not the form's matter
/// is a problem of the whole page.
pub fn told(l: Locale, error: &SignInError) -> Result<(StatusCode, String), Problem> {
    let of = |code: ErrorCode| {
        StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    };
    Ok(match error {
        SignInError::Refused => (of(ErrorCode::InvalidField), l.say("sign-in-refused")),
        SignInError::TooMany(wait) => (
            of(ErrorCode::TooManyAttempts),
            l.with(
                "sign-in-too-many",
                &[("wait", seconds(l, wait.as_secs() + 1).into())],
            ),
        ),
        SignInError::WrongCode => (of(ErrorCode::InvalidField), l.say("second-step-wrong")),
        SignInError::TooLate => (of(ErrorCode::InvalidField), l.say("second-step-too-late")),
        SignInError::Busy => (of(ErrorCode::Busy), l.say("sign-in-busy")),
        SignInError::DeadLink => (of(ErrorCode::NoSuchRoute), l.say("dead-link-title")),
        SignInError::Service(ServiceError::Field(error)) => (
            Problem::from(error.clone()).status_code(),
            format!("The {} {}: {}.", error.field, error.problem, error.remedy),
        ),
        SignInError::Service(ServiceError::Store(error)) => {
            return Err(Problem::from_store(error));
        }
        SignInError::Service(error) => {
            tracing::error!(%error, "signing in failed");
            let code = ErrorCode::Internal;
            return Err(Problem::new(code, code.title()));
        }
    })
}

fn seconds(l: Locale, number: u64) -> String {
    match number {
        0..120 => l.count("wait-seconds", number),
        _ => l.count("wait-minutes", number.div_ceil(60)),
    }
}

/// Says in the head too how long to wait.
pub fn retry_after(answer: &mut HttpResponse, error: &SignInError) {
    if let SignInError::TooMany(wait) = error {
        let wait = HeaderValue::from(wait.as_secs() + 1);
        answer.headers_mut().insert(header::RETRY_AFTER, wait);
    }
}

/// Where a request to sign in comes from.
pub fn guest(door: &Door, request: &HttpRequest) -> Guest {
    let agent = request.headers().get(USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    Guest {
        address: door.front.client(request),
        device: Cookie::Device.read(&door.front, request),
        agent: agent.unwrap_or_default().to_owned(),
    }
}

/// The answer with a fresh session: what cookie there was before is replaced.
pub fn with_cookies(door: &Door, mut answer: HttpResponse, new: &SignedIn) -> HttpResponse {
    let front = &door.front;
    for cookie in [
        Cookie::Session.set(front, new.session.as_str()),
        Cookie::Device.set(front, &new.device),
        Cookie::Form.drop(front),
    ] {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    answer
}

/// A place at the desk to go to; anything else is the desk itself, so that no
/// link can use the form to lead elsewhere.
pub fn within(next: &str) -> String {
    let plain = next
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let ours = next == "/desk" || next.starts_with("/desk?") || next.starts_with("/desk/");
    let elsewhere = next.starts_with("/desk/sign-") || next.contains("/../");
    match plain && ours && !elsewhere {
        true => next.to_owned(),
        false => "/desk".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_the_desk_only() {
        for kept in [
            "/desk",
            "/desk?site=a&view=held",
            "/desk/comments/1",
            "/desk/account",
        ] {
            assert_eq!(within(kept), kept);
        }
        for other in [
            "",
            "//evil.example",
            "https://evil.example/desk",
            "/desks",
            "/desk/../v1",
            "/\\evil",
            "/desk\r\nX: y",
            "javascript:alert(1)",
            "/desk/sign-out",
        ] {
            assert_eq!(within(other), "/desk", "{other}");
        }
    }
}
