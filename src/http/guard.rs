//! What no handler may do to a request: panic without an answer, or take for
//! ever.

use std::panic::AssertUnwindSafe;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;
use futures_util::FutureExt;

use super::akismet::{self, LastWord};
use super::door::Door;
use super::error::ErrorCode;
use super::problem::Problem;

/// A panic becomes a 500, and the connection lives on. The panic hook has
/// logged its place.
pub async fn catch_panics(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let door = request.app_data::<Data<Door>>().cloned();
    let is_akismet = akismet::is_comment_check(request.path());
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(_) => {
            let code = ErrorCode::Internal;
            if let Some(door) = door {
                door.service.installation().counters().panics.inc();
                if is_akismet {
                    return Err(LastWord::new(door, code).into());
                }
            }
            Err(Problem::new(code, code.title()).into())
        }
    }
}

/// actix-web limits the time of a connection's first head only. The body has
/// a limit of its own, so that a slow client is told apart from a slow server.
pub async fn limit_time(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(door) = request.app_data::<Data<Door>>().cloned() else {
        return next.call(request).await;
    };
    let limit = match *request.method() {
        Method::GET | Method::HEAD => door.handler_time,
        _ => door.body_time + door.handler_time,
    };
    let is_akismet = akismet::is_comment_check(request.path());
    match tokio::time::timeout(limit, next.call(request)).await {
        Ok(outcome) => outcome,
        Err(_) => {
            tracing::warn!("a request took too long");
            let code = ErrorCode::TooSlow;
            Err(match is_akismet {
                true => LastWord::new(door, code).into(),
                false => Problem::new(code, code.title()).closing().into(),
            })
        }
    }
}
