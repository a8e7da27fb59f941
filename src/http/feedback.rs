//! `POST /v1/feedback`: what a person of the blog says of a comment.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use utoipa::ToSchema;

use super::auth::Caller;
use super::body::JsonBody;
use super::door::Door;
use super::problem::{Problem, ProblemBody};
use crate::domain::{Comment, CommentId, FieldError, Label};
use crate::service::{FeedbackAnswer, FeedbackTarget};

/// A label, and the comment it is for: by one of three ways.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FeedbackBody {
    /// hamgate's id of the comment.
    #[schema(value_type = Option<String>)]
    comment_id: Option<String>,
    /// The blog's own id of the comment.
    #[serde(default, deserialize_with = "crate::domain::fields::id")]
    id: Option<String>,
    /// The comment itself, known or not.
    comment: Option<Comment>,
    label: Label,
}

/// Learns a label, at once.
#[utoipa::path(
    post, path = "/v1/feedback", tag = "feedback", request_body = FeedbackBody,
    security(("api_key" = [])),
    responses(
        (status = 200, description = "Learnt; the next check knows it", body = FeedbackAnswer),
        (status = "4XX", description = "The request is at fault", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn feedback(
    caller: Caller,
    door: Data<Door>,
    body: JsonBody,
) -> Result<HttpResponse, Problem> {
    let body: FeedbackBody = body.parse()?;
    let target = match (body.comment_id, body.id, body.comment) {
        (Some(id), _, _) => FeedbackTarget::CommentId(comment_id(&id)?),
        (None, Some(id), _) => FeedbackTarget::OwnId(id),
        (None, None, Some(comment)) => FeedbackTarget::Comment(Box::new(comment)),
        (None, None, None) => {
            return Err(FieldError::new(
                "comment_id",
                "is missing",
                "send `comment_id`, `id` or `comment`",
            )
            .into());
        }
    };
    let answer = door.service.feedback(&caller.0, target, body.label).await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// An id that is no UUID is no comment's.
pub fn comment_id(text: &str) -> Result<CommentId, Problem> {
    uuid::Uuid::parse_str(text)
        .map(CommentId)
        .map_err(|_| crate::store::StoreError::NotFound.into())
}
