//! The author's own fields: what they call themselves and where they point.

use super::lexicon::{Boundaries, Phrases};
use super::links::{self, Link};
use super::markup::Dialect;
use super::normalize;
use crate::domain::Author;

/// The author, taken apart. All is empty for an author who gave nothing.
#[derive(Debug, Clone, Default)]
pub struct AuthorFeatures {
    /// Folded.
    pub name: String,
    /// Words of the folded name, of letters or digits.
    pub name_words: Vec<String>,
    /// The name as written.
    pub name_written: String,
    /// The author's own site. `http://` alone is none.
    pub url: Option<Link>,
    pub url_written: String,
    pub email_domain: Option<String>,
    /// An e-mail address was given, and it has no `@` or no domain.
    pub email_malformed: bool,
    /// Lexicon hits in the name.
    pub name_phrases: Phrases,
    /// Lexicon hits anywhere in the URL's host and path.
    pub url_phrases: Phrases,
}

impl AuthorFeatures {
    pub fn of(author: &Author) -> Self {
        let name_written: String = author
            .name
            .as_deref()
            .unwrap_or_default()
            .chars()
            .take(300)
            .collect();
        let name = normalize::folded(&name_written);
        let name_words = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let url_written = author.url.clone().unwrap_or_default();
        let url_end = u32::try_from(url_written.chars().count()).unwrap_or(u32::MAX);
        let url = links::parse(&url_written, Dialect::Plain, (0, url_end));
        let url_phrases = url.as_ref().map_or_else(Phrases::default, |url| {
            Phrases::of(&format!("{} {}", url.host, url.path), Boundaries::Anywhere)
        });
        Self {
            name_phrases: Phrases::of(&name, Boundaries::Words),
            name,
            name_words,
            name_written,
            url,
            url_written,
            email_domain: author.email_domain(),
            email_malformed: author.email.as_deref().is_some_and(|email| {
                !email.trim().is_empty()
                    && !email
                        .rsplit_once('@')
                        .is_some_and(|(_, domain)| domain.contains('.'))
            }),
            url_phrases,
        }
    }
}
