//! The page, its stylesheet and its icon, as they are served.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use serde_json::Value;

use super::html::{escaped, inline};
use super::operations::Operation;
use super::schemas;
use crate::http::error::ErrorCode;
use crate::http::headers::PAGE_CSP;
use crate::http::openapi::openapi_json;

const FIRST_CALL: &str = r#"curl http://127.0.0.1:8080/v1/check \
  -H "Authorization: Bearer $KEY" \
  -H 'Content-Type: application/json' \
  -d '{"content": "Thank you, that helped!"}'"#;

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let document = serde_json::from_str(&openapi_json()).expect("the document is JSON");
    render(&document)
});

/// `GET /docs`
pub async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, PAGE_CSP))
        .body(PAGE.as_str())
}

/// `GET /docs/style.css`
pub async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(include_str!("style.css"))
}

/// `GET /docs/icon.svg`
pub async fn icon() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/svg+xml")
        .body(include_str!("icon.svg"))
}

fn render(document: &Value) -> String {
    let info = |name: &str| document["info"][name].as_str().unwrap_or_default();
    let mut contents = String::new();
    let mut sections = String::new();
    for tag in document["tags"].as_array().into_iter().flatten() {
        let name = tag["name"].as_str().unwrap_or_default();
        contents.push_str(&format!("<h2>{}</h2>\n<ul>\n", escaped(name)));
        sections.push_str(&format!(
            "<section>\n<h2>{}</h2>\n<p>{}</p>\n",
            escaped(name),
            inline(tag["description"].as_str().unwrap_or_default())
        ));
        for operation in Operation::all(document).filter(|operation| operation.is_of(name)) {
            contents.push_str(&format!("<li>{}</li>\n", operation.link()));
            sections.push_str(&operation.section());
        }
        contents.push_str("</ul>\n");
        sections.push_str("</section>\n");
    }
    let schemas: String = document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| schemas::section(name, schema))
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>hamgate API</title>\n\
         <link rel=\"icon\" href=\"/docs/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"/docs/style.css\">\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#first-call\">Skip the contents</a>\n\
         <header>\n<h1>{title} <small>{version}</small></h1>\n<p>{description}</p>\n</header>\n\
         <nav aria-label=\"Contents\">\n{contents}<h2>More</h2>\n<ul>\n\
         <li><a href=\"#schemas\">Schemas</a></li>\n<li><a href=\"#errors\">Errors</a></li>\n\
         <li><a href=\"/openapi.json\">OpenAPI document</a></li>\n</ul>\n</nav>\n<main>\n\
         <section id=\"first-call\">\n<h2>A first call</h2>\n\
         <p>{auth}</p>\n<pre><code>{call}</code></pre>\n</section>\n\
         {sections}<section id=\"schemas\">\n<h2>Schemas</h2>\n{schemas}</section>\n\
         <section id=\"errors\">\n<h2>Errors</h2>\n{errors}</section>\n</main>\n</body>\n</html>\n",
        title = escaped(info("title")),
        version = escaped(info("version")),
        description = inline(info("description")),
        auth = inline(
            "Everything below `/v1` needs a site's API key, as `Authorization: Bearer KEY`. \
             `hamgate serve` shows it on its first start, `hamgate sites rotate` makes a new one."
        ),
        call = escaped(FIRST_CALL),
        errors = errors(),
    )
}

fn errors() -> String {
    let mut html = String::from("<dl class=\"errors\">\n");
    for code in ErrorCode::ALL {
        html.push_str(&format!(
            "<dt id=\"{0}\"><span class=\"bad\">{1}</span> <code>{0}</code></dt>\n\
             <dd>{2}. {3}</dd>\n",
            escaped(code.as_str()),
            code.status(),
            inline(code.title()),
            inline(code.remedy())
        ));
    }
    html.push_str("</dl>\n");
    html
}
