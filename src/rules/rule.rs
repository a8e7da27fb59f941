//! What a rule is: one row that is the code, the documentation and the test.

use crate::domain::{Author, Comment, Form, LogOdds, Post, Span};
use crate::features::Features;

/// A reason for or against a comment that a person can state in a sentence.
/// A rule never decides; it answers how strongly it applies, and the model (or
/// the owner) says what that weighs.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `family/name`, after what it catches. It is hashed into the model:
    /// another id is another rule.
    pub id: &'static str,
    /// A noun phrase of a few words, shown as the reason.
    pub summary: &'static str,
    /// Why it tells spam from ham, and whom it may wrong.
    pub docs: &'static str,
    pub weight: Weight,
    pub check: fn(&Features) -> Option<Hit>,
    pub fires: &'static [Example],
    pub passes: &'static [Example],
}

/// The rows of a family that fills several files, as one table.
pub const fn joined<const ROWS: usize>(parts: &[&[Rule]]) -> [Rule; ROWS] {
    let mut rows = [parts[0][0]; ROWS];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut row = 0;
        while row < parts[part].len() {
            rows[at] = parts[part][row];
            at += 1;
            row += 1;
        }
        part += 1;
    }
    assert!(at == ROWS, "the table has room for rows that no part has");
    rows
}

/// Where a rule's weight comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weight {
    /// Fitted with the tokens' on labelled comments. Zero in a model whose
    /// training never met the rule.
    Fitted,
    /// No training data shows it (behaviour, some context): argued in `docs`,
    /// and the same in every model.
    Argued(LogOdds),
}

/// How strongly a rule applies, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// 1 to 3; each level has a fitted weight of its own. An argued weight
    /// counts once at level 1, 1.5 times at 2, twice at 3.
    pub level: u8,
    /// What was seen, for a person to read.
    pub seen: String,
    pub span: Option<Span>,
}

impl Hit {
    pub fn new(seen: impl Into<String>) -> Self {
        Self {
            level: 1,
            seen: seen.into(),
            span: None,
        }
    }

    pub fn level(self, level: u8) -> Self {
        Self { level, ..self }
    }

    pub fn at(self, span: Option<Span>) -> Self {
        Self { span, ..self }
    }
}

/// A comment on which a rule fires or passes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Example {
    pub content: &'static str,
    pub name: Option<&'static str>,
    pub url: Option<&'static str>,
    pub email: Option<&'static str>,
    pub title: Option<&'static str>,
    pub language: Option<&'static str>,
    pub kind: Option<&'static str>,
    pub user_agent: Option<&'static str>,
    pub role: Option<&'static str>,
    pub honeypot: Option<&'static str>,
    pub seconds: Option<f64>,
    pub javascript: Option<bool>,
    /// RFC 3339.
    pub published_at: Option<&'static str>,
    /// RFC 3339.
    pub submitted_at: Option<&'static str>,
}

/// An example of nothing but text; further fields by struct update.
pub const fn text(content: &'static str) -> Example {
    Example { content, ..NOTHING }
}

/// An example without any field.
pub const NOTHING: Example = Example {
    content: "",
    name: None,
    url: None,
    email: None,
    title: None,
    language: None,
    kind: None,
    user_agent: None,
    role: None,
    honeypot: None,
    seconds: None,
    javascript: None,
    published_at: None,
    submitted_at: None,
};

impl Example {
    pub fn comment(&self) -> Comment {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let time = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        Comment {
            content: self.content.to_owned(),
            kind: owned(self.kind),
            author: Author {
                name: owned(self.name),
                url: owned(self.url),
                email: owned(self.email),
                user_agent: owned(self.user_agent),
                role: owned(self.role),
                ..Author::default()
            },
            post: Post {
                title: owned(self.title),
                language: owned(self.language),
                published_at: time(self.published_at),
                ..Post::default()
            },
            form: Form {
                honeypot: owned(self.honeypot),
                seconds: self.seconds,
                javascript: self.javascript,
            },
            submitted_at: time(self.submitted_at),
            ..Comment::default()
        }
    }
}
