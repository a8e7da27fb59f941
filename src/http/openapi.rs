//! The API document, made from the handlers.

use actix_web::HttpResponse;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(title = "hamgate", description = "Accept, hold or reject blog comments, with the evidence."),
    paths(
        super::check::check, super::check::stream, super::feedback::feedback,
        super::comments::list, super::comments::one, super::comments::decide,
        super::comments::undo, super::stats::stats, super::ops::livez, super::ops::readyz,
        super::ops::version, super::ops::metrics,
    ),
    modifiers(&ApiKey)
)]
struct Document;

struct ApiKey;

impl Modify for ApiKey {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("api_key", scheme);
    }
}

/// OpenAPI 3.1, as `docs/openapi.json` has it.
pub fn openapi_json() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default() + "\n"
}

/// `GET /openapi.json`.
pub async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(openapi_json())
}
