//! `POST /v1/feedback`: what a person calls a comment.

use actix_web::web::{Data, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use super::auth::Caller;
use super::body::JsonBody;
use super::comments::known_id;
use super::door::Door;
use super::problem::Problem;
use crate::domain::{Comment, FieldError, Label, fields};
use crate::service::{FeedbackAnswer, FeedbackTarget};

/// A person's word on one comment, named in exactly one of three ways.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Feedback)]
pub struct FeedbackBody {
    /// hamgate's id.
    #[schema(value_type = Option<String>, format = "uuid")]
    comment_id: Option<String>,
    /// The blog's own id.
    #[serde(default, deserialize_with = "fields::id")]
    id: Option<String>,
    /// The comment itself, as for `/v1/check`; judged and stored first if it
    /// is unknown.
    comment: Option<Comment>,
    label: Label,
}

impl FeedbackBody {
    fn target(self) -> Result<FeedbackTarget, Problem> {
        match (self.comment_id, self.id, self.comment) {
            (Some(id), None, None) => Ok(FeedbackTarget::CommentId(known_id(&id)?)),
            (None, Some(id), None) => Ok(FeedbackTarget::OwnId(id)),
            (None, None, Some(comment)) => Ok(FeedbackTarget::Comment(Box::new(comment))),
            (None, None, None) => Err(FieldError::new(
                "comment_id",
                "is missing, and so are `id` and `comment`",
                "send one of the three",
            )
            .into()),
            _ => Err(FieldError::new(
                "comment_id",
                "is one of several names of the comment",
                "send only one of `comment_id`, `id` and `comment`",
            )
            .into()),
        }
    }
}

/// Say what a comment was.
///
/// Learnt at once: the next comment by the same author, address or link is
/// judged with it.
#[utoipa::path(
    post, path = "/v1/feedback", tag = "Comments",
    request_body(content = FeedbackBody, example = json!({"id": "4711", "label": "spam"})),
    responses((status = 200, description = "Learnt, and on disk.", body = FeedbackAnswer,
        example = json!({"comment_id": "019ab3a4-7b1c-7e55-8f7e-0c4c8a5f2f10", "label": "spam", "was": null})))
)]
pub async fn feedback(
    door: Data<Door>,
    caller: Caller,
    body: JsonBody,
) -> Result<Json<FeedbackAnswer>, Problem> {
    let body: FeedbackBody = body.parse()?;
    let label = body.label;
    let answer = door
        .service
        .feedback(&caller.0, body.target()?, label)
        .await?;
    Ok(Json(answer))
}
