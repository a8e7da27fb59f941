//! `/v1/comments`: list, look, decide, take back.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::auth::Caller;
use super::body::JsonBody;
use super::door::Door;
use super::feedback::comment_id;
use super::problem::{Problem, ProblemBody};
use crate::domain::{CommentId, Decision, DecisionKind, FieldError, Verdict};
use crate::service::{CommentDetail, CommentPage, NewDecision};
use crate::store::{CommentFilter, DecisionFilter};

const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 500;

/// Which comments to list. All of it is text, so that a wrong value is named.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// `accept`, `hold` or `reject`.
    verdict: Option<String>,
    /// `accept`, `reject`, or `none` for what no moderator decided.
    decision: Option<String>,
    /// Found in the text, the author's name or URL.
    q: Option<String>,
    /// At most this many: 1 to 500, 50 if absent.
    limit: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Lists comments, newest first.
#[utoipa::path(
    get, path = "/v1/comments", tag = "comments", params(ListQuery),
    security(("api_key" = [])),
    responses(
        (status = 200, description = "A page of comments", body = CommentPage),
        (status = "4XX", description = "The request is at fault", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    caller: Caller,
    door: Data<Door>,
    query: Query<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let wrong = |field, remedy| Problem::from(FieldError::new(field, "is not understood", remedy));
    let filter = CommentFilter {
        verdict: chosen::<Verdict>(query.verdict)
            .ok_or_else(|| wrong("verdict", "send accept, hold or reject"))?,
        decision: chosen::<DecisionFilter>(query.decision)
            .ok_or_else(|| wrong("decision", "send accept, reject or none"))?,
        q: query.q.filter(|q| !q.is_empty()),
        limit: match query.limit.filter(|limit| !limit.is_empty()) {
            None => DEFAULT_LIMIT,
            Some(limit) => limit
                .parse()
                .ok()
                .filter(|limit| (1..=MAX_LIMIT).contains(limit))
                .ok_or_else(|| wrong("limit", "send a number from 1 to 500"))?,
        },
        before: match query.cursor.filter(|cursor| !cursor.is_empty()) {
            None => None,
            Some(cursor) => Some(
                uuid::Uuid::parse_str(&cursor)
                    .map(CommentId)
                    .map_err(|_| wrong("cursor", "send `next` of the page before, unchanged"))?,
            ),
        },
    };
    let page = door
        .service
        .installation()
        .comments(&caller.0, filter)
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Reads one of an enum's words; `None` if it is another.
fn chosen<T: serde::de::DeserializeOwned>(word: Option<String>) -> Option<Option<T>> {
    match word.filter(|word| !word.is_empty()) {
        None => Some(None),
        Some(word) => serde_json::from_value(word.into()).ok().map(Some),
    }
}

/// A comment with its judgements and decisions.
#[utoipa::path(
    get, path = "/v1/comments/{comment_id}", tag = "comments",
    params(("comment_id" = String, Path, description = "hamgate's id")),
    security(("api_key" = [])),
    responses(
        (status = 200, description = "The comment", body = CommentDetail),
        (status = 404, description = "The site has no such comment", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn one(
    caller: Caller,
    door: Data<Door>,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let comment = door
        .service
        .installation()
        .comment(&caller.0, comment_id(&id)?)
        .await?;
    Ok(HttpResponse::Ok().json(comment))
}

/// What a moderator decides.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DecisionBody {
    decision: DecisionKind,
    /// `false` for off-topic or abuse, from which the filter must not learn.
    #[serde(default)]
    learn: Option<bool>,
    #[serde(default)]
    note: Option<String>,
}

/// Decides on a comment.
#[utoipa::path(
    post, path = "/v1/comments/{comment_id}/decision", tag = "comments",
    params(("comment_id" = String, Path, description = "hamgate's id")),
    request_body = DecisionBody,
    security(("api_key" = [])),
    responses(
        (status = 200, description = "The decision in force", body = Decision),
        (status = "4XX", description = "The request is at fault", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn decide(
    caller: Caller,
    door: Data<Door>,
    id: Path<String>,
    body: JsonBody,
) -> Result<HttpResponse, Problem> {
    let body: DecisionBody = body.parse()?;
    let new = NewDecision {
        decision: body.decision,
        learn: body.learn.unwrap_or(true),
        note: body.note,
        by: "api".to_owned(),
    };
    let installation = door.service.installation();
    let decision = installation
        .decide(&caller.0, comment_id(&id)?, new)
        .await?;
    Ok(HttpResponse::Ok().json(decision))
}

/// Takes the decision in force back, and what was learnt from it.
#[utoipa::path(
    delete, path = "/v1/comments/{comment_id}/decision", tag = "comments",
    params(("comment_id" = String, Path, description = "hamgate's id")),
    security(("api_key" = [])),
    responses(
        (status = 200, description = "The decision that was taken back", body = Decision),
        (status = 404, description = "There is no decision in force", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn undo(
    caller: Caller,
    door: Data<Door>,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let installation = door.service.installation();
    let undone = installation
        .undo_decision(&caller.0, comment_id(&id)?)
        .await?;
    Ok(HttpResponse::Ok().json(undone))
}
