//! A running WordPress, asked over its REST interface, page by page.

use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde_json::Value;
use url::{Host, Url};

use super::json::text;
use super::refused::Refused;
use super::spool::Spool;
use super::words::{date, ip};
use super::wp_status::of_wordpress;
use crate::domain::{Author, Comment, Post};
use crate::outbound::{Answer, Client, Failure, SystemNames, Times};

/// The statuses, each asked for by itself: the interface knows no list of them.
const STATUSES: [&str; 4] = ["approve", "hold", "spam", "trash"];
/// Comments of a page: as many as WordPress gives.
const PER_PAGE: usize = 100;
/// The largest page, in bytes.
const LARGEST_PAGE: usize = 64 * 1024 * 1024;
const TIMES: Times = Times {
    connect: Duration::from_secs(10),
    whole: Duration::from_secs(120),
    body: Duration::from_secs(90),
};
/// Times that a page is asked for, and how long is waited in between.
const ATTEMPTS: u32 = 4;
const WAIT: Duration = Duration::from_secs(3);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const FIELDS: &str = "id,parent,author,author_name,author_email,author_url,author_ip,\
    author_user_agent,date_gmt,content,status,type,link";

/// The blog, and who asks.
pub struct WordPress {
    client: Client,
    address: Url,
    authorization: HeaderValue,
}

impl WordPress {
    /// `password` is an application password of the user.
    ///
    /// # Errors
    /// The address cannot be asked, or not without showing the password to everybody.
    pub fn new(address: &str, user: &str, password: &str) -> Result<Self, Refused> {
        let mut address = Url::parse(address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or_else(|| Refused::file("is no web address", "give it as https://blog.example"))?;
        if !address.path().ends_with('/') {
            let path = format!("{}/", address.path());
            address.set_path(&path);
        }
        let here = match address.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        if address.scheme() == "http" && !here {
            return Err(Refused::file(
                "is not encrypted, and the password would be sent in the clear",
                "give the address with https://",
            ));
        }
        let encoded = BASE64.encode(format!("{user}:{password}").as_bytes());
        let mut authorization =
            HeaderValue::from_str(&format!("Basic {encoded}")).map_err(|error| {
                Refused::file(
                    format!("cannot be asked ({error})"),
                    "check user and password",
                )
            })?;
        authorization.set_sensitive(true);
        // Whoever types an address may call it, wherever it is.
        let client = Client::new(Arc::new(SystemNames), true, TIMES).map_err(|error| {
            Refused::file(
                format!("cannot be asked ({error})"),
                "install ca-certificates",
            )
        })?;
        Ok(Self {
            client,
            address,
            authorization,
        })
    }

    /// Fetches what the spool does not have yet; each page is kept as it comes.
    ///
    /// # Errors
    /// The blog does not answer, or not with comments.
    pub async fn read(&self, spool: &mut Spool, fetched: &dyn Fn(u64)) -> Result<(), Refused> {
        for status in STATUSES {
            let mut page = match spool.reached(status)? {
                None => 1,
                Some(page) if page == DONE => continue,
                Some(page) => page.parse().unwrap_or(1),
            };
            loop {
                let comments = self.page(status, page).await?;
                if comments.is_empty() {
                    break;
                }
                for one in &comments {
                    comment(one, spool)?;
                }
                page += 1;
                spool.reach(status, &page.to_string())?;
                fetched(spool.report.entries);
            }
            spool.reach(status, DONE)?;
        }
        Ok(())
    }

    async fn page(&self, status: &str, page: usize) -> Result<Vec<Value>, Refused> {
        let answer = self
            .answer(&self.url("wp-json/wp/v2/comments", None, status, page))
            .await?;
        let answer = match answer.status {
            // Where addresses are not rewritten, the interface is found like this.
            404 => {
                self.answer(&self.url("", Some("/wp/v2/comments"), status, page))
                    .await?
            }
            _ => answer,
        };
        let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let code = body
            .as_ref()
            .and_then(|body| text(body, "code"))
            .unwrap_or_default();
        match (answer.status, body) {
            (200, Some(Value::Array(comments))) => Ok(comments),
            (400, _) if code.ends_with("invalid_page_number") => Ok(Vec::new()),
            (401 | 403, _) => Err(Refused::file(
                format!("refuses this user ({} {code})", answer.status),
                "give --user one who may moderate comments, and in WORDPRESS_APPLICATION_PASSWORD an \
                 application password of theirs (Users, Profile)",
            )),
            (301..=308, _) => Err(Refused::file(
                "leads to another address",
                "give the address that your browser shows in the end",
            )),
            (200, _) => Err(Refused::file(
                "answers with something else than comments",
                "is it a WordPress, and its REST interface not switched off?",
            )),
            (status, _) => Err(Refused::file(
                format!("answers {status} {code}"),
                "run it again: it goes on where it was",
            )),
        }
    }

    fn url(&self, path: &str, route: Option<&str>, status: &str, page: usize) -> Url {
        let mut url = self.address.clone();
        url.set_path(&format!("{}{path}", self.address.path()));
        let mut query = url.query_pairs_mut();
        query.clear();
        if let Some(route) = route {
            query.append_pair("rest_route", route);
        }
        query
            .append_pair("context", "edit")
            .append_pair("status", status)
            .append_pair("orderby", "id")
            .append_pair("order", "asc")
            .append_pair("per_page", &PER_PAGE.to_string())
            .append_pair("page", &page.to_string())
            .append_pair("_fields", FIELDS);
        drop(query);
        url
    }

    /// Asks again where a blog is only busy.
    async fn answer(&self, url: &Url) -> Result<Answer, Refused> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, self.authorization.clone());
            let answer = self.client.get(url.as_str(), headers, LARGEST_PAGE).await;
            let busy = match &answer {
                Ok(answer) => matches!(answer.status, 429 | 500..=599),
                Err(failure) => matches!(
                    failure,
                    Failure::TooSlow | Failure::Broken | Failure::NotConnected
                ),
            };
            let asked = match &answer {
                Ok(answer) => answer
                    .retry_after
                    .as_ref()
                    .and_then(|time| time.parse().ok()),
                Err(_) => None,
            };
            match answer {
                _ if busy && attempt < ATTEMPTS => {
                    let wait = asked.map_or(WAIT * attempt, Duration::from_secs);
                    tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
                }
                Ok(answer) => return Ok(answer),
                Err(failure) => {
                    return Err(Refused::file(
                        format!("does not answer ({failure}): {}", failure.remedy()),
                        "run it again: it goes on where it was",
                    ));
                }
            }
        }
    }
}

/// In place of a page: there is no further one.
const DONE: &str = "done";

fn comment(one: &Value, spool: &mut Spool) -> Result<(), Refused> {
    let number_of = one.get("id").and_then(Value::as_u64).unwrap_or_default();
    let content = one.get("content").map(|content| {
        let raw = text(content, "raw");
        raw.or_else(|| text(content, "rendered"))
            .unwrap_or_default()
    });
    let number = |key: &str| text(one, key).filter(|number| number != "0");
    let link = text(one, "link");
    let comment = Comment {
        id: text(one, "id"),
        kind: text(one, "type"),
        parent_id: number("parent"),
        content: content.unwrap_or_default(),
        submitted_at: text(one, "date_gmt").and_then(|at| date(&at)),
        author: Author {
            name: text(one, "author_name"),
            email: text(one, "author_email"),
            url: text(one, "author_url"),
            ip: text(one, "author_ip").as_deref().and_then(ip),
            user_agent: text(one, "author_user_agent"),
            user_id: number("author"),
            ..Author::default()
        },
        post: Post {
            url: link.and_then(|link| Some(link.split('#').next()?.to_owned())),
            ..Post::default()
        },
        ..Comment::default()
    };
    let status = text(one, "status").unwrap_or_default();
    of_wordpress(number_of, comment, &status, spool)
}
