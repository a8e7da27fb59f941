//! What the browser wrote down: messages of its console, requests that were made.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::page::Page;

/// Reads, and empties, one of chromedriver's logs.
#[derive(Debug)]
struct ReadLog(&'static str);

impl WebDriverCompatibleCommand for ReadLog {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (reqwest::Method, Option<String>) {
        let body = json!({ "type": self.0 });
        (reqwest::Method::POST, Some(body.to_string()))
    }
}

impl Page {
    async fn log(&self, kind: &'static str) -> Vec<Value> {
        let log = self.client.issue_cmd(ReadLog(kind)).await.unwrap();
        log.as_array().cloned().unwrap_or_default()
    }

    /// Errors of scripts, and what the page's policy forbade, since the last look.
    pub async fn console(&self) -> Vec<String> {
        let log = self.log("browser").await;
        log.iter()
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    /// The addresses that were asked for since the last look.
    pub async fn requests(&self) -> Vec<String> {
        let entries = self.log("performance").await;
        let events = entries
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
        events
            .filter(|event| event["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|event| {
                let address = &event["message"]["params"]["request"]["url"];
                Some(address.as_str()?.to_owned())
            })
            .collect()
    }

    /// Whether a dialog is open, such as a script's `alert`.
    pub async fn has_dialog(&self) -> bool {
        self.client.get_alert_text().await.is_ok()
    }
}
