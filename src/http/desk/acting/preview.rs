//! Before many are decided: how many, and the first of them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::items::item;
use crate::domain::{CommentId, Site};
use crate::http::desk::answers::page as answer;
use crate::http::desk::card::{short, version};
use crate::http::desk::marks::{Piece, mark};
use crate::http::desk::page::Frame;
use crate::http::desk::who::Visit;
use crate::store::{Seen, StoredComment};

/// Comments that are shown.
const SHOWN: usize = 10;
/// Of each text, this many characters.
const TEXT_CHARS: usize = 200;

#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewTemplate {
    frame: Frame,
    heading: String,
    /// What was chosen; `None` where it is to be chosen here.
    action: Option<&'static str>,
    first: Vec<First>,
    more: Option<String>,
    changed: Option<String>,
    items: Vec<String>,
    site: String,
    back: String,
    queue: String,
}

struct First {
    author: String,
    text: Vec<Piece>,
    is_cut: bool,
}

/// What is to be decided together.
pub struct Many<'m> {
    pub site: &'m Site,
    /// `accept`, `reject`, `off-topic`, `abuse` or `reject-only`.
    pub action: Option<&'static str>,
    pub stored: &'m [StoredComment],
    pub chosen: &'m [(CommentId, Seen)],
    /// Where the page is that one comes from, as a form and as an address.
    pub back: String,
    pub queue: String,
}

/// The page.
pub fn preview(visit: &Visit, many: Many<'_>) -> HttpResponse {
    let l = visit.l;
    let is_as_seen = |stored: &&StoredComment| {
        let mut chosen = many.chosen.iter();
        chosen.any(|(id, seen)| *id == stored.comment_id && *seen == now(stored))
    };
    let unchanged: Vec<&StoredComment> = many.stored.iter().filter(is_as_seen).collect();
    let number = unchanged.len();
    let changed = many.chosen.len() - number;
    let heading = l.count(
        &format!("bulk-ask-{}", many.action.unwrap_or("alike")),
        number.cast_signed() as i64,
    );
    let first = unchanged.iter().take(SHOWN).map(|stored| {
        let comment = &stored.comment;
        let name = comment.author.name.as_deref().unwrap_or_default().trim();
        First {
            author: match name.is_empty() {
                true => l.say("author-nameless"),
                false => short(name),
            },
            text: mark(&comment.content, &[], TEXT_CHARS),
            is_cut: comment.content.chars().nth(TEXT_CHARS).is_some(),
        }
    });
    let counted = |key: &str, number: usize| {
        (number > 0).then(|| l.count(key, i64::try_from(number).unwrap_or(i64::MAX)))
    };
    let shown = PreviewTemplate {
        first: first.collect(),
        more: counted("bulk-more", number.saturating_sub(SHOWN)),
        changed: counted("bulk-changed", changed),
        items: unchanged
            .iter()
            .map(|stored| item(&stored.comment_id.to_string(), &version(now(stored))))
            .collect(),
        action: many.action,
        site: many.site.name.clone(),
        back: many.back,
        queue: many.queue,
        frame: Frame::of(visit, heading.clone()),
        heading,
    };
    answer(StatusCode::OK, &shown)
}

/// What a decision on it would be about.
pub fn now(stored: &StoredComment) -> Seen {
    Seen {
        updated_at: stored.updated_at,
        decision: stored.decision.as_ref().map(|decision| decision.id),
    }
}
