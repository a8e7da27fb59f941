//! A person's word on a comment, from a site: ham or spam, learnt at once.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::check::CheckRequest;
use super::error::ServiceError;
use super::live::Service;
use crate::domain::{Comment, CommentId, Label, Site};
use crate::store::{LabelWrite, StoreError};

/// Which comment is meant.
#[derive(Debug, Clone)]
pub enum FeedbackTarget {
    /// By hamgate's id.
    CommentId(CommentId),
    /// By the blog's own id.
    OwnId(String),
    /// The comment itself; judged and stored first if it is unknown.
    Comment(Box<Comment>),
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FeedbackAnswer {
    #[schema(value_type = String, format = "uuid")]
    pub comment_id: CommentId,
    pub label: Label,
    /// The label that this one replaces, or `null`.
    #[schema(required = true)]
    pub was: Option<Label>,
}

impl Service {
    /// Learns a label; it is on disk, and counts for the next comment, when
    /// this returns.
    ///
    /// # Errors
    /// The comment is not one of the site, cannot be admitted, or the store is
    /// unavailable.
    pub async fn feedback(
        &self,
        site: &Site,
        target: FeedbackTarget,
        label: Label,
    ) -> Result<FeedbackAnswer, ServiceError> {
        let comment_id = self.meant(site, target).await?;
        let installation = self.installation();
        let was = installation
            .store
            .label(LabelWrite {
                site: site.id,
                comment_id,
                label,
                at: Timestamp::now(),
            })
            .await?;
        installation
            .metrics
            .labels
            .with_label_values(&[label.as_str()])
            .inc();
        Ok(FeedbackAnswer {
            comment_id,
            label,
            was,
        })
    }

    async fn meant(&self, site: &Site, target: FeedbackTarget) -> Result<CommentId, ServiceError> {
        let store = &self.installation().store;
        let own_id = match &target {
            FeedbackTarget::CommentId(id) => return Ok(*id),
            FeedbackTarget::OwnId(own_id) => Some(own_id),
            FeedbackTarget::Comment(comment) => comment.id.as_ref(),
        };
        if let Some(own_id) = own_id
            && let Some(known) = store.comment_by_own_id(site.id, own_id).await?
        {
            return Ok(known);
        }
        let FeedbackTarget::Comment(comment) = target else {
            return Err(StoreError::NotFound.into());
        };
        let answer = self
            .check(
                site,
                CheckRequest {
                    comment: *comment,
                    dry_run: false,
                    idempotency: None,
                    callback: None,
                },
            )
            .await
            .map_err(within_comment)?;
        Ok(answer.comment_id.ok_or(StoreError::NotFound)?)
    }
}

/// Where the comment is a field itself, its fields are named with it.
fn within_comment(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Field(mut error) => {
            error.field.insert_str(0, "comment.");
            error.into()
        }
        other => other,
    }
}
