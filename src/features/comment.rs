//! The features of one comment, gathered once.

use std::sync::OnceLock;

use super::author::AuthorFeatures;
use super::fingerprint::fingerprint;
use super::lexicon::{Boundaries, Phrases};
use super::links::{self, Link};
use super::markup::{self, MarkupCounts};
use super::normalize::{self, Text};
use super::shape::Shape;
use super::words::{self, Word};
use crate::domain::{Author, Comment, Fingerprint, Form, Format, Subject};

/// Of the content, this many bytes are judged; the evidence says so of more.
pub const JUDGED_BYTES: usize = 64 * 1024;
/// Words and character runs are taken from this many characters.
pub const TOKENISED_CHARS: usize = 3_000;
/// Domains looked up in the history, at most.
const RECOGNISED_DOMAINS: usize = 10;

/// Everything that rules, naive Bayes and the history look at.
#[derive(Debug, Clone)]
pub struct Features {
    pub text: Text,
    /// The folded text once more, for those who search it.
    pub plain: String,
    /// Of the first [`TOKENISED_CHARS`] characters.
    pub words: Vec<Word>,
    pub links: Vec<Link>,
    pub markup: MarkupCounts,
    pub shape: Shape,
    pub phrases: Phrases,
    pub author: AuthorFeatures,
    pub context: Context,
    /// Content bytes that were not looked at.
    pub unread_bytes: usize,
    email: Option<String>,
    ip: Option<std::net::IpAddr>,
    /// Told once, by whoever asks first.
    pub(super) language: OnceLock<Option<whatlang::Lang>>,
}

/// What surrounds the text.
#[derive(Debug, Clone, Default)]
pub struct Context {
    pub kind: String,
    pub format: Option<Format>,
    pub form: Form,
    pub is_reply: bool,
    /// Words of four letters and more in the post's title, folded.
    pub title_words: Vec<String>,
    /// How many of them are in the text.
    pub title_overlap: usize,
    /// Which post it is: its URL, or its title where there is none.
    pub post: Option<String>,
    pub post_language: Option<String>,
    /// From the post's publication to the comment, in days.
    pub post_age_days: Option<f64>,
    pub user_agent: Option<String>,
    pub referrer: Option<String>,
    pub role: Option<String>,
    pub signed_in: bool,
}

impl Features {
    pub fn of(comment: &Comment) -> Self {
        let judged = floor_char_boundary(&comment.content, JUDGED_BYTES);
        let content: Vec<char> = comment.content[..judged].chars().collect();
        let unmarked = markup::unmark(&content);
        let text = normalize::fold(&unmarked.chars, &unmarked.at);
        let links = links::find(&text, &unmarked.chars, &unmarked.links);
        let words = words::split(&text, TOKENISED_CHARS);
        let shape = Shape::of(&text, &words);
        let folded: String = text.folded.iter().collect();
        Self {
            phrases: Phrases::of(&folded, Boundaries::Words),
            context: Context::of(comment, &text, &words),
            author: AuthorFeatures::of(&comment.author),
            email: comment.author.email.clone(),
            ip: comment.author.ip,
            language: OnceLock::new(),
            unread_bytes: comment.content.len() - judged,
            markup: unmarked.counts,
            plain: folded,
            text,
            words,
            links,
            shape,
        }
    }

    /// The same comment by an author who gave neither name, URL nor e-mail.
    pub fn without_author(&self) -> Self {
        Self {
            author: AuthorFeatures::of(&Author::default()),
            email: None,
            ..self.clone()
        }
    }

    /// What later comments may share with this one, before keyed hashing.
    pub fn recognisable(&self) -> Vec<(Subject, String)> {
        let mut seen = Vec::new();
        if !self.author.name.is_empty() {
            seen.push((Subject::AuthorName, self.author.name.clone()));
        }
        if let Some(email) = &self.email {
            seen.push((Subject::Email, email.trim().to_lowercase()));
        }
        if let Some(ip) = self.ip {
            seen.push((Subject::IpPrefix, ip_prefix(ip)));
        }
        if let Some(url) = &self.author.url {
            seen.push((Subject::AuthorDomain, url.domain.clone()));
        }
        let mut domains: Vec<&str> = self.links.iter().map(|link| link.domain.as_str()).collect();
        domains.sort_unstable();
        domains.dedup();
        seen.extend(
            domains
                .into_iter()
                .take(RECOGNISED_DOMAINS)
                .map(|domain| (Subject::LinkDomain, domain.to_owned())),
        );
        seen
    }

    /// By what near-duplicates are found; `None` for short texts.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        let spans: Vec<(u32, u32)> = self.links.iter().map(|link| link.span).collect();
        fingerprint(&self.text, &self.words, &spans)
    }
}

impl Context {
    fn of(comment: &Comment, text: &Text, words: &[Word]) -> Self {
        let title = normalize::folded(comment.post.title.as_deref().unwrap_or_default());
        let mut title_words: Vec<String> = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= 4)
            .map(str::to_owned)
            .collect();
        title_words.sort_unstable();
        title_words.dedup();
        title_words.truncate(40);
        let title_overlap = title_words
            .iter()
            .filter(|title_word| {
                let letters: Vec<char> = title_word.chars().collect();
                words
                    .iter()
                    .any(|word| text.folded[word.range()] == letters[..])
            })
            .count();
        let post_age_days =
            comment
                .submitted_at
                .zip(comment.post.published_at)
                .map(|(submitted, published)| {
                    submitted.duration_since(published).as_secs_f64() / 86_400.0
                });
        Self {
            kind: comment.kind.clone().unwrap_or_else(|| "comment".to_owned()),
            format: comment.format,
            form: comment.form.clone(),
            is_reply: comment.parent_id.is_some() || comment.kind.as_deref() == Some("reply"),
            title_words,
            title_overlap,
            post: comment.post.url.clone().or(comment.post.title.clone()),
            post_language: comment.post.language.clone(),
            post_age_days,
            user_agent: comment.author.user_agent.clone(),
            referrer: comment.referrer.clone(),
            role: comment.author.role.clone(),
            signed_in: comment.author.user_id.is_some(),
        }
    }
}

fn ip_prefix(ip: std::net::IpAddr) -> String {
    match ip.to_canonical() {
        std::net::IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        std::net::IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}
