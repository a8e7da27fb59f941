//! `GET /v1/stats`.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::auth::Caller;
use super::door::Door;
use super::problem::{Problem, ProblemBody};
use crate::service::Stats;

/// Counts by verdict and decision, the queue, and estimated error rates.
#[utoipa::path(
    get, path = "/v1/stats", tag = "stats", security(("api_key" = [])),
    responses(
        (status = 200, description = "The site's counts", body = Stats),
        (status = 401, description = "No valid key", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn stats(caller: Caller, door: Data<Door>) -> Result<HttpResponse, Problem> {
    let stats = door.service.installation().stats(&caller.0).await?;
    Ok(HttpResponse::Ok().json(stats))
}
