//! What the templates show. They escape every value; the only exceptions are
//! marked `|safe` there: posts of the owner, and threads that were rendered.

use askama::Template;

use crate::comments::{Comment, State};
use crate::draft::{FieldError, Fields, MAX_EMAIL, MAX_NAME, MAX_TEXT, MAX_URL};
use crate::posts::Post;
use crate::thread::Thread;

#[derive(Template)]
#[template(path = "index.html", config = "examples/blog/askama.toml")]
pub struct Index {
    /// Each with the number of its comments.
    pub posts: Vec<(&'static Post, u32)>,
}

/// A post, its comments, and the form.
#[derive(Template)]
#[template(path = "post.html", config = "examples/blog/askama.toml")]
pub struct PostPage<'a> {
    pub post: &'static Post,
    pub count: usize,
    pub threads: Vec<Thread>,
    /// The comment that the reader has just written, whatever became of it.
    pub mine: Option<Comment>,
    pub form: Form,
    /// Where its author can object to what became of it.
    pub appeal: Option<String>,
    /// Where hamgate says what it does with comments.
    pub privacy: Option<&'a str>,
    /// E-mail address of the blog's owner.
    pub owner: &'a str,
}

/// The form, filled in as far as it was before.
#[derive(Default)]
pub struct Form {
    pub ticket: String,
    /// Id and author of the comment that is answered.
    pub answers: Option<(String, String)>,
    pub fields: Fields,
    pub errors: Vec<FieldError>,
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "message.html", config = "examples/blog/askama.toml")]
pub struct Message<'a> {
    pub title: &'a str,
    pub words: &'a str,
    /// Text that the reader typed and should not lose.
    pub text: Option<&'a str>,
}

impl PostPage<'_> {
    fn mine_is(&self, state: &str) -> bool {
        self.mine.as_ref().is_some_and(|mine| match mine.state {
            State::Unasked => state == "unasked",
            State::Held => state == "held",
            State::Published => state == "published",
            State::Refused => state == "refused",
        })
    }
}

impl Form {
    fn error(&self, field: &str) -> Option<&str> {
        let mut errors = self.errors.iter();
        errors
            .find(|error| error.field == field)
            .map(|error| error.words.as_str())
    }

    /// Whether the field is to be marked as wrong.
    fn invalid(&self, field: &str) -> bool {
        self.error(field).is_some()
    }
}
