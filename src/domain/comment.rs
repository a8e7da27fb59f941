//! A comment as a blog sends it: parsed and bounded once, at the door.

use std::fmt;
use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::fields::{self, FieldError};

/// Longest `id` and `parent_id`, in bytes: they are keys of an index.
pub const MAX_ID_BYTES: usize = 255;

/// What a blog posts to be judged. Only `content` is required; every further
/// field is evidence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Comment {
    /// The blog's own id of the comment. The same id again updates it.
    #[serde(
        default,
        deserialize_with = "fields::id",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<String>,
    /// `comment`, `reply`, `pingback`, `trackback`, `contact-form`, … or any other word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "fields::object")]
    pub author: Author,
    /// The text as its author typed it, markup included.
    pub content: String,
    /// The markup the blog lets authors use; without it every dialect is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    #[serde(default, deserialize_with = "fields::object")]
    pub post: Post,
    /// The comment that this one answers.
    #[serde(
        default,
        deserialize_with = "fields::id",
        skip_serializing_if = "Option::is_none"
    )]
    pub parent_id: Option<String>,
    /// When the author sent it (RFC 3339). The time it arrived, if absent.
    #[serde(
        default,
        deserialize_with = "fields::timestamp",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub submitted_at: Option<Timestamp>,
    /// The page that linked to the form, from the `Referer` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    #[serde(default, deserialize_with = "fields::object")]
    pub form: Form,
}

/// Who wrote the comment, by their own word and by what the blog saw.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Author {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The e-mail address's domain, where a blog keeps only that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_domain: Option<String>,
    /// The address that the author gave as their own site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// IPv4 or IPv6; a zone (`%eth0`) is dropped.
    #[serde(
        default,
        deserialize_with = "fields::ip",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>)]
    pub ip: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The blog's own id of a signed-in author.
    #[serde(
        default,
        deserialize_with = "fields::id",
        skip_serializing_if = "Option::is_none"
    )]
    pub user_id: Option<String>,
    /// The author's role on the blog, such as `administrator`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// The post that was commented on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Post {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// RFC 3339.
    #[serde(
        default,
        deserialize_with = "fields::timestamp",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub published_at: Option<Timestamp>,
    /// BCP 47, such as `en` or `pt-BR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(
        default,
        deserialize_with = "fields::or_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub tags: Vec<String>,
}

/// What the blog's form observed while it was filled in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Form {
    /// The value of a field that people cannot see; a person leaves it empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honeypot: Option<String>,
    /// Seconds from showing the form to its submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Whether the page's script ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub javascript: Option<bool>,
}

/// Markup dialects that a blog may accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Html,
    Text,
    Markdown,
    Bbcode,
}

/// hamgate's id of a comment: a UUID version 7 (RFC 9562), so ids sort by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommentId(pub Uuid);

impl fmt::Display for CommentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Comment {
    /// Checks what serde cannot, and replaces what no store can hold (NUL).
    ///
    /// # Errors
    /// The first field that is out of bounds, and what to do about it.
    pub fn admitted(mut self) -> Result<Self, FieldError> {
        if self.content.trim().is_empty() {
            return Err(FieldError::new(
                "content",
                "is empty",
                "send the comment's text",
            ));
        }
        for (field, value) in [("id", &self.id), ("parent_id", &self.parent_id)] {
            if value.as_ref().is_some_and(|id| id.len() > MAX_ID_BYTES) {
                return Err(FieldError::new(
                    field,
                    "is longer than 255 bytes",
                    "send a shorter id, or its hash",
                ));
            }
        }
        self.for_each_text(|text| {
            if text.contains('\0') {
                *text = text.replace('\0', "\u{FFFD}");
            }
        });
        Ok(self)
    }

    fn for_each_text(&mut self, mut visit: impl FnMut(&mut String)) {
        visit(&mut self.content);
        let author = &mut self.author;
        let post = &mut self.post;
        [
            &mut self.id,
            &mut self.kind,
            &mut self.parent_id,
            &mut self.referrer,
            &mut author.name,
            &mut author.email,
            &mut author.email_domain,
            &mut author.url,
            &mut author.user_agent,
            &mut author.user_id,
            &mut author.role,
            &mut post.url,
            &mut post.title,
            &mut post.language,
            &mut self.form.honeypot,
        ]
        .into_iter()
        .flatten()
        .chain(post.tags.iter_mut())
        .for_each(visit);
    }
}

impl Author {
    /// The part of the e-mail address after the last `@`, in lower case.
    pub fn email_domain(&self) -> Option<String> {
        self.email
            .as_deref()
            .and_then(|email| email.rsplit_once('@'))
            .map(|(_, domain)| domain)
            .or(self.email_domain.as_deref())
            .map(|domain| domain.trim().to_lowercase())
            .filter(|domain| !domain.is_empty())
    }
}
