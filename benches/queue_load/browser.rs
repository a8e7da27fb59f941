//! A moderator's browser: signs in, follows links, decides.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use hamgate::domain::{KeyKind, Role};
use hamgate::service::{Installation, NewAccount};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::redirect::Policy;

use crate::generator::SITE;

const NAME: &str = "load";
const PASSWORD: &str = "otter violin gravel teapot";

/// Makes the account where there is none, and a key of the site.
pub async fn account(installation: &Installation) -> String {
    let new = NewAccount {
        name: NAME.into(),
        role: Role::Moderator,
        sites: vec![SITE.into()],
    };
    // It is there already where the store was made by an earlier run.
    let _ = installation.add_moderator_with(new, PASSWORD).await;
    let key = installation
        .rotate_key(SITE, KeyKind::Api, Duration::ZERO)
        .await;
    key.expect("the site is there").as_str().to_owned()
}

pub struct Browser {
    client: Client,
    origin: String,
    key: String,
    cookies: RefCell<String>,
    token: RefCell<String>,
}

/// What is needed to take a decision back.
pub struct Decided {
    comment: String,
    decision: String,
}

impl Browser {
    pub fn signed_in(address: SocketAddr, key: &str) -> Self {
        hamgate::outbound::choose_cryptography();
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(300))
            .build()
            .expect("a client");
        let browser = Self {
            client,
            origin: format!("http://{address}"),
            key: key.to_owned(),
            cookies: RefCell::default(),
            token: RefCell::default(),
        };
        browser.get("/desk/sign-in");
        let fields = [("name", NAME), ("password", PASSWORD)];
        let answer = browser.post("/desk/sign-in", &fields);
        assert_eq!(answer.status(), 303, "signed in");
        let cookies = answer.headers().get_all("set-cookie").iter();
        let pairs: Vec<&str> = cookies
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .collect();
        *browser.cookies.borrow_mut() = pairs.join("; ");
        browser.get("/desk/account");
        browser
    }

    /// The page's text; anything but 200 ends the benchmark.
    pub fn get(&self, path: &str) -> String {
        let request = self.client.get(format!("{}{path}", self.origin));
        let request = match path.starts_with("/v1") {
            true => request.bearer_auth(&self.key),
            false => self.with_cookies(request),
        };
        let answer = request.send().expect("an answer");
        self.keep(&answer);
        let status = answer.status();
        let page = answer.text().expect("a text");
        assert!(status == 200, "{path}: {status} {page}");
        if let Some(token) = between(&page, "name=\"token\" value=\"") {
            *self.token.borrow_mut() = token.to_owned();
        }
        page
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let token = self.token.borrow().clone();
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("token", &token).extend_pairs(fields);
        let request = self
            .client
            .post(format!("{}{path}", self.origin))
            .header("sec-fetch-site", "same-origin")
            .header("origin", "null")
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = self.with_cookies(request).body(body.finish()).send();
        answer.expect("an answer")
    }

    fn with_cookies(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("cookie", self.cookies.borrow().as_str())
    }

    /// Before signing in the form's cookie is all there is.
    fn keep(&self, answer: &Response) {
        let mut cookies = self.cookies.borrow_mut();
        if cookies.is_empty()
            && let Some(cookie) = answer.headers().get("set-cookie")
        {
            let pair = cookie.to_str().expect("text").split(';').next();
            *cookies = pair.unwrap_or_default().to_owned();
        }
    }

    /// The page and those that its link to the next one leads to.
    pub fn onward(&self, first: &str, pages: usize) -> Vec<String> {
        let mut paths = vec![first.to_owned()];
        while paths.len() < pages {
            let page = self.get(&paths[paths.len() - 1]);
            let next = links(&page)
                .into_iter()
                .rfind(|link| link.contains("after="));
            match next {
                Some(next) => paths.push(next),
                None => break,
            }
        }
        paths
    }

    /// The page's links to addresses with that part.
    pub fn links(&self, path: &str, part: &str) -> Vec<String> {
        let mut found = links(&self.get(path));
        found.retain(|link| link.contains(part));
        found.dedup();
        found
    }

    /// Accepts the first card of the page; how long that took.
    pub fn decide(&self, page: &str) -> (Duration, Decided) {
        let (_, card) = page
            .split_once("<article class=\"card\" id=\"c-")
            .expect("a card");
        let comment = card[..36].to_owned();
        let version = between(card, "name=\"version\" value=\"").expect("a version");
        let path = format!("/desk/comments/{comment}/decision");
        let begun = Instant::now();
        let answer = self.post(&path, &[("do", "accept"), ("version", version)]);
        let elapsed = begun.elapsed();
        assert_eq!(answer.status(), 200, "{comment} decided");
        let heard = answer.text().expect("a text");
        let decision = between(&heard, "\"decision\":\"")
            .expect("a decision")
            .to_owned();
        (elapsed, Decided { comment, decision })
    }

    pub fn undo(&self, decided: &Decided) {
        let path = format!("/desk/comments/{}/undo", decided.comment);
        let answer = self.post(&path, &[("decision", &decided.decision)]);
        assert_eq!(answer.status(), 200, "{} taken back", decided.comment);
    }

    /// Bytes of what every page loads besides itself.
    pub fn assets(&self) -> usize {
        let page = self.get("/desk/account");
        let mut paths: Vec<&str> = page
            .split('"')
            .filter(|part| part.starts_with("/desk/assets/"))
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths.into_iter().map(|path| self.get(path).len()).sum()
    }
}

/// Comments or campaigns of a page.
pub fn items(page: &str) -> usize {
    let cards = page.matches("<article class=\"card\"").count();
    let campaigns = page.matches("<li>\n<h2>").count();
    cards + campaigns + page.matches("\"comment_id\"").count()
}

fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1);
    links
        .filter_map(|link| Some(link.split('"').next()?.replace("&#38;", "&")))
        .collect()
}

fn between<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split('"').next()
}
