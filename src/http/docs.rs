//! `GET /docs`: the API reference as a page, made from the API document and
//! the table of errors. It needs no script and no other host.

use std::fmt::Write;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use serde_json::Value;

use super::error::ErrorCode;
use super::headers::PAGE_CSP;
use super::openapi::openapi_json;

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let document = serde_json::from_str(&openapi_json()).unwrap_or_default();
    page(&document)
});

/// The page.
pub async fn page_of_the_api() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, PAGE_CSP))
        .content_type("text/html; charset=utf-8")
        .body(PAGE.as_str())
}

/// Its stylesheet.
pub async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(include_str!("docs.css"))
}

fn page(document: &Value) -> String {
    let mut body = String::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            operation_section(&mut body, document, path, method, operation);
        }
    }
    let mut errors = String::new();
    for code in ErrorCode::ALL {
        let (name, status) = (code.as_str(), code.status());
        let (title, remedy) = (text(code.title()), text(code.remedy()));
        let _ = write!(
            errors,
            "<tr id=\"{name}\"><td><code>{name}</code></td><td>{status}</td><td>{title}. {remedy}</td></tr>"
        );
    }
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>hamgate API</title><link rel=\"stylesheet\" href=\"/docs/style.css\"></head>\
         <body><main><h1>hamgate API</h1>\
         <p>Calls under <code>/v1</code> need <code>Authorization: Bearer KEY</code>. \
         The same, for programs: <a href=\"/openapi.json\">openapi.json</a>.</p>{body}\
         <h2>Errors</h2><div class=\"wide\"><table><thead><tr><th>code</th><th>status</th>\
         <th>what it means, and what to do</th></tr></thead><tbody>{errors}</tbody></table></div>\
         </main></body></html>"
    )
}

fn operation_section(
    body: &mut String,
    document: &Value,
    path: &str,
    method: &str,
    operation: &Value,
) {
    let said = |value: &Value| text(value.as_str().unwrap_or_default());
    let _ = write!(
        body,
        "<section><h2><span class=\"method\">{}</span> <code>{}</code></h2><p>{} {}</p>",
        text(&method.to_uppercase()),
        text(path),
        said(&operation["summary"]),
        said(&operation["description"]),
    );
    let mut rows = String::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = said(&parameter["name"]);
        let place = said(&parameter["in"]);
        let _ = write!(
            rows,
            "<tr><td><code>{name}</code></td><td>{place}</td><td>{}</td></tr>",
            said(&parameter["description"])
        );
    }
    let request = &operation["requestBody"]["content"]["application/json"]["schema"];
    fields(&mut rows, document, request, "", 0);
    table(body, "Request", "where or what", &rows);
    let answer = &operation["responses"]["200"];
    let mut rows = String::new();
    fields(
        &mut rows,
        document,
        &answer["content"]["application/json"]["schema"],
        "",
        0,
    );
    let _ = write!(
        body,
        "<p><strong>200</strong> {}</p>",
        said(&answer["description"])
    );
    table(body, "Answer", "type", &rows);
    body.push_str("</section>");
}

fn table(body: &mut String, title: &str, second: &str, rows: &str) {
    if !rows.is_empty() {
        let _ = write!(
            body,
            "<h3>{title}</h3><div class=\"wide\"><table><thead><tr><th>field</th><th>{second}</th>\
             <th>meaning</th></tr></thead><tbody>{rows}</tbody></table></div>"
        );
    }
}

/// Rows for a schema's fields, those of objects inside it with their path.
fn fields(rows: &mut String, document: &Value, schema: &Value, path: &str, depth: usize) {
    let schema = resolved(document, schema);
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fields(rows, document, part, path, depth);
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let inner = resolved(document, field);
        let name = format!("{path}{name}");
        let meaning = [&field["description"], &inner["description"]];
        let meaning = meaning
            .iter()
            .find_map(|value| value.as_str())
            .unwrap_or_default();
        let _ = write!(
            rows,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
            text(&name),
            text(&kind(inner)),
            text(meaning)
        );
        if depth < 2 {
            let items = resolved(document, &inner["items"]);
            let (below, mark) = if items.is_null() {
                (inner, "")
            } else {
                (items, "[]")
            };
            fields(rows, document, below, &format!("{name}{mark}."), depth + 1);
        }
    }
}

/// What a `$ref`, or the one choice beside `null`, stands for.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
    {
        return &document["components"]["schemas"][name];
    }
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    match choices.into_iter().find(|choice| choice["type"] != "null") {
        Some(choice) if !choice["$ref"].is_null() => resolved(document, choice),
        _ => schema,
    }
}

fn kind(schema: &Value) -> String {
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return words.join(" | ");
    }
    match &schema["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join(" | ")
        }
        _ => "object".to_owned(),
    }
}

/// Text for a page; backticks become code.
fn text(plain: &str) -> String {
    let escaped = plain
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let mut page = String::new();
    for (place, part) in escaped.split('`').enumerate() {
        let code = place % 2 == 1;
        page.push_str(if code { "<code>" } else { "" });
        page.push_str(part);
        page.push_str(if code { "</code>" } else { "" });
    }
    page
}
