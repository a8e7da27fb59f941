//! `POST /v1/check`, for one comment and for a stream of them.

use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::auth::Caller;
use super::body::{self, JsonBody};
use super::door::Door;
use super::json;
use super::observe::RequestId;
use super::problem::{Problem, ProblemBody};
use crate::domain::{Comment, FieldError};
use crate::service::{CheckAnswer, CheckRequest};
use crate::store::Idempotency;

/// Longest `Idempotency-Key`, in bytes.
const MAX_KEY_BYTES: usize = 255;
const STREAM_TYPES: &[&str] = &[
    "application/x-ndjson",
    "application/ndjson",
    "application/json",
];

/// What a check can say beside the comment.
#[derive(Debug, Default, Deserialize)]
struct Options {
    #[serde(default)]
    dry_run: Option<bool>,
}

/// Judges a comment.
#[utoipa::path(
    post, path = "/v1/check", tag = "check", request_body = Comment,
    security(("api_key" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body give the same answer for 48 hours, and store one comment")),
    responses(
        (status = 200, description = "The judgement; the comment is on disk. With `\"dry_run\": true` in the body nothing is stored and `comment_id` is null", body = CheckAnswer),
        (status = "4XX", description = "The request is at fault", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was stored; try again", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn check(
    caller: Caller,
    door: Data<Door>,
    request: HttpRequest,
    body: JsonBody,
) -> Result<HttpResponse, Problem> {
    let idempotency = idempotency(&request, &body.0)?;
    let request = read(&body.0, idempotency)?;
    let answer = door.service.check(&caller.0, request).await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// Judges one comment a line, in order; each line is answered by one line.
#[utoipa::path(
    post, path = "/v1/check/stream", tag = "check",
    request_body(content = String, content_type = "application/x-ndjson", description = "One check a line"),
    security(("api_key" = [])),
    responses(
        (status = 200, description = "One judgement or problem a line, in the order of the lines", body = String, content_type = "application/x-ndjson"),
        (status = "4XX", description = "The request is at fault", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn stream(
    caller: Caller,
    door: Data<Door>,
    request: HttpRequest,
    payload: actix_web::web::Payload,
) -> Result<HttpResponse, Problem> {
    body::check_type(&request, STREAM_TYPES)?;
    let id = request
        .extensions()
        .get::<RequestId>()
        .map_or_else(String::new, |id| id.0.clone());
    let lines = body::lines(payload, door.line_bytes);
    let answers = futures_util::stream::unfold((lines, 0), move |(mut lines, number)| {
        let (caller, door, id) = (caller.clone(), door.clone(), id.clone());
        async move {
            let line = lines.next().await?;
            let number = number + 1;
            let answer = match line {
                Ok(line) => checked_line(&caller, &door, &line).await,
                Err(problem) => Err(problem),
            };
            let text = match answer {
                Ok(answer) => serde_json::to_string(&answer),
                Err(problem) => serde_json::to_string(&problem.body(&id, Some(number))),
            };
            let line = format!("{}\n", text.unwrap_or_default());
            Some((
                Ok::<_, actix_web::Error>(Bytes::from(line)),
                (lines, number),
            ))
        }
    });
    Ok(HttpResponse::Ok()
        .content_type("application/x-ndjson")
        .streaming(answers))
}

async fn checked_line(caller: &Caller, door: &Door, line: &[u8]) -> Result<CheckAnswer, Problem> {
    Ok(door.service.check(&caller.0, read(line, None)?).await?)
}

/// See [`super::bench_routes`].
pub async fn parse_only(body: JsonBody) -> Result<HttpResponse, Problem> {
    let request = read(&body.0, None)?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "bytes": request.comment.content.len() })))
}

fn read(body: &[u8], idempotency: Option<Idempotency>) -> Result<CheckRequest, Problem> {
    let comment: Comment = json::parse(body)?;
    let options: Options = json::parse(body)?;
    Ok(CheckRequest {
        comment,
        dry_run: options.dry_run.unwrap_or_default(),
        idempotency,
    })
}

fn idempotency(request: &HttpRequest, body: &[u8]) -> Result<Option<Idempotency>, Problem> {
    let Some(key) = request.headers().get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > MAX_KEY_BYTES {
        return Err(FieldError::new(
            "Idempotency-Key",
            "is empty, longer than 255 bytes or not ASCII",
            "send a fresh UUID for each comment, or leave the header out",
        )
        .into());
    }
    Ok(Some(Idempotency {
        key: key.to_owned(),
        request: Sha256::digest(body).into(),
    }))
}
