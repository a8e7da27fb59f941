//! Answers, byte for byte as clients compare them.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde_json::Value;

use crate::domain::{CommentId, FieldError};
use crate::http::problem::Problem;
use crate::service::{ServiceError, WrongBlog};
use crate::store::StoreError;

const TEXT: &str = "text/plain; charset=utf-8";
const DEBUG_HELP: HeaderName = HeaderName::from_static("x-akismet-debug-help");
const GUID: HeaderName = HeaderName::from_static("x-akismet-guid");

/// Why a call is not answered as asked.
#[derive(Debug)]
pub enum Failure {
    /// A word, and why, for a person who looks at the headers.
    Refused {
        body: &'static str,
        help: &'static str,
    },
    /// A key that is nobody's: `invalid`, and ever later for who guesses.
    WrongKey,
    /// hamgate cannot answer now.
    Broken(Problem),
}

impl Failure {
    pub const INVALID: &str = "invalid";

    pub fn invalid(help: &'static str) -> Self {
        Self::Refused {
            body: Self::INVALID,
            help,
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Broken(problem)
    }
}

impl From<WrongBlog> for Failure {
    fn from(wrong: WrongBlog) -> Self {
        Self::invalid(match wrong {
            WrongBlog::NoAddress => "We were unable to parse your blog URI",
            WrongBlog::NotOfTheKey => {
                "The key is not for this blog; `hamgate sites list` shows whose it is"
            }
        })
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<FieldError> for Failure {
    fn from(error: FieldError) -> Self {
        Self::Broken(error.into())
    }
}

/// A word. No newline: clients compare all of it.
pub fn word(body: &str) -> HttpResponse {
    builder().body(body.to_owned())
}

pub fn builder() -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.content_type(TEXT);
    answer
}

pub fn json(value: &Value) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(value.to_string())
}

pub fn refused(body: &'static str, help: &'static str) -> HttpResponse {
    builder().insert_header((DEBUG_HELP, help)).body(body)
}

/// Every answer of comment-check has an id: without it WordPress publishes.
pub fn with_guid(mut answer: HttpResponse, id: CommentId) -> HttpResponse {
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        answer.headers_mut().insert(GUID, id);
    }
    answer
}
