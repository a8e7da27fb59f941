//! Ghost: the export of its database with comments and members in it, or what its
//! administration interface answers.

use serde_json::Value;

use super::input::Input;
use super::json::{elements, text};
use super::refused::Refused;
use super::spool::{Entry, Spool};
use super::words::date;
use crate::domain::{Author, Comment, Post};
use crate::service::{Moderation, OldComment};

pub fn read(input: Input, spool: &mut Spool) -> Result<(), Refused> {
    let arrays = ["comments", "members", "posts"];
    elements(
        input,
        &arrays,
        &mut |array, line, one| match (array, text(one, "id")) {
            ("members", Some(id)) => spool.person(&id, &member(one)),
            ("posts", Some(id)) => spool.post(&id, &post(one)),
            ("comments", id) => comment(line, one, id, spool),
            _ => Ok(()),
        },
    )
}

fn comment(line: u64, one: &Value, id: Option<String>, spool: &mut Spool) -> Result<(), Refused> {
    let moderation = match text(one, "status").as_deref() {
        Some("published") => Moderation::Approved,
        Some("hidden") => Moderation::Trashed,
        Some("deleted") => {
            spool.skip(line, "was deleted by its author");
            return Ok(());
        }
        _ => Moderation::Unknown,
    };
    let comment = Comment {
        id,
        parent_id: text(one, "in_reply_to_id").or_else(|| text(one, "parent_id")),
        content: text(one, "html").unwrap_or_default(),
        submitted_at: text(one, "created_at").and_then(|at| date(&at)),
        author: one.get("member").map(member).unwrap_or_default(),
        post: one.get("post").map(post).unwrap_or_default(),
        ..Comment::default()
    };
    let entry = Entry {
        old: OldComment {
            comment,
            moderation,
        },
        post: text(one, "post_id"),
        person: text(one, "member_id"),
    };
    spool.add(line, entry)
}

fn member(one: &Value) -> Author {
    Author {
        name: text(one, "name"),
        email: text(one, "email"),
        ..Author::default()
    }
}

fn post(one: &Value) -> Post {
    Post {
        title: text(one, "title"),
        url: text(one, "url").or_else(|| text(one, "slug")),
        published_at: text(one, "published_at").and_then(|at| date(&at)),
        ..Post::default()
    }
}
