//! The answer to a comment-check that its handler did not give: without one
//! that has an id, WordPress publishes the comment.

use std::fmt;

use actix_web::http::{ConnectionType, StatusCode};
use actix_web::web::Data;
use actix_web::{HttpResponse, ResponseError};

use super::check;
use crate::domain::{CommentId, HoldAnswer};
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::store::fresh_id;

/// Whether a path is one of comment-check's.
pub fn is_comment_check(path: &str) -> bool {
    ["/1.1/comment-check", "/1.2/comment-check"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// A layer around the handler gave it up.
pub struct LastWord {
    door: Data<Door>,
    code: ErrorCode,
}

impl LastWord {
    pub fn new(door: Data<Door>, code: ErrorCode) -> Self {
        Self { door, code }
    }
}

impl fmt::Debug for LastWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LastWord({})", self.code.as_str())
    }
}

impl fmt::Display for LastWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.title())
    }
}

impl ResponseError for LastWord {
    fn status_code(&self) -> StatusCode {
        StatusCode::OK
    }

    fn error_response(&self) -> HttpResponse {
        let id = CommentId(fresh_id());
        let reason = self.code.as_str();
        let mut answer = check::unavailable(&self.door, HoldAnswer::Ask, id, reason);
        // What is left of the request would be read as the next one.
        answer.head_mut().set_connection_type(ConnectionType::Close);
        answer
    }
}
