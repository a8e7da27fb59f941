//! submit-spam and submit-ham: a person of the blog says what a comment was.

use actix_web::HttpResponse;

use super::answer::{Failure, word};
use super::call::Asked;
use super::fields::Submission;
use crate::domain::Label;
use crate::service::AkismetReport;

const THANKS: &str = "Thanks for making the web a better place.";

/// # Errors
/// The key or the blog is wrong, or the store is unavailable: then nothing was
/// learnt.
pub async fn submit(asked: &Asked<'_>, label: Label) -> Result<HttpResponse, Failure> {
    let (_, site) = asked.site().await?;
    let submission = Submission::of(&asked.form);
    let empty = submission.comment.content.trim().is_empty() && submission.guid.is_none();
    if !submission.is_test && !empty {
        let report = AkismetReport {
            comment: submission.comment,
            guid: submission.guid,
            label,
        };
        asked.door.service.akismet_report(&site, report).await?;
    }
    Ok(word(THANKS))
}
