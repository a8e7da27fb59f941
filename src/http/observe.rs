//! The outermost layer of each request: its id, its span and log line, its
//! duration, and the last hand on its answer (problems and headers).

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};
use tracing::Instrument;
use tracing::field::Empty;

use super::desk;
use super::door::Door;
use super::headers;
use super::locale::Locale;
use super::problem::Problem;
use crate::store::fresh_id;

/// The request's id, a UUID version 7.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// A route, in the log and the metrics, for addresses that are none of ours.
const NO_ROUTE: &str = "none";

/// Wraps every request. Neither the path's parameters nor the query, the
/// body, the address or the key of a request enter the span.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = Instant::now();
    let id = fresh_id().to_string();
    let method = known_method(request.method());
    let route = request
        .match_pattern()
        .unwrap_or_else(|| NO_ROUTE.to_owned());
    let door = request.app_data::<Data<Door>>().cloned();
    let pages = desk::shows_pages(request.request()).then(|| Locale::of(request.request()));
    request.extensions_mut().insert(RequestId(id.clone()));

    let span = tracing::info_span!("request", id, method, route, status = Empty);
    let outcome = next.call(request).instrument(span.clone()).await;
    let (request, answer) = match outcome {
        Ok(response) => {
            let (request, answer) = response.into_parts();
            (Some(request), answer.map_into_boxed_body())
        }
        // Layers inside gave up the request with the error.
        Err(error) => (None, error.error_response()),
    };
    let answer = finished(answer, &id, pages);

    let status = answer.status();
    let took = begun.elapsed();
    span.record("status", status.as_u16());
    let duration_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
    tracing::info!(parent: &span, status = status.as_u16(), duration_ms, "answered");
    if let Some(door) = door {
        door.service
            .installation()
            .counters()
            .requests
            .with_label_values(&[method, &route, status.as_str()])
            .observe(took.as_secs_f64());
    }
    match request {
        Some(request) => Ok(ServiceResponse::new(request, answer)),
        None => Err(InternalError::from_response("answered", answer).into()),
    }
}

/// Writes the problem that the answer carries, or the one its status means, as
/// JSON or for people as a page in their language; and the headers.
fn finished(mut answer: HttpResponse, id: &str, pages: Option<Locale>) -> HttpResponse {
    let status = answer.status();
    let failed = status.is_client_error() || status.is_server_error();
    if failed && !desk::is_page(&answer) {
        let problem = answer
            .extensions_mut()
            .remove::<Problem>()
            .unwrap_or_else(|| Problem::of_status(status));
        let allow = answer.headers().get(header::ALLOW).cloned();
        answer = match pages {
            Some(locale) => desk::problem_page(locale, problem, id),
            None => problem.answer(id),
        };
        if let Some(allow) = allow {
            answer.headers_mut().insert(header::ALLOW, allow);
        }
    }
    headers::secure(answer.headers_mut());
    if let Ok(id) = HeaderValue::from_str(id) {
        answer
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), id);
    }
    debug_assert!(answer.status() != StatusCode::SWITCHING_PROTOCOLS);
    answer
}

/// A client can invent methods; the log and the metrics keep to those that exist.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
