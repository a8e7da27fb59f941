//! The blog's addresses, and the headers that every answer carries.

use actix_web::error::UrlencodedError;
use actix_web::guard;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{self, FormConfig, PayloadConfig, ServiceConfig};
use actix_web::{HttpResponse, Route};

use crate::trouble::Trouble;
use crate::{pages, webhook};

/// The longest comment, each letter percent-encoded, and room for the rest.
const MAX_FORM: usize = 256 * 1024;
/// Standard Webhooks asks senders to stay below 20 kB.
const MAX_WEBHOOK: usize = 64 * 1024;

/// No script and no style but our own files, nothing from other hosts. If
/// text of a comment ever became markup, it still could not run or phone home.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub fn routes(routes: &mut ServiceConfig) {
    routes
        .app_data(
            FormConfig::default()
                .limit(MAX_FORM)
                .error_handler(|error, _| match error {
                    UrlencodedError::Overflow { .. } => Trouble::TooLarge.into(),
                    _ => Trouble::Unreadable.into(),
                }),
        )
        .app_data(PayloadConfig::new(MAX_WEBHOOK))
        .route("/", read().to(pages::index))
        .route("/posts/{slug}", read().to(pages::show))
        .route("/posts/{slug}/comments", web::post().to(pages::write))
        .route("/hamgate/webhook", web::post().to(webhook::receive))
        .route(
            "/style.css",
            file("text/css; charset=utf-8", include_str!("style.css")),
        )
        .route(
            "/form.js",
            file("text/javascript; charset=utf-8", include_str!("form.js")),
        )
        .route("/icon.svg", file("image/svg+xml", include_str!("icon.svg")))
        .default_service(web::to(|| async {
            Err::<HttpResponse, _>(Trouble::NotFound)
        }));
}

/// GET, and HEAD for those who only look whether a page is there.
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn file(kind: &'static str, text: &'static str) -> Route {
    read().to(move || async move { HttpResponse::Ok().content_type(kind).body(text) })
}

pub fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((CONTENT_SECURITY_POLICY, POLICY))
        .add((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        // A page's address can hold the id of a comment that waits.
        .add((REFERRER_POLICY, "same-origin"))
        .add((CACHE_CONTROL, "no-store"))
        .add((
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ))
}
