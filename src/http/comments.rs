//! `/v1/comments`: the hold queue and everything before it.

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::auth::Caller;
use super::body::JsonBody;
use super::door::Door;
use super::error::ErrorCode;
use super::problem::Problem;
use super::query;
use crate::domain::{CommentId, Decision, DecisionKind, Why};
use crate::service::{CommentDetail, CommentPage, NewDecision};

/// Who decides, where a site's key does.
const BY_API: &str = "api";

/// What to do with a comment.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewDecision)]
pub struct DecisionBody {
    decision: DecisionKind,
    /// Whether the filter learns from it; not from off-topic or abuse.
    #[schema(default = true)]
    #[serde(default)]
    learn: Option<bool>,
    /// Why a rejection teaches nothing; with it, `learn` is false.
    why: Option<Why>,
    /// For other moderators; at most 4,000 bytes.
    note: Option<String>,
}

/// List comments, newest first.
#[utoipa::path(
    get, operation_id = "list_comments", path = "/v1/comments", tag = "Moderation",
    params(
        ("verdict" = Option<String>, Query, description = "`accept`, `hold` or `reject`."),
        ("decision" = Option<String>, Query, description = "The decision in force: `accept`, `reject` or `none`. The hold queue is `verdict=hold&decision=none`."),
        ("q" = Option<String>, Query, description = "Found as it stands in content, author's name or URL; at most 500 bytes."),
        ("limit" = Option<u16>, Query, description = "Items of a page, 1 to 500; 50 unless said otherwise."),
        ("cursor" = Option<String>, Query, description = "`next` of an earlier answer."),
    ),
    responses((status = 200, description = "A page. Long texts are cut at 16 KiB, and say so.", body = CommentPage))
)]
pub async fn list(
    door: Data<Door>,
    caller: Caller,
    request: HttpRequest,
) -> Result<Json<CommentPage>, Problem> {
    let filter = query::comment_filter(&request)?;
    Ok(Json(
        door.service
            .installation()
            .comments(&caller.0, filter)
            .await?,
    ))
}

/// Show one comment, with its judgements and decisions.
#[utoipa::path(
    get, operation_id = "get_comment", path = "/v1/comments/{comment_id}", tag = "Moderation",
    params(("comment_id" = String, Path, description = "hamgate's id of the comment.")),
    responses((status = 200, description = "All that is known of it, oldest first.", body = CommentDetail))
)]
pub async fn one(
    door: Data<Door>,
    caller: Caller,
    id: Path<String>,
) -> Result<Json<CommentDetail>, Problem> {
    let id = known_id(&id)?;
    Ok(Json(
        door.service.installation().comment(&caller.0, id).await?,
    ))
}

/// Accept or reject a comment.
///
/// Ends an earlier decision. With `learn`, the filter has learnt from it when
/// the answer comes.
#[utoipa::path(
    post, operation_id = "decide", path = "/v1/comments/{comment_id}/decision", tag = "Moderation",
    params(("comment_id" = String, Path, description = "hamgate's id of the comment.")),
    request_body(content = DecisionBody, example = json!({"decision": "reject", "learn": true, "note": "casino"})),
    responses((status = 200, description = "The decision in force.", body = Decision,
        example = json!({"id": "019ab3a5-0000-7000-8000-000000000001", "decision": "reject", "learn": true,
            "note": "casino", "by": "api", "at": "2026-11-24T08:30:00Z"})))
)]
pub async fn decide(
    door: Data<Door>,
    caller: Caller,
    id: Path<String>,
    body: JsonBody,
) -> Result<Json<Decision>, Problem> {
    let id = known_id(&id)?;
    let body: DecisionBody = body.parse()?;
    let new = NewDecision {
        decision: body.decision,
        learn: body.learn.unwrap_or(body.why.is_none()),
        why: body.why,
        note: body.note,
        by: BY_API.into(),
        seen: None,
    };
    Ok(Json(
        door.service
            .installation()
            .decide(&caller.0, id, new)
            .await?,
    ))
}

/// Take a decision back, with the label that it taught.
#[utoipa::path(
    delete, operation_id = "undo_decision", path = "/v1/comments/{comment_id}/decision", tag = "Moderation",
    params(("comment_id" = String, Path, description = "hamgate's id of the comment.")),
    responses((status = 200, description = "The decision that was in force, with `undone_at`.", body = Decision))
)]
pub async fn undo(
    door: Data<Door>,
    caller: Caller,
    id: Path<String>,
) -> Result<Json<Decision>, Problem> {
    let id = known_id(&id)?;
    Ok(Json(
        door.service
            .installation()
            .undo_decision(&caller.0, id, None)
            .await?,
    ))
}

/// What is no id at all is answered as an unknown one.
pub fn known_id(text: &str) -> Result<CommentId, Problem> {
    let code = ErrorCode::NotFound;
    Uuid::try_parse(text)
        .map(CommentId)
        .map_err(|_| Problem::new(code, code.title()))
}
