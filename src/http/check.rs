//! `POST /v1/check`: a comment in, a judgement out.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::auth::Caller;
use super::body::JsonBody;
use super::door::Door;
use super::json;
use super::problem::Problem;
use crate::domain::{Comment, FieldError};
use crate::service::{CheckAnswer, CheckRequest};
use crate::store::Idempotency;

const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
const MAX_IDEMPOTENCY_KEY: usize = 255;

/// A comment to be judged. Unknown fields are ignored.
#[derive(Debug, ToSchema)]
#[schema(as = Check)]
pub struct CheckBody {
    #[serde(flatten)]
    pub comment: Comment,
    /// Judge only; store nothing. The answer's `comment_id` is `null`.
    #[schema(default = false, required = false)]
    pub dry_run: bool,
}

/// What is not the comment. serde's `flatten` would lose the paths of fields
/// at fault, so the body is read twice.
#[derive(Deserialize)]
struct Mode {
    #[serde(default)]
    dry_run: Option<bool>,
}

impl CheckBody {
    /// # Errors
    /// See [`json::parse`].
    pub fn parse(body: &JsonBody) -> Result<Self, Problem> {
        Self::parse_bytes(&body.0)
    }

    /// The same, of a line.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, Problem> {
        let comment = json::parse(bytes)?;
        let mode: Mode = json::parse(bytes)?;
        Ok(Self {
            comment,
            dry_run: mode.dry_run.unwrap_or(false),
        })
    }
}

/// Judge a comment.
///
/// The answer is sent after the comment is on disk. A comment with an `id`
/// that was sent before is updated instead of doubled. Everything but
/// `content` is optional, and is evidence.
#[utoipa::path(
    post, path = "/v1/check", tag = "Comments",
    params(("Idempotency-Key" = Option<String>, Header,
        description = "1 to 255 visible ASCII characters. The same key with the same bytes gets the first answer again for 48 hours; with other bytes it is an error.")),
    request_body(content = CheckBody, example = json!({
        "id": "4711",
        "author": {"name": "Ada", "email": "ada@blog.example", "url": "https://ada.example", "ip": "192.0.2.7"},
        "content": "Thank you, the second example was what I needed.",
        "post": {"url": "https://blog.example/posts/sqlite", "title": "SQLite in production"}
    })),
    responses((status = 200, description = "The judgement; its evidence adds up to `log_odds`.", body = CheckAnswer,
        example = json!({
            "comment_id": "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10",
            "verdict": "accept", "spam_probability": 0.095, "log_odds": -2.25,
            "evidence": [
                {"source": "model", "reason": "starting_point", "detail": "before anything of the comment is looked at", "log_odds": -0.75, "span": null},
                {"source": "words", "reason": "word", "detail": "thank", "log_odds": -1.5, "span": {"field": "content", "start": 0, "end": 5}}
            ],
            "model": "0f3a9c1b2d4e", "policy": "accept<=-1.90 reject>=4.20"
        })))
)]
pub async fn check(
    door: Data<Door>,
    caller: Caller,
    request: HttpRequest,
    body: JsonBody,
) -> Result<Json<CheckAnswer>, Problem> {
    let idempotency = idempotency(&request, &body)?;
    let CheckBody { comment, dry_run } = CheckBody::parse(&body)?;
    let answer = door
        .service
        .check(
            &caller.0,
            CheckRequest {
                comment,
                dry_run,
                idempotency,
                callback: None,
            },
        )
        .await?;
    Ok(Json(answer))
}

fn idempotency(request: &HttpRequest, body: &JsonBody) -> Result<Option<Idempotency>, FieldError> {
    let Some(value) = request.headers().get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = value
        .to_str()
        .ok()
        .map(str::trim)
        .filter(|key| !key.is_empty() && key.len() <= MAX_IDEMPOTENCY_KEY)
        .ok_or_else(|| {
            FieldError::new(
                IDEMPOTENCY_KEY,
                "is not a usable key",
                "send 1 to 255 visible ASCII characters",
            )
        })?;
    Ok(Some(Idempotency {
        key: key.to_owned(),
        request: Sha256::digest(&body.0).into(),
    }))
}
