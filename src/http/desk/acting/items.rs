//! Comments that are chosen in a form, each with what was seen of it.

use std::collections::HashSet;

use crate::domain::{CommentId, FieldError};
use crate::http::comments::known_id;
use crate::http::desk::card;
use crate::http::desk::form::Fields;
use crate::http::problem::Problem;
use crate::store::{BULK, Seen};

/// As a form carries it.
pub fn item(id: &str, version: &str) -> String {
    format!("{id}.{version}")
}

/// The chosen comments, each once: those whose box is ticked, or all that were
/// on the page.
pub fn chosen(fields: &Fields) -> Result<Vec<(CommentId, Seen)>, Problem> {
    let name = match fields.get("all") {
        "" => "item",
        _ => "here",
    };
    let mut known = HashSet::new();
    let mut items = Vec::new();
    for item in fields.all(name) {
        let (id, seen) = read(item)
            .ok_or_else(|| FieldError::new("item", "is not known", "open the page again"))?;
        if known.insert(id) {
            items.push((id, seen));
        }
    }
    if items.is_empty() {
        let remedy = "tick at least one comment";
        return Err(FieldError::new("item", "is missing", remedy).into());
    }
    if items.len() > BULK {
        return Err(FieldError::new("item", "are more than 500", "choose fewer").into());
    }
    Ok(items)
}

fn read(item: &str) -> Option<(CommentId, Seen)> {
    let (id, version) = item.split_once('.')?;
    Some((known_id(id).ok()?, card::seen(version)?))
}
