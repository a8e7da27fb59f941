//! Remark42's backup: a line about the site, then a line of JSON for each comment.

use serde_json::Value;

use super::input::Input;
use super::json::{flag, text};
use super::refused::Refused;
use super::spool::Spool;
use super::words::date;
use crate::domain::{Author, Comment, Post};
use crate::service::{Moderation, OldComment};

pub fn read(mut input: Input, spool: &mut Spool) -> Result<(), Refused> {
    let gauge = input.gauge();
    let mut line = Vec::new();
    loop {
        let at = gauge.line();
        if !input.line(&mut line)? {
            return Ok(());
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let one: Value = serde_json::from_slice(&line).map_err(|error| {
            Refused::line(
                at,
                format!("is no JSON ({error})"),
                "name the backup (backup-SITE-DATE.gz) as Remark42 made it",
            )
        })?;
        let is_about_the_site = one.get("version").is_some() && one.get("text").is_none();
        if !is_about_the_site {
            comment(at, &one, spool)?;
        }
    }
}

fn comment(line: u64, one: &Value, spool: &mut Spool) -> Result<(), Refused> {
    if flag(one, "delete") {
        spool.skip(line, "was deleted, and Remark42 does not say by whom");
        return Ok(());
    }
    let nothing = Value::Null;
    let user = one.get("user").unwrap_or(&nothing);
    let locator = one.get("locator").unwrap_or(&nothing);
    let comment = Comment {
        id: text(one, "id"),
        parent_id: text(one, "pid"),
        // As it was typed; what was made of it where that is not kept.
        content: text(one, "orig")
            .or_else(|| text(one, "text"))
            .unwrap_or_default(),
        submitted_at: text(one, "time").and_then(|at| date(&at)),
        author: Author {
            name: text(user, "name"),
            user_id: text(user, "id"),
            ..Author::default()
        },
        post: Post {
            title: text(one, "title"),
            url: text(locator, "url"),
            ..Post::default()
        },
        ..Comment::default()
    };
    spool.add(
        line,
        OldComment {
            comment,
            moderation: Moderation::Approved,
        },
    )
}
