//! The query of an address, field by field: unknown ones are ignored.

use actix_web::HttpRequest;
use actix_web::web::Query;
use serde::de::DeserializeOwned;

use crate::domain::{CommentId, FieldError, Verdict};
use crate::store::{CommentFilter, DecisionFilter, Place};

/// Items of a page, unless said otherwise.
const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 500;
/// Longest text to search for, in bytes.
const MAX_SEARCH_BYTES: usize = 500;

/// Reads which comments are asked for.
pub fn comment_filter(request: &HttpRequest) -> Result<CommentFilter, FieldError> {
    let mut filter = CommentFilter {
        limit: DEFAULT_LIMIT,
        ..CommentFilter::default()
    };
    let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string())
        .map(Query::into_inner)
        .map_err(|_| FieldError::new("query", "cannot be read", "send name=value pairs"))?;
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        match name.as_str() {
            "verdict" => {
                filter.verdict = Some(word::<Verdict>(name, value, "accept, hold or reject")?);
            }
            "decision" => {
                filter.decision = Some(word::<DecisionFilter>(
                    name,
                    value,
                    "accept, reject or none",
                )?);
            }
            "q" if value.len() > MAX_SEARCH_BYTES => {
                return Err(FieldError::new(
                    "q",
                    "is longer than 500 bytes",
                    "search for less",
                ));
            }
            "q" => filter.q = Some(value.clone()),
            "limit" => {
                filter.limit = value
                    .parse()
                    .ok()
                    .filter(|limit| (1..=MAX_LIMIT).contains(limit))
                    .ok_or_else(|| FieldError::new("limit", "is out of bounds", "send 1 to 500"))?;
            }
            "cursor" => {
                let id = word::<CommentId>(name, value, "the `next` of an earlier answer")?;
                filter.after = Some(Place {
                    comment_id: id,
                    log_odds: 0.0,
                    lesson: 0.0,
                });
            }
            _ => {}
        }
    }
    Ok(filter)
}

/// One of a type's words, as JSON names them.
fn word<T: DeserializeOwned>(name: &str, value: &str, allowed: &str) -> Result<T, FieldError> {
    serde_json::from_value(serde_json::Value::String(value.to_owned()))
        .map_err(|_| FieldError::new(name, "is not known", format!("send {allowed}")))
}
