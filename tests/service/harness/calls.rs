//! The calls that a blog and a moderator make.

use reqwest::blocking::RequestBuilder;
use serde_json::{Value, json};

use super::{Answer, TestApp};

impl TestApp {
    /// A request without a key.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        let url = format!("http://{}{path}", self.address);
        self.client.request(method, url)
    }

    /// A request with the first site's key.
    pub fn asks(&self, method: &str, path: &str) -> RequestBuilder {
        self.request(method, path).bearer_auth(&self.key)
    }

    pub fn get(&self, path: &str) -> Answer {
        send(self.asks("GET", path))
    }

    pub fn check(&self, comment: &Value) -> Answer {
        send(self.asks("POST", "/v1/check").json(comment))
    }

    pub fn check_text(&self, content: &str) -> Answer {
        self.check(&json!({ "content": content }))
    }

    /// A check whose body is not what a JSON library writes.
    pub fn check_bytes(&self, body: impl Into<Vec<u8>>) -> Answer {
        send(
            self.asks("POST", "/v1/check")
                .header("content-type", "application/json")
                .body(body.into()),
        )
    }

    pub fn check_once(&self, idempotency_key: &str, comment: &Value) -> Answer {
        send(
            self.asks("POST", "/v1/check")
                .header("idempotency-key", idempotency_key)
                .json(comment),
        )
    }

    pub fn check_stream(&self, lines: &str) -> Answer {
        send(
            self.asks("POST", "/v1/check/stream")
                .header("content-type", "application/x-ndjson")
                .body(lines.to_owned()),
        )
    }

    pub fn feedback(&self, body: &Value) -> Answer {
        send(self.asks("POST", "/v1/feedback").json(body))
    }

    /// `query` is what stands after the `?`.
    pub fn comments(&self, query: &str) -> Answer {
        self.get(&format!("/v1/comments?{query}"))
    }

    pub fn comment(&self, id: &str) -> Answer {
        self.get(&format!("/v1/comments/{id}"))
    }

    pub fn decide(&self, id: &str, body: &Value) -> Answer {
        let path = format!("/v1/comments/{id}/decision");
        send(self.asks("POST", &path).json(body))
    }

    pub fn undo(&self, id: &str) -> Answer {
        send(self.asks("DELETE", &format!("/v1/comments/{id}/decision")))
    }

    pub fn stats(&self) -> Value {
        self.get("/v1/stats").ok()
    }
}

pub fn send(request: RequestBuilder) -> Answer {
    let response = request.send().expect("there was no answer");
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().unwrap(),
    }
}
