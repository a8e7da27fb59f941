//! Commento's JSON export: comments, and the people who wrote them.

use super::input::Input;
use super::json::{elements, flag, text};
use super::refused::Refused;
use super::spool::{Entry, Spool};
use super::words::{date, moderation};
use crate::domain::{Author, Comment, Post};
use crate::service::{Moderation, OldComment};

/// What stands where a comment was deleted.
const DELETED: &str = "[deleted]";

pub fn read(input: Input, spool: &mut Spool) -> Result<(), Refused> {
    elements(
        input,
        &["comments", "commenters"],
        &mut |array, line, one| {
            if array == "commenters" {
                let Some(hex) = text(one, "commenterHex") else {
                    return Ok(());
                };
                let author = Author {
                    name: text(one, "name"),
                    email: text(one, "email"),
                    url: text(one, "link").filter(|link| link != "undefined"),
                    ..Author::default()
                };
                return spool.person(&hex, &author);
            }
            let content = text(one, "markdown").or_else(|| text(one, "html"));
            if flag(one, "deleted") || content.as_deref() == Some(DELETED) {
                spool.skip(line, "was deleted, and Commento does not say by whom");
                return Ok(());
            }
            let path = text(one, "url").or_else(|| text(one, "path"));
            let comment = Comment {
                id: text(one, "commentHex"),
                parent_id: text(one, "parentHex").filter(|parent| parent != "root"),
                content: content.unwrap_or_default(),
                submitted_at: text(one, "creationDate").and_then(|at| date(&at)),
                post: Post {
                    url: match (text(one, "domain"), path) {
                        (Some(domain), Some(path)) => Some(format!("https://{domain}{path}")),
                        (_, path) => path,
                    },
                    ..Post::default()
                },
                ..Comment::default()
            };
            let state = text(one, "state").and_then(|state| moderation(&state));
            let entry = Entry {
                old: OldComment {
                    comment,
                    moderation: state.unwrap_or(Moderation::Unknown),
                },
                post: None,
                person: text(one, "commenterHex"),
            };
            spool.add(line, entry)
        },
    )
}
