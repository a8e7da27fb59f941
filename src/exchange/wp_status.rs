//! What WordPress says of a comment, by whatever way it comes.

use super::refused::Refused;
use super::spool::Spool;
use super::words::moderation;
use crate::domain::Comment;
use crate::service::{Moderation, OldComment};

/// Kinds under which plug-ins keep notes of their own among the comments.
const NOTES: [&str; 4] = [
    "order_note",
    "action_log",
    "webhook_delivery",
    "edd_payment_note",
];

/// Keeps a comment by its status: WordPress's `comment_approved`, or the words
/// that the REST interface has for it.
pub fn of_wordpress(
    line: u64,
    comment: Comment,
    status: &str,
    spool: &mut Spool,
) -> Result<(), Refused> {
    let kind = comment.kind.as_deref().unwrap_or_default();
    if let Some(note) = NOTES.iter().find(|note| **note == kind) {
        spool.skip(
            line,
            &format!("is a note of a plug-in (`{note}`) and no comment"),
        );
        return Ok(());
    }
    if status.trim() == "post-trashed" {
        spool.skip(line, "went to the trash with its post");
        return Ok(());
    }
    spool.add(
        line,
        OldComment {
            moderation: moderation(status).unwrap_or(Moderation::Unknown),
            comment,
        },
    )
}
