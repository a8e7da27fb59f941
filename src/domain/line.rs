//! Comment lines: one JSON object per line, the format of training data,
//! import, export and `hamgate score`.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::comment::{Author, Comment, Post};
use super::fields::{self, FieldError};
use super::label::{Label, Sample};

/// One line. All but `content` is optional; unknown fields are ignored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CommentLine {
    #[serde(
        default,
        deserialize_with = "fields::id",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<String>,
    /// Which blog the comment is from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    #[serde(default, deserialize_with = "fields::or_default")]
    pub content: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_domain: Option<String>,
    #[serde(
        default,
        deserialize_with = "fields::ip",
        skip_serializing_if = "Option::is_none"
    )]
    pub ip: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The post's title or slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    #[serde(
        default,
        alias = "comment_type",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<String>,
    /// The comment's language, ISO 639.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    #[serde(
        default,
        deserialize_with = "fields::timestamp",
        skip_serializing_if = "Option::is_none"
    )]
    pub date: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
}

impl CommentLine {
    /// Reads one line.
    ///
    /// # Errors
    /// The field that could not be read, as a path.
    pub fn parse(line: &str) -> Result<Self, FieldError> {
        let mut json = serde_json::Deserializer::from_str(line);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            FieldError::new(
                if path == "." { "line".into() } else { path },
                format!("cannot be read ({})", error.inner()),
                "send one JSON object a line with the fields of a comment line",
            )
        })
    }

    /// The comment without its label.
    pub fn into_comment(self) -> Comment {
        Comment {
            id: self.id,
            kind: self.kind,
            author: Author {
                name: self.author,
                email: self.email,
                email_domain: self.email_domain,
                url: self.url,
                ip: self.ip,
                user_agent: self.user_agent,
                ..Author::default()
            },
            content: self.content,
            post: Post {
                title: self.post,
                ..Post::default()
            },
            submitted_at: self.date,
            ..Comment::default()
        }
    }

    /// The line as a sample of `set` (used where the line names no site), if
    /// it has a label and any content.
    pub fn into_sample(mut self, set: &str) -> Option<Sample> {
        let label = self.label?;
        if self.content.trim().is_empty() {
            return None;
        }
        let site = self.site.take().unwrap_or_else(|| set.to_owned());
        let lang = self.lang.take();
        Some(Sample {
            comment: self.into_comment(),
            label,
            site,
            lang,
        })
    }
}
