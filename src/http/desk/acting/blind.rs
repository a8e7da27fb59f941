//! A comment of the audit as a card shows it: without verdict, evidence or what
//! became of others like it.

use jiff::Timestamp;

use super::preview::now as seen;
use crate::http::desk::card::{given, short, version};
use crate::http::desk::marks::{Piece, mark};
use crate::http::locale::Locale;
use crate::store::StoredComment;

/// Longer texts are cut; the rest of a comment could hold anything, but who has
/// read so much knows what it is.
const TEXT_CHARS: usize = 20_000;

pub struct BlindCard {
    pub id: String,
    pub version: String,
    pub author: Vec<Piece>,
    pub author_plain: String,
    pub author_url: Vec<Piece>,
    pub post_title: Option<String>,
    pub text: Vec<Piece>,
    pub is_cut: bool,
    pub age: String,
    pub exact: String,
    pub machine_time: String,
    /// The card that comes after it on the page.
    pub then: Option<String>,
}

impl BlindCard {
    pub fn of(l: Locale, stored: &StoredComment, now: Timestamp) -> Self {
        let comment = &stored.comment;
        let name = comment.author.name.as_deref().unwrap_or_default();
        let url = comment.author.url.as_deref().unwrap_or_default();
        Self {
            id: stored.comment_id.to_string(),
            version: version(seen(stored)),
            author: match name.trim().is_empty() {
                true => Vec::new(),
                false => mark(name, &[], 300),
            },
            author_plain: match name.trim() {
                "" => l.say("author-nameless"),
                name => short(name),
            },
            author_url: mark(url, &[], 300),
            post_title: given(comment.post.title.as_deref()),
            text: mark(&comment.content, &[], TEXT_CHARS),
            is_cut: comment.content.chars().nth(TEXT_CHARS).is_some(),
            age: l.ago(stored.received_at, now),
            exact: l.exact(stored.received_at),
            machine_time: stored.received_at.to_string(),
            then: None,
        }
    }
}
