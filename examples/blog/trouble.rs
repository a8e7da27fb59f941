//! What can go wrong with a page, in words for the person who asked for it.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use crate::pages::html;
use crate::templates::Message;

#[derive(Debug)]
pub enum Trouble {
    NotFound,
    /// The form is larger than any comment may be.
    TooLarge,
    /// It is no form of this blog.
    Unreadable,
    Database(rusqlite::Error),
    /// The same, when somebody has just written a comment.
    NotKept(rusqlite::Error, String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such page"),
            Self::TooLarge => f.write_str("the form is too large"),
            Self::Unreadable => f.write_str("the form cannot be read"),
            Self::Database(error) | Self::NotKept(error, _) => error.fmt(f),
        }
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl ResponseError for Trouble {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Database(_) | Self::NotKept(..) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let page = match self {
            Self::NotFound => Message {
                title: "There is no such page",
                words: "Perhaps it has moved. All posts are one link away.",
                text: None,
            },
            Self::Unreadable => Message {
                title: "That could not be read",
                words: "It was not a comment form of this blog. Go back, and try again.",
                text: None,
            },
            Self::TooLarge => Message {
                title: "That was too much",
                words: "The comment is longer than this blog can take. Go back: your \
                        browser still has it, and two shorter ones will do.",
                text: None,
            },
            Self::Database(error) => {
                eprintln!("the database does not work: {error}");
                Message {
                    title: "Something is broken here",
                    words: "It is not your fault. Please try again in a few minutes.",
                    text: None,
                }
            }
            Self::NotKept(error, text) => {
                eprintln!("a comment could not be kept: {error}");
                Message {
                    title: "Your comment could not be kept",
                    words: "It is not your fault. Please try again in a few minutes.",
                    text: Some(text),
                }
            }
        };
        html(self.status_code(), &page)
    }
}
