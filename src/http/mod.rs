//! The web door: every route, in one list.

mod auth;
mod body;
mod check;
mod comments;
mod connections;
mod docs;
mod door;
mod error;
mod feedback;
mod guard;
mod headers;
mod json;
mod observe;
mod openapi;
mod ops;
mod problem;
mod server;
mod stats;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};

pub use error::{ErrorCode, errors_reference};
pub use openapi::openapi_json;
pub use server::Application;

/// Every address the service answers.
fn routes(app: &mut ServiceConfig) {
    app.service(
        web::scope("/v1")
            .wrap(from_fn(auth::require_key))
            .service(web::resource("/check").post(check::check))
            .service(web::resource("/check/stream").post(check::stream))
            .service(web::resource("/feedback").post(feedback::feedback))
            .service(web::resource("/comments").get(comments::list))
            .service(web::resource("/comments/{comment_id}").get(comments::one))
            .service(
                web::resource("/comments/{comment_id}/decision")
                    .post(comments::decide)
                    .delete(comments::undo),
            )
            .service(web::resource("/stats").get(stats::stats)),
    )
    .service(web::resource("/livez").get(ops::livez))
    .service(web::resource("/readyz").get(ops::readyz))
    .service(web::resource("/version").get(ops::version))
    .service(web::resource("/metrics").get(ops::metrics))
    .service(web::resource("/openapi.json").get(openapi::document))
    .service(web::resource("/docs").get(docs::page_of_the_api))
    .service(web::resource("/docs/style.css").get(docs::style));
}

/// For `benches/` only: a route that parses a check's body with the same
/// extractor and answers, with neither judging nor store. No server of the
/// product has it.
pub fn bench_routes(app: &mut ServiceConfig) {
    app.service(web::resource("/bench/parse").post(check::parse_only));
}
