//! A browser at the moderator's desk: keeps cookies, fills in forms, and follows
//! no redirect by itself.

use std::cell::RefCell;
use std::collections::BTreeMap;

use hamgate::domain::Role;
use hamgate::service::NewAccount;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::redirect::Policy;

use super::{Answer, TestApp, block_on, send};

pub const PASSWORD: &str = "otter violin gravel teapot";

pub struct Browser {
    client: Client,
    origin: String,
    pub cookies: RefCell<BTreeMap<String, String>>,
    /// The last one that a page had.
    pub token: RefCell<String>,
}

impl TestApp {
    /// With time enough for passwords to be hashed on a busy machine.
    pub fn start_desk() -> Self {
        Self::start_with(|config| config.http.handler_seconds = 300, |_| {})
    }

    pub fn browser(&self) -> Browser {
        Browser {
            client: Client::builder()
                .redirect(Policy::none())
                .timeout(std::time::Duration::from_secs(300))
                .build()
                .unwrap(),
            origin: format!("http://{}", self.address),
            cookies: RefCell::default(),
            token: RefCell::default(),
        }
    }

    /// Makes an account with [`PASSWORD`].
    pub fn add_moderator(&self, name: &str, role: Role, sites: &[&str]) {
        let new = account(name, role, sites);
        block_on(self.installation.add_moderator_with(new, PASSWORD)).unwrap();
    }

    /// Makes an account; the path of its one-time link.
    pub fn invite(&self, name: &str, role: Role, sites: &[&str]) -> String {
        let token = block_on(self.installation.add_moderator(account(name, role, sites)));
        format!("/desk/welcome/{}", token.unwrap().as_str())
    }

    pub fn signed_in(&self, name: &str) -> Browser {
        let browser = self.browser();
        let answer = browser.sign_in(name, PASSWORD);
        assert_eq!(answer.status, 303, "{name}: {answer:?}");
        browser
    }

    /// Changes the database under the service.
    pub fn sql(&self, sql: &str) {
        let path = self.data_directory().join("hamgate.sqlite");
        let database = rusqlite::Connection::open(path).unwrap();
        assert!(database.execute(sql, []).unwrap() > 0, "{sql}");
    }
}

fn account(name: &str, role: Role, sites: &[&str]) -> NewAccount {
    NewAccount {
        name: name.into(),
        role,
        sites: sites.iter().map(|site| (*site).to_owned()).collect(),
    }
}

impl Browser {
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.origin);
        let cookies: Vec<String> = self
            .cookies
            .borrow()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self.client.request(method.parse().unwrap(), url);
        match cookies.is_empty() {
            true => request,
            false => request.header("cookie", cookies.join("; ")),
        }
    }

    /// Sends it, and keeps cookies and the form's token.
    pub fn send(&self, request: RequestBuilder) -> Answer {
        let answer = send(request);
        for cookie in answer.headers.get_all("set-cookie") {
            let (pair, rest) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            match rest.contains("Max-Age=0") {
                true => cookies.remove(name),
                false => cookies.insert(name.into(), value.into()),
            };
        }
        if let Some(token) = hidden(&answer.text, "token") {
            *self.token.borrow_mut() = token;
        }
        answer
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path))
    }

    /// Sends a form as a browser does, with the last page's token.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(path, fields))
    }

    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let token = self.token.borrow().clone();
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("token", &token).extend_pairs(fields);
        self.request("POST", path)
            .header("sec-fetch-site", "same-origin")
            // What browsers write for pages that send no referrer.
            .header("origin", "null")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.finish())
    }

    pub fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.get("/desk/sign-in");
        let answer = self.post("/desk/sign-in", &[("name", name), ("password", password)]);
        if answer.status == 303 {
            // The session's own token.
            self.get("/desk/account");
        }
        answer
    }

    pub fn session(&self) -> String {
        self.cookies.borrow()["hamgate"].clone()
    }
}

/// The value of the first hidden field of that name.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    let field = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&field)?;
    Some(rest.split('"').next()?.to_owned())
}
