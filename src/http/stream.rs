//! `POST /v1/check/stream`: comments line by line, answers in the same order.

use std::convert::Infallible;

use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse};
use futures_util::StreamExt;
use futures_util::future::{Ready, ready};

use super::auth::Caller;
use super::body::check_type;
use super::check::CheckBody;
use super::door::Door;
use super::error::ErrorCode;
use super::lines::{Line, Lines};
use super::observe::RequestId;
use super::problem::Problem;
use crate::service::{CheckAnswer, CheckRequest};

/// Types that are read as one JSON value a line.
const LINE_TYPES: &[&str] = &[
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/json",
    "text/plain",
];
/// Lines judged at once: their writes share commits.
const AT_ONCE: usize = 32;

/// A body that is read while the answer is written.
pub struct OpenBody(Payload);

impl FromRequest for OpenBody {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self(payload.take())))
    }
}

/// Judge many comments, one a line.
///
/// Each line is a body of `/v1/check`, each answer line an answer of it, in
/// the same order; a line that cannot be judged is answered with a problem
/// that names its `line`, counted from 1 without blank ones. The body may be of any length; the next line must
/// come within `http.body_seconds`.
#[utoipa::path(
    post, path = "/v1/check/stream", tag = "Comments",
    request_body(content = String, content_type = "application/x-ndjson",
        description = "JSON objects as for `/v1/check`, one a line (NDJSON).",
        example = "{\"id\": \"1\", \"content\": \"Thank you!\"}\n{\"id\": \"2\", \"content\": \"Buy now\"}\n"),
    responses((status = 200, content_type = "application/x-ndjson", body = String,
        description = "An answer or a problem for each line, in order."))
)]
pub async fn check_stream(
    door: Data<Door>,
    caller: Caller,
    request: HttpRequest,
    body: OpenBody,
) -> Result<HttpResponse, Problem> {
    check_type(&request, LINE_TYPES)?;
    let id = request.extensions().get::<RequestId>().cloned();
    let id = id.map(|RequestId(id)| id).unwrap_or_default();
    let answers = Lines::of(body.0, door.line_bytes, door.body_time)
        .enumerate()
        .map(move |(place, line)| {
            let (door, caller, id) = (door.clone(), caller.clone(), id.clone());
            async move {
                let mut text = match answer(&door, &caller, line).await {
                    Ok(answer) => serde_json::to_vec(&answer),
                    Err(problem) => {
                        let number = u64::try_from(place + 1).ok();
                        serde_json::to_vec(&problem.body(&id, number))
                    }
                }
                .unwrap_or_default();
                text.push(b'\n');
                Ok::<_, Infallible>(Bytes::from(text))
            }
        })
        .buffered(AT_ONCE);
    Ok(HttpResponse::Ok()
        .content_type("application/x-ndjson")
        .streaming(answers))
}

async fn answer(door: &Door, caller: &Caller, line: Line) -> Result<CheckAnswer, Problem> {
    let text = match line {
        Line::Text(text) => text,
        Line::TooLong => {
            return Err(Problem::new(
                ErrorCode::LineTooLong,
                format!("the line is longer than {} bytes", door.line_bytes),
            ));
        }
        Line::Late => {
            return Err(Problem::new(
                ErrorCode::BodyTimeout,
                "the next line did not come in time; it is the last that is answered",
            ));
        }
        Line::Broken => {
            return Err(Problem::new(
                ErrorCode::BrokenRequest,
                "the body ended early or is malformed",
            ));
        }
    };
    let CheckBody { comment, dry_run } = CheckBody::parse_bytes(&text)?;
    Ok(door
        .service
        .check(
            &caller.0,
            CheckRequest {
                comment,
                dry_run,
                idempotency: None,
                callback: None,
            },
        )
        .await?)
}
