//! Who asks: the site whose API key came with the request.

use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};

use super::door::Door;
use super::error::ErrorCode;
use super::problem::Problem;
use crate::domain::Site;

/// `hg_` and 32 characters.
const KEY_LENGTH: usize = 35;

/// The site that asks. Only requests that passed [`require_key`] have one.
#[derive(Clone)]
pub struct Caller(pub Site);

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().cloned();
        ready(caller.ok_or_else(unauthorized))
    }
}

/// Lets only requests with a live key through, before their body is read.
/// No key, a malformed, an unknown and a revoked one get the same answer.
pub async fn require_key(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let door = request.app_data::<Data<Door>>().cloned();
    let site = match (door, bearer(request.request())) {
        (Some(door), Some(key)) => door
            .service
            .installation()
            .authenticate(&key)
            .await
            .map_err(Problem::from)?,
        _ => None,
    };
    match site {
        Some(site) => {
            request.extensions_mut().insert(Caller(site));
            next.call(request).await
        }
        None => {
            tracing::info!("refused a request without a valid key");
            Err(unauthorized().into())
        }
    }
}

fn bearer(request: &HttpRequest) -> Option<String> {
    let value = request
        .headers()
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?;
    let (scheme, key) = value.split_once(' ')?;
    let key = key.trim();
    let well_formed = scheme.eq_ignore_ascii_case("bearer")
        && key.len() == KEY_LENGTH
        && key.starts_with("hg_")
        && key.is_ascii();
    well_formed.then(|| key.to_owned())
}

fn unauthorized() -> Problem {
    Problem::new(ErrorCode::Unauthorized, "the request has no valid API key")
}
