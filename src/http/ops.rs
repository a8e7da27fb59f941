//! For those who run the service: is it up, is it ready, what is it doing.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::auth::Caller;
use super::door::Door;
use super::error::ErrorCode;
use super::problem::Problem;
use crate::service::Stats;

#[derive(Debug, Serialize, ToSchema)]
pub struct Status {
    #[schema(example = "ok")]
    status: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    #[schema(example = "0.1.0")]
    version: &'static str,
    /// Id of the model that judges.
    #[schema(example = "0f3a9c1b2d4e")]
    model: String,
    /// The thresholds in force.
    #[schema(example = "accept<=-1.90 reject>=4.20")]
    policy: String,
}

/// Count comments, and estimate how often the filter errs.
///
/// The rates are of labelled comments, with 95 % Wilson intervals; those are
/// not a random sample, and the answer says so.
#[utoipa::path(
    get, operation_id = "get_stats", path = "/v1/stats", tag = "Moderation",
    responses((status = 200, description = "Counts of the key's site.", body = Stats))
)]
pub async fn stats(door: Data<Door>, caller: Caller) -> Result<Json<Stats>, Problem> {
    Ok(Json(door.service.installation().stats(&caller.0).await?))
}

/// The process answers.
#[utoipa::path(get, path = "/livez", tag = "Operation", security(()),
    responses((status = 200, description = "It does.", body = Status)))]
pub async fn livez() -> Json<Status> {
    Json(Status { status: "ok" })
}

/// The database can be read and written now.
#[utoipa::path(get, path = "/readyz", tag = "Operation", security(()),
    responses((status = 200, description = "It can.", body = Status)))]
pub async fn readyz(door: Data<Door>) -> Result<Json<Status>, Problem> {
    door.service.installation().ready().await?;
    Ok(Json(Status { status: "ready" }))
}

/// Which program and which model answer, by which policy.
#[utoipa::path(get, path = "/version", tag = "Operation", security(()),
    responses((status = 200, description = "Version, model and policy.", body = Version)))]
pub async fn version(door: Data<Door>) -> Json<Version> {
    let filter = door.service.filter();
    Json(Version {
        version: env!("CARGO_PKG_VERSION"),
        model: filter.model().id().to_owned(),
        policy: filter.policy().to_string(),
    })
}

/// Counters for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "Operation", security(()),
    responses((status = 200, description = "Prometheus' text format.", body = String, content_type = "text/plain")))]
pub async fn metrics(door: Data<Door>) -> Result<HttpResponse, Problem> {
    let text = door.service.installation().metrics().render();
    let text = text.map_err(|error| {
        tracing::error!(%error, "the metrics cannot be written");
        Problem::new(ErrorCode::Internal, ErrorCode::Internal.title())
    })?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text))
}
