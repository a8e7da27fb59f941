//! The desk of a service: people who may sign in, and comments to decide.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::page::Page;
use super::service::Service;

pub const PASSWORD: &str = "otter violin gravel teapot";
const HONEST: &str = "I followed your steps for the sourdough starter and it finally rose on \
     the fifth day. My kitchen is cold, so I kept it on top of the fridge. How long do you let \
     the dough rest before shaping?";

impl Service {
    /// Makes an account with [`PASSWORD`]: `viewer` and `moderator` see the
    /// site `blog`, an `admin` sees all.
    pub fn add_moderator(&self, name: &str, role: &str) {
        let mut arguments = vec!["moderators", "add", name, "--role", role];
        if role != "admin" {
            arguments.extend(["--site", "blog"]);
        }
        arguments.push("--password-stdin");
        let mut command = self.command(&arguments);
        let mut command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = command.stdin.take().unwrap();
        writeln!(input, "{PASSWORD}").unwrap();
        drop(input);
        assert!(command.wait().unwrap().success(), "{name}");
    }

    /// A blog has a comment judged; the answer.
    pub async fn check(&self, comment: &Value) -> Value {
        let answer = reqwest::Client::new()
            .post(format!("{}/v1/check", self.address))
            .bearer_auth(&self.key)
            .json(comment)
            .send()
            .await;
        let answer = answer.unwrap().error_for_status().unwrap();
        answer.json().await.unwrap()
    }

    /// Comments by `Author 1`, `Author 2`, … that are held, if the service is
    /// one that holds; their ids, the oldest first.
    pub async fn seed(&self, number: usize) -> Vec<String> {
        let mut ids = Vec::new();
        for place in 1..=number {
            let answer = self
                .check(&json!({
                    "id": place.to_string(),
                    "author": {
                        "name": format!("Author {place}"),
                        "email": format!("author{place}@mail.example"),
                    },
                    "content": format!("On day {place} the bread rose well. {HONEST}"),
                    "post": { "title": "Bread at home" },
                }))
                .await;
            ids.push(answer["comment_id"].as_str().unwrap().to_owned());
        }
        ids
    }

    /// The comment with what was decided on it.
    pub async fn comment(&self, id: &str) -> Value {
        self.get(&format!("/v1/comments/{id}")).await
    }
}

impl Page {
    /// Signs in with [`PASSWORD`]; the queue is open then.
    pub async fn sign_in(&self, service: &Service, name: &str) {
        self.open(&format!("{}/desk", service.address)).await;
        self.fill_in("Name", name).await;
        self.fill_in("Password", PASSWORD).await;
        self.click("Sign in").await;
        assert!(self.shows("#cards").await, "{name} is not at the queue");
    }

    /// Opens a page of the desk.
    pub async fn desk(&self, service: &Service, path: &str) {
        self.open(&format!("{}/desk{path}", service.address)).await;
    }

    /// Waits until the card of the comment has the focus.
    pub async fn focused(&self, id: &str) {
        let script = format!("document.activeElement.id === 'c-{id}'");
        self.becomes(&script).await;
    }

    /// Waits until the comment has no card any more.
    pub async fn gone(&self, id: &str) {
        let script = format!("document.getElementById('c-{id}') === null");
        self.becomes(&script).await;
    }

    /// Waits until the first element that fits has a text of which `is_so` holds.
    pub async fn until(&self, selector: &str, is_so: impl Fn(&str) -> bool) {
        let script = format!("document.querySelector({selector:?})?.textContent ?? null");
        let so = |seen: &Value| seen.as_str().is_some_and(|text| is_so(text.trim()));
        self.ask_until(&script, so).await;
    }

    /// Waits until the page itself says that it is so.
    pub async fn becomes(&self, script: &str) {
        self.ask_until(script, |seen| seen == true).await;
    }
}
