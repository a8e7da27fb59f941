//! The API document (OpenAPI 3.1), made from the handlers and their types.
//! What every operation can answer besides is added here, in one place.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi as _};

use super::error::ErrorCode;
use super::problem::ProblemBody;
use super::{check, comments, feedback, ops, stream};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "hamgate",
        description = "Decides what happens to blog comments (accept, hold, reject) and shows why. \
            Every answer that is not a success is a problem (RFC 9457) with a stable `code`.",
    ),
    servers((url = "/", description = "This service")),
    tags(
        (name = "Comments", description = "For blogs: judge comments, and say what they were."),
        (name = "Moderation", description = "For moderators: settle what was held."),
        (name = "Operation", description = "For those who run the service; no key is needed."),
    ),
    paths(
        check::check,
        stream::check_stream,
        feedback::feedback,
        comments::list,
        comments::one,
        comments::decide,
        comments::undo,
        ops::stats,
        ops::livez,
        ops::readyz,
        ops::version,
        ops::metrics,
        document,
    ),
    components(schemas(ProblemBody)),
    security(("api_key" = [])),
    modifiers(&Common),
)]
struct Document;

/// The document; `/openapi.json` and `docs/openapi.json` are exactly this.
pub fn openapi_json() -> String {
    let mut json = Document::openapi()
        .to_pretty_json()
        .expect("the document is made of plain values");
    json.push('\n');
    json
}

static JSON: LazyLock<String> = LazyLock::new(openapi_json);

/// This document.
#[utoipa::path(get, operation_id = "openapi", path = "/openapi.json", tag = "Operation", security(()),
    responses((status = 200, description = "OpenAPI 3.1.", body = Object)))]
pub async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(JSON.as_str())
}

/// The key, and the problems that an operation can answer by its nature.
struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some(
                    "A site's API key: `hg_` and 32 characters. It is shown once, when the site is made.",
                ))
                .build(),
        );
        document
            .components
            .get_or_insert_default()
            .security_schemes
            .insert("api_key".into(), scheme.into());
        for (path, item) in &mut document.paths.paths {
            for operation in [&mut item.get, &mut item.post, &mut item.delete]
                .into_iter()
                .flatten()
            {
                add_problems(path, operation);
            }
        }
    }
}

fn add_problems(path: &str, operation: &mut Operation) {
    let mut codes = vec![ErrorCode::Internal];
    let takes = |name: &str| {
        let parameters = operation.parameters.iter().flatten();
        parameters
            .filter_map(|parameter| match parameter {
                RefOr::T(parameter) => Some(&parameter.name),
                RefOr::Ref(_) => None,
            })
            .any(|parameter| parameter == name)
    };
    if path.starts_with("/v1/") {
        codes.extend([
            ErrorCode::Unauthorized,
            ErrorCode::StorageUnavailable,
            ErrorCode::TooSlow,
        ]);
    }
    if path == "/readyz" {
        codes.push(ErrorCode::StorageUnavailable);
    }
    if path.contains('{') || path == "/v1/feedback" {
        codes.push(ErrorCode::NotFound);
    }
    if operation.request_body.is_some() {
        codes.extend([ErrorCode::NotJson, ErrorCode::Compressed]);
        if path != "/v1/check/stream" {
            codes.extend([
                ErrorCode::InvalidUtf8,
                ErrorCode::InvalidJson,
                ErrorCode::JsonTooDeep,
                ErrorCode::BrokenRequest,
                ErrorCode::BodyTimeout,
                ErrorCode::BodyTooLarge,
                ErrorCode::InvalidField,
            ]);
        }
    } else if takes("limit") {
        codes.push(ErrorCode::InvalidField);
    }
    if takes("Idempotency-Key") {
        codes.push(ErrorCode::IdempotencyMismatch);
    }
    codes.sort_by_key(|code| code.status());
    for same_status in codes.chunk_by(|a, b| a.status() == b.status()) {
        let names: Vec<String> = same_status
            .iter()
            .map(|code| format!("`{}`: {}.", code.as_str(), code.title()))
            .collect();
        let response = ResponseBuilder::new()
            .description(names.join(" "))
            .content(
                "application/problem+json",
                ContentBuilder::new()
                    .schema(Some(Ref::from_schema_name("Problem")))
                    .build(),
            )
            .build();
        operation
            .responses
            .responses
            .insert(same_status[0].status().to_string(), response.into());
    }
}
