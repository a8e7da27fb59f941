//! How pages leave: with their headers, and marked as pages, so that the last
//! hand on every answer leaves them as they are.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use serde::Serialize;

use super::page::{Frame, ProblemPage};
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;

/// Our own files and nothing else. Trusted Types end what could turn text into
/// markup in our script.
const DESK_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Marks an answer that is as it should be already.
struct Page;

/// A page.
pub fn page(status: StatusCode, template: &impl Template) -> HttpResponse {
    let html = match template.render() {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a page cannot be made");
            return Problem::new(ErrorCode::Internal, ErrorCode::Internal.title()).error_response();
        }
    };
    let mut answer = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, DESK_CSP))
        .body(html);
    answer.extensions_mut().insert(Page);
    answer
}

/// What our script hears, whatever the status.
pub fn heard(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    let mut answer = HttpResponse::build(status).json(body);
    answer.extensions_mut().insert(Page);
    answer
}

/// On to another page, by GET.
pub fn see(place: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, place))
        .finish()
}

/// The browser forgets what it kept of the pages.
pub fn forgetting(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    answer
}

/// Whether the answer is as it should be already, whatever its status.
pub fn is_page(answer: &HttpResponse) -> bool {
    answer.extensions().contains::<Page>()
}

/// Whether who asks is our script.
pub fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT);
    accept.is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// Whether problems of this request are shown to a person.
pub fn shows_pages(request: &HttpRequest) -> bool {
    let path = request.path();
    (path == "/desk" || path.starts_with("/desk/")) && !wants_json(request)
}

/// What the API says in English, in the reader's language where it is there.
fn said(l: Locale, what: &str, code: ErrorCode, english: &str) -> String {
    let key = format!("{what}-{}", code.as_str().replace('_', "-"));
    l.find(&key, &[]).unwrap_or_else(|| english.to_owned())
}

/// A problem as a page.
pub fn problem_page(l: Locale, problem: Problem, request_id: &str) -> HttpResponse {
    let status = problem.status_code();
    let bare = problem.clone();
    let shown = ProblemPage {
        frame: Frame::bare(l, said(l, "error", problem.code, problem.code.title())),
        detail: match problem.detail == problem.code.title() {
            true => String::new(),
            false => problem.detail,
        },
        remedy: problem
            .remedy
            .unwrap_or_else(|| said(l, "remedy", problem.code, problem.code.remedy())),
        request_id: request_id.to_owned(),
    };
    let mut answer = page(status, &shown);
    // Also what goes with a problem's status: `Retry-After`, a closed connection.
    for (name, value) in bare.answer(request_id).headers() {
        if !answer.headers().contains_key(name) {
            answer.headers_mut().insert(name.clone(), value.clone());
        }
    }
    if problem.close {
        answer
            .head_mut()
            .set_connection_type(actix_web::http::ConnectionType::Close);
    }
    answer
}
