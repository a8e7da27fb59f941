//! What is said beside a form that was refused.

use actix_web::http::StatusCode;

use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::ServiceError;
use crate::store::StoreError;

/// The status, and what to say beside the form. What is not the form's matter
/// is a problem of the whole page.
pub fn told(l: Locale, error: ServiceError) -> Result<(StatusCode, String), Problem> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match error {
        ServiceError::Field(error) => {
            let field = error.field.replace(['_', '.'], "-");
            let said = l.find(&format!("admin-wrong-{field}"), &[]);
            Ok((status, said.unwrap_or_else(|| error.to_string())))
        }
        ServiceError::Store(StoreError::NameTaken(_)) => Ok((status, l.say("admin-name-taken"))),
        other => Err(missing(other)),
    }
}

/// What an address names and is not there.
pub fn missing(error: ServiceError) -> Problem {
    match error {
        ServiceError::Store(StoreError::NotFound) => {
            Problem::new(ErrorCode::NoSuchRoute, ErrorCode::NoSuchRoute.title())
        }
        other => other.into(),
    }
}
