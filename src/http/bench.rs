//! For benchmarks only, and in no served program: what HTTP and JSON cost.

use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, post, resource};

use super::body::JsonBody;
use super::check::CheckBody;
use super::problem::Problem;

/// Adds `POST /bench/parse`, for [`super::Application::build_with`]: it reads
/// the body as `POST /v1/check` does, and gives a fixed answer. What a check
/// takes beyond it is judging and the durable write.
pub fn bench_routes(config: &mut ServiceConfig) {
    config.service(resource("/bench/parse").route(post().to(parse_only)));
}

async fn parse_only(body: JsonBody) -> Result<HttpResponse, Problem> {
    CheckBody::parse(&body)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(r#"{"verdict":"hold"}"#))
}
