//! Schemas as HTML: each object a list of fields, each reference a link.

use serde_json::Value;

use super::html::{anchor, escaped, inline, prose};

const PREFIX: &str = "#/components/schemas/";

/// The section of one schema.
pub fn section(name: &str, schema: &Value) -> String {
    let mut html = format!(
        "<article id=\"schema-{}\">\n<h3>{}</h3>\n",
        anchor(name),
        escaped(name)
    );
    if let Some(description) = schema["description"].as_str() {
        html.push_str(&prose(description));
    }
    html.push_str(&body(schema));
    html.push_str("</article>\n");
    html
}

/// What a schema holds.
pub fn body(schema: &Value) -> String {
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().map(body).collect();
    }
    if let Some(name) = referred(schema) {
        return format!("<p>Every field of {}, and:</p>\n", link(name));
    }
    let Some(fields) = schema["properties"].as_object() else {
        return format!("<p>{}</p>\n", kind(schema));
    };
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut html = String::from("<dl class=\"fields\">\n");
    for (name, field) in fields {
        let needed = match required.contains(&name.as_str()) {
            true => " <span class=\"needed\">always</span>",
            false => "",
        };
        html.push_str(&format!(
            "<dt><code>{}</code> <span class=\"kind\">{}</span>{needed}</dt>\n<dd>{}</dd>\n",
            escaped(name),
            kind(field),
            description(field).map(inline).unwrap_or_default()
        ));
    }
    html.push_str("</dl>\n");
    html
}

/// A type in a few words, as HTML.
pub fn kind(schema: &Value) -> String {
    if let Some(name) = referred(schema) {
        return link(name);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if let Some(words) = schema["enum"].as_array() {
        let words = words.iter().filter_map(Value::as_str);
        let words: Vec<String> = words
            .map(|word| format!("<code>{}</code>", escaped(word)))
            .collect();
        return words.join(", ");
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(name) => with_format(name, schema),
        Value::Array(names) => {
            let names = names.iter().filter_map(Value::as_str);
            let names: Vec<String> = names.map(|name| with_format(name, schema)).collect();
            names.join(" or ")
        }
        _ => "any value".into(),
    }
}

fn with_format(name: &str, schema: &Value) -> String {
    match schema["format"].as_str() {
        Some(format @ ("uuid" | "date-time")) if name == "string" => format.into(),
        _ => escaped(name),
    }
}

fn description(schema: &Value) -> Option<&str> {
    schema["description"].as_str().or_else(|| {
        let choices = schema["oneOf"].as_array()?;
        choices
            .iter()
            .find_map(|choice| choice["description"].as_str())
    })
}

fn referred(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(PREFIX)
}

fn link(name: &str) -> String {
    format!("<a href=\"#schema-{}\">{}</a>", anchor(name), escaped(name))
}
