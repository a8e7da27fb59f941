//! Operations as HTML: what is sent, what is answered, by example.

use serde_json::Value;

use super::html::{anchor, escaped, inline, prose};
use super::schemas;

/// One operation of the document.
pub struct Operation<'d> {
    pub method: &'d str,
    pub path: &'d str,
    pub body: &'d Value,
}

impl<'d> Operation<'d> {
    /// Every operation, in the order of the document.
    pub fn all(document: &'d Value) -> impl Iterator<Item = Self> {
        let paths = document["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods.map(|(method, body)| Self { method, path, body })
        })
    }

    pub fn is_of(&self, tag: &str) -> bool {
        let mut tags = self.body["tags"].as_array().into_iter().flatten();
        tags.any(|own| own == tag)
    }

    /// A link to the operation's section.
    pub fn link(&self) -> String {
        format!("<a href=\"#{}\">{}</a>", self.anchor(), self.name())
    }

    /// The whole section.
    pub fn section(&self) -> String {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default();
        let mut html = format!(
            "<article id=\"{}\">\n<h3>{}</h3>\n<p class=\"summary\">{}</p>\n{}",
            self.anchor(),
            self.name(),
            inline(text("summary")),
            prose(text("description"))
        );
        html.push_str(&self.parameters());
        if !self.body["requestBody"].is_null() {
            html.push_str("<h4>Send</h4>\n");
            if let Some(text) = self.body["requestBody"]["description"].as_str() {
                html.push_str(&prose(text));
            }
            html.push_str(&content(&self.body["requestBody"]));
        }
        html.push_str("<h4>Answers</h4>\n<dl class=\"answers\">\n");
        for (status, answer) in self.body["responses"].as_object().into_iter().flatten() {
            let class = match status.starts_with('2') {
                true => "good",
                false => "bad",
            };
            html.push_str(&format!(
                "<dt class=\"{class}\">{}</dt>\n<dd>{}",
                escaped(status),
                inline(answer["description"].as_str().unwrap_or_default())
            ));
            if class == "good" {
                html.push_str(&content(answer));
            }
            html.push_str("</dd>\n");
        }
        html.push_str("</dl>\n</article>\n");
        html
    }

    fn anchor(&self) -> String {
        anchor(self.body["operationId"].as_str().unwrap_or(self.path))
    }

    fn name(&self) -> String {
        // A long path may break where a part of it begins.
        let path = escaped(self.path).replace('/', "<wbr>/");
        let method = escaped(&self.method.to_uppercase());
        format!(
            "<span class=\"method {}\">{method}</span> <code>{path}</code>",
            escaped(self.method)
        )
    }

    fn parameters(&self) -> String {
        let Some(parameters) = self.body["parameters"].as_array() else {
            return String::new();
        };
        let mut html = String::from("<h4>Parameters</h4>\n<dl class=\"fields\">\n");
        for parameter in parameters {
            let text = |name: &str| parameter[name].as_str().unwrap_or_default();
            html.push_str(&format!(
                "<dt><code>{}</code> <span class=\"kind\">{}, {}</span></dt>\n<dd>{}</dd>\n",
                escaped(text("name")),
                schemas::kind(&parameter["schema"]),
                escaped(text("in")),
                inline(text("description"))
            ));
        }
        html.push_str("</dl>\n");
        html
    }
}

/// The types of a body, with an example where there is one.
fn content(body: &Value) -> String {
    let mut html = String::new();
    for (media, content) in body["content"].as_object().into_iter().flatten() {
        html.push_str(&format!(
            "<p class=\"media\"><code>{}</code> {}</p>\n",
            escaped(media),
            schemas::kind(&content["schema"])
        ));
        let example = match &content["example"] {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            value => serde_json::to_string_pretty(value).unwrap_or_default(),
        };
        html.push_str(&format!("<pre><code>{}</code></pre>\n", escaped(&example)));
    }
    html
}
