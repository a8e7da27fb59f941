//! Every route of the service, in one list: read it first.

use actix_web::middleware::from_fn;
use actix_web::web::{ServiceConfig, delete, get, head, post, resource, scope, to};
use actix_web::{FromRequest, Handler, Resource, Responder};

use super::error::ErrorCode;
use super::problem::Problem;
use super::{
    akismet, auth, check, commenter, comments, desk, docs, feedback, openapi, ops, stream,
};

/// Every route of the service.
pub fn routes(config: &mut ServiceConfig) {
    let v1 = scope("/v1")
        .wrap(from_fn(auth::require_key))
        .service(resource("/check").route(post().to(check::check)))
        .service(resource("/check/stream").route(post().to(stream::check_stream)))
        .service(resource("/feedback").route(post().to(feedback::feedback)))
        .service(reads("/comments", comments::list))
        .service(reads("/comments/{comment_id}", comments::one))
        .service(
            resource("/comments/{comment_id}/decision")
                .route(post().to(comments::decide))
                .route(delete().to(comments::undo)),
        )
        .service(reads("/stats", ops::stats))
        .default_service(to(no_such_route));
    config
        .service(v1)
        .service(resource(r"/{version:1\.[12]}/{call}").to(akismet::call))
        .service(resource(r"/{key:[^/]{1,64}}/{version:1\.[12]}/{call}").to(akismet::call))
        .service(reads("/livez", ops::livez))
        .service(reads("/readyz", ops::readyz))
        .service(reads("/version", ops::version))
        .service(reads("/metrics", ops::metrics))
        .service(reads("/openapi.json", openapi::document))
        .service(reads("/docs", docs::page))
        .service(reads("/docs/style.css", docs::style))
        .service(reads("/docs/icon.svg", docs::icon))
        // The pages for moderators; their list is in `desk/routes.rs`.
        .service(desk::scope());
    // The pages for commenters; their list is in `commenter/routes.rs`.
    for page in commenter::resources() {
        config.service(page);
    }
}

/// A resource that is only read: GET and HEAD.
fn reads<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    resource(path)
        .route(get().to(handler.clone()))
        .route(head().to(handler))
}

async fn no_such_route() -> Result<String, Problem> {
    let code = ErrorCode::NoSuchRoute;
    Err(Problem::new(code, code.title()))
}
