//! The page that the browser shows, and what people do with it.

use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::Value;

/// For what comes by itself, such as a webhook. Nothing waits this long
/// unless it is broken.
const PATIENCE: Duration = Duration::from_secs(120);

pub struct Page {
    client: Client,
}

impl Page {
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Reloads until `selector` is there.
    pub async fn reload_until(&self, selector: &str) {
        let there = async {
            while !self.shows(selector).await {
                tokio::time::sleep(Duration::from_millis(100)).await;
                self.reload().await;
            }
        };
        tokio::time::timeout(PATIENCE, there)
            .await
            .unwrap_or_else(|_| panic!("{selector} never came"));
    }

    /// Types into the field that a label names.
    pub async fn fill_in(&self, label: &str, text: &str) {
        let label = format!("//label[starts-with(normalize-space(), '{label}')]");
        let label = self.client.find(Locator::XPath(&label)).await.unwrap();
        let id = label.attr("for").await.unwrap().expect("it names a field");
        let field = self.client.find(Locator::Id(&id)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Clicks on the link or button with this text, and comes to another page.
    pub async fn click(&self, text: &str) {
        let control = format!("//*[self::a or self::button][normalize-space() = '{text}']");
        let control = self.client.find(Locator::XPath(&control)).await.unwrap();
        let left = self.element("html").await;
        control.click().await.unwrap();
        // A tap on a phone returns before the page is left.
        let gone = async {
            while left.tag_name().await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, gone)
            .await
            .unwrap_or_else(|_| panic!("{text} leads nowhere"));
    }

    pub async fn press(&self, key: char) {
        let focused = self.client.active_element().await.unwrap();
        focused.send_keys(&key.to_string()).await.unwrap();
    }

    pub async fn shows(&self, selector: &str) -> bool {
        let found = self.client.find_all(Locator::Css(selector)).await.unwrap();
        !found.is_empty()
    }

    /// The text that people see of the first element.
    pub async fn text(&self, selector: &str) -> String {
        self.element(selector).await.text().await.unwrap()
    }

    /// What stands in a field.
    pub async fn value(&self, selector: &str) -> String {
        let value = self.element(selector).await.prop("value").await.unwrap();
        value.unwrap_or_default()
    }

    pub async fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.element(selector).await.attr(name).await.unwrap()
    }

    async fn element(&self, selector: &str) -> fantoccini::elements::Element {
        let found = self.client.find(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Asks the page itself.
    pub async fn ask(&self, script: &str) -> Value {
        let script = format!("return ({script});");
        self.client.execute(&script, Vec::new()).await.unwrap()
    }

    /// Asks the page again and again until the answer is right.
    pub async fn ask_until(&self, script: &str, is_right: impl Fn(&Value) -> bool) {
        let whole = format!("return ({script});");
        let mut last = Value::Null;
        let right = async {
            loop {
                // Between two pages there is none that could answer.
                if let Ok(seen) = self.client.execute(&whole, Vec::new()).await {
                    last = seen;
                    if is_right(&last) {
                        break;
                    }
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, right).await;
        assert!(in_time.is_ok(), "{script} stays {last}");
    }

    /// How far the page could be scrolled to the side, in pixels.
    pub async fn overhang(&self) -> i64 {
        let root = "document.documentElement";
        let overhang = self
            .ask(&format!("{root}.scrollWidth - {root}.clientWidth"))
            .await;
        overhang.as_i64().unwrap()
    }
}
