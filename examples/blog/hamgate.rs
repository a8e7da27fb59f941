//! What this blog says to hamgate: one question, `POST /v1/check`.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use serde::Deserialize;
use serde_json::json;

use crate::comments::State;
use crate::draft::Draft;
use crate::posts::Post;

/// A reader waits for this answer. hamgate gives up on its own after 5 seconds.
const PATIENCE: Duration = Duration::from_secs(6);

/// Where hamgate is, and who we are to it.
pub struct Hamgate {
    pub url: String,
    pub key: String,
    client: reqwest::Client,
}

/// What the blog saw of a comment besides its text.
pub struct Circumstances {
    /// The address of the page that is commented on.
    pub page: String,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub referrer: Option<String>,
    pub honeypot: String,
    pub seconds: f64,
    pub javascript: bool,
}

/// The part of the answer that this blog needs. The evidence is there too.
#[derive(Deserialize)]
pub struct Answer {
    pub verdict: Verdict,
    /// Where the author can say that it is no spam. For nobody else's eyes.
    pub appeal_url: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Accept,
    Hold,
    Reject,
}

impl Verdict {
    pub fn state(self) -> State {
        match self {
            Self::Accept => State::Published,
            Self::Hold => State::Held,
            Self::Reject => State::Refused,
        }
    }
}

/// The body of the question. Only `content` is required; every further field
/// is evidence, so we send all that we know and no guesses.
pub fn question(
    id: &str,
    parent: Option<&str>,
    draft: &Draft,
    post: &Post,
    seen: &Circumstances,
) -> String {
    json!({
        "id": id,
        "kind": if parent.is_some() { "reply" } else { "comment" },
        "parent_id": parent,
        "author": {
            "name": draft.name,
            "email": draft.email,
            "url": draft.url,
            "ip": seen.ip,
            "user_agent": seen.user_agent,
        },
        "content": draft.text,
        "format": "text",
        "post": {
            "url": seen.page,
            "title": post.title,
            "published_at": post.published_at(),
            "language": post.language,
            "tags": post.tags,
        },
        "submitted_at": jiff::Timestamp::now(),
        "referrer": seen.referrer,
        "form": {
            "honeypot": seen.honeypot,
            "seconds": seen.seconds,
            "javascript": seen.javascript,
        },
    })
    .to_string()
}

impl Hamgate {
    pub fn new(url: &str, key: &str) -> reqwest::Result<Self> {
        // This repository's reqwest comes without cryptography of its own.
        ::hamgate::outbound::choose_cryptography();
        Ok(Self {
            url: url.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
            client: reqwest::Client::builder()
                .timeout(PATIENCE)
                // The key goes to this address and no other.
                .redirect(Policy::none())
                .no_proxy()
                .build()?,
        })
    }

    /// Asks about the comment `id`. It may be asked again, by the same
    /// `Idempotency-Key` and bytes: hamgate then gives its first answer again.
    ///
    /// # Errors
    /// There is no answer. The comment then waits; it is never published.
    pub async fn check(&self, id: &str, question: String) -> reqwest::Result<Answer> {
        let response = self
            .client
            .post(format!("{}/v1/check", self.url))
            .bearer_auth(&self.key)
            .header("Idempotency-Key", id)
            .header(CONTENT_TYPE, "application/json")
            .body(question)
            .send()
            .await?
            .error_for_status()?;
        response.json().await
    }
}
