//! The page that shows a secret, once: it is the answer to the form that made
//! it, so it stands in no address, and nobody keeps it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::http::desk::answers::page as answer;
use crate::http::desk::page::Frame;
use crate::http::desk::who::Visit;

#[derive(Template)]
#[template(path = "shown-once.html")]
struct OnceTemplate {
    frame: Frame,
    tab: &'static str,
    about: String,
    secrets: Vec<(String, String)>,
    back: String,
}

/// Something to be copied now.
pub struct Once {
    pub title: String,
    pub about: String,
    /// Each with what it is.
    pub secrets: Vec<(String, String)>,
    /// Where to go on.
    pub back: String,
    pub tab: &'static str,
}

impl Once {
    pub fn shown(self, visit: &Visit) -> HttpResponse {
        let shown = OnceTemplate {
            frame: Frame::of(visit, self.title),
            tab: self.tab,
            about: self.about,
            secrets: self.secrets,
            back: self.back,
        };
        answer(StatusCode::OK, &shown)
    }
}
