//! A problem on its way to the client (RFC 9457): what handlers return, and
//! how it is written.

use std::fmt;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::ErrorCode;
use crate::domain::FieldError;
use crate::service::ServiceError;
use crate::store::StoreError;

/// Seconds after which a client may try again.
const RETRY_AFTER: &str = "5";

/// Why a request is refused. The request id is added when it is written.
#[derive(Debug, Clone)]
pub struct Problem {
    pub code: ErrorCode,
    pub detail: String,
    pub field: Option<String>,
    pub remedy: Option<String>,
    /// The connection cannot be used for another request.
    pub close: bool,
}

/// A problem as it is written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Where the code is explained, relative to this service.
    #[serde(rename = "type")]
    #[schema(example = "/docs#invalid_field")]
    kind: String,
    #[schema(example = "A field cannot be used as it is")]
    title: &'static str,
    #[schema(example = 422)]
    status: u16,
    /// What went wrong with this request.
    #[schema(example = "`content` is empty")]
    detail: String,
    /// Stable: match on it.
    #[schema(example = "invalid_field")]
    code: &'static str,
    /// Path of the field at fault, such as `author.email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "content")]
    field: Option<String>,
    /// What the sender can do.
    #[schema(example = "send the comment's text")]
    remedy: String,
    /// Also in the header `X-Request-Id`, and in the log.
    #[schema(example = "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10")]
    request_id: String,
    /// Which line of a stream it answers, from 1; blank ones do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
}

impl Problem {
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            field: None,
            remedy: None,
            close: false,
        }
    }

    /// What a refusal of the store is to the client.
    pub fn from_store(error: &StoreError) -> Self {
        let code = match error {
            StoreError::NotFound => ErrorCode::NotFound,
            StoreError::IdempotencyMismatch => ErrorCode::IdempotencyMismatch,
            StoreError::Changed => ErrorCode::Changed,
            StoreError::Unavailable(_) => ErrorCode::StorageUnavailable,
            StoreError::NameTaken(_) | StoreError::KeyTaken | StoreError::Corrupt(_) => {
                ErrorCode::Internal
            }
        };
        if code.status() >= 500 {
            tracing::error!(%error, "the store failed");
        }
        Self::new(code, code.title())
    }

    /// Ends the connection after the answer.
    pub fn closing(mut self) -> Self {
        self.close = true;
        self
    }

    /// What an answer that was not made by us is as a problem.
    pub fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::NOT_FOUND => ErrorCode::NoSuchRoute,
            StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::BodyTooLarge,
            status if status.is_server_error() => ErrorCode::Internal,
            _ => ErrorCode::BrokenRequest,
        };
        Self::new(code, code.title())
    }

    /// The problem as it is written, in an answer or in a line of a stream.
    pub fn body(self, request_id: &str, line: Option<u64>) -> ProblemBody {
        ProblemBody {
            kind: format!("/docs#{}", self.code.as_str()),
            title: self.code.title(),
            status: self.code.status(),
            detail: self.detail,
            code: self.code.as_str(),
            field: self.field,
            remedy: self.remedy.unwrap_or_else(|| self.code.remedy().to_owned()),
            request_id: request_id.to_owned(),
            line,
        }
    }

    /// The whole answer.
    pub fn answer(self, request_id: &str) -> HttpResponse {
        let mut answer = HttpResponseBuilder::new(self.status_code());
        match self.code {
            ErrorCode::Unauthorized => {
                answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            ErrorCode::StorageUnavailable | ErrorCode::TooSlow | ErrorCode::Busy => {
                answer.insert_header((header::RETRY_AFTER, RETRY_AFTER));
            }
            _ => {}
        }
        if self.close {
            answer.force_close();
        }
        let body = serde_json::to_vec(&self.body(request_id, None)).unwrap_or_default();
        answer.content_type("application/problem+json").body(body)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.detail)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// A bare answer that carries the problem; `observe` writes it, for it
    /// knows the request id.
    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::new(self.status_code());
        answer.extensions_mut().insert(self.clone());
        answer
    }
}

impl From<FieldError> for Problem {
    fn from(error: FieldError) -> Self {
        Self {
            detail: format!("`{}` {}", error.field, error.problem),
            field: Some(error.field),
            remedy: Some(error.remedy),
            ..Self::new(ErrorCode::InvalidField, "")
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::from_store(&error)
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Store(error) => error.into(),
            ServiceError::Field(error) => error.into(),
            error @ (ServiceError::Panicked
            | ServiceError::Randomness(_)
            | ServiceError::Training(_)
            | ServiceError::Directory { .. }) => {
                tracing::error!(%error, "the service failed");
                Self::new(ErrorCode::Internal, ErrorCode::Internal.title())
            }
        }
    }
}
