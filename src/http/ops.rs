//! For whoever runs the service: is it alive, is it ready, which one is it,
//! what has it done.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use super::door::Door;
use super::error::ErrorCode;
use super::problem::{Problem, ProblemBody};

/// The program and the model that judges now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    version: &'static str,
    model: String,
    policy: String,
}

/// The process answers.
#[utoipa::path(get, path = "/livez", tag = "operations", responses((status = 200, description = "Alive", body = String, content_type = "text/plain")))]
pub async fn livez() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("alive\n")
}

/// The store takes reads and writes.
#[utoipa::path(get, path = "/readyz", tag = "operations", responses(
    (status = 200, description = "Ready", body = String, content_type = "text/plain"),
    (status = 503, description = "Not ready", body = ProblemBody, content_type = "application/problem+json"),
))]
pub async fn readyz(door: Data<Door>) -> Result<HttpResponse, Problem> {
    door.service.installation().ready().await?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ready\n"))
}

/// What runs.
#[utoipa::path(get, path = "/version", tag = "operations", responses((status = 200, description = "Program and model", body = Version)))]
pub async fn version(door: Data<Door>) -> HttpResponse {
    let filter = door.service.filter();
    HttpResponse::Ok().json(Version {
        version: env!("CARGO_PKG_VERSION"),
        model: filter.model().id().to_owned(),
        policy: filter.policy().to_string(),
    })
}

/// Counters in Prometheus' text format.
#[utoipa::path(get, path = "/metrics", tag = "operations", responses((status = 200, description = "Counters", body = String, content_type = "text/plain")))]
pub async fn metrics(door: Data<Door>) -> Result<HttpResponse, Problem> {
    let text = door
        .service
        .installation()
        .metrics()
        .render()
        .map_err(|error| {
            tracing::error!(%error, "the counters cannot be written");
            Problem::new(ErrorCode::Internal, ErrorCode::Internal.title())
        })?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text))
}
