//! What is around these pages, and how they leave.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, VARY};
use actix_web::web::Path;
use askama::Template;

use crate::http::desk::{Asset, ICON, error_said, rendered, shown};
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;

/// Our own stylesheet and image, and forms that come back to us; no script.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
     base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// The desk's own, and what only these pages have.
static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let style = concat!(include_str!("../desk/style.css"), include_str!("style.css"));
    Asset::of("style", "css", "text/css", style)
});

/// Where the files of these pages are: the desk's lie behind its gate, which
/// sets a cookie.
const FILES: &str = "/public";

/// Around every page.
pub struct Frame {
    /// In which words.
    pub l: Locale,
    pub title: String,
    pub style: String,
    pub icon: String,
    /// The blog's name and address, where it is known.
    pub blog: Option<(String, String)>,
}

impl Frame {
    /// `blog` is a site's name and address.
    pub fn of(l: Locale, title: impl Into<String>, blog: Option<(&str, &str)>) -> Self {
        Self {
            l,
            title: title.into(),
            style: STYLE.below(FILES),
            icon: ICON.below(FILES),
            blog: blog.map(|(name, url)| (shown::plain(name), url.to_owned())),
        }
    }

    /// What the page can be read in.
    pub fn languages(&self) -> Vec<Locale> {
        Locale::all().collect()
    }
}

/// Something went wrong.
#[derive(Template)]
#[template(path = "public-problem.html")]
struct ProblemTemplate {
    frame: Frame,
    about: String,
}

/// A page.
pub fn page(status: StatusCode, template: &impl Template) -> HttpResponse {
    let mut answer = rendered(status, template, CSP);
    let headers = answer.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Accept-Language"));
    answer
}

/// A page that says what went wrong, and what to do.
pub fn trouble(l: Locale, status: StatusCode, title: String, about: String) -> HttpResponse {
    let frame = Frame::of(l, title, None);
    page(status, &ProblemTemplate { frame, about })
}

/// The same of a problem that any page can have.
pub fn problem(l: Locale, problem: &Problem) -> HttpResponse {
    let code = problem.code;
    let status = StatusCode::from_u16(code.status()).unwrap_or_default();
    let title = error_said(l, "error", code, code.title());
    trouble(l, status, title, l.say("public-again"))
}

/// `GET /public/{name}`
pub async fn asset(name: Path<String>) -> Result<HttpResponse, Problem> {
    let mut assets = [&*STYLE, &*ICON].into_iter();
    let asset = assets.find(|asset| asset.name() == *name);
    let nothing = || Problem::new(ErrorCode::NoSuchRoute, ErrorCode::NoSuchRoute.title());
    Ok(asset.ok_or_else(nothing)?.answer())
}
