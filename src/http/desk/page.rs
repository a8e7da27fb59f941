//! What every page has around it, and the page of a problem.

use askama::Template;

use super::assets::{ICON, SCRIPT, STYLE};
use super::shown;
use super::who::Visit;
use crate::domain::Role;
use crate::http::locale::Locale;

/// Around every page.
pub struct Frame {
    /// In which words.
    pub l: Locale,
    pub title: String,
    /// Where the page is; for changing its language.
    pub here: String,
    /// `None` before signing in.
    pub who: Option<Named>,
    /// For the forms of the page.
    pub token: String,
    pub style: String,
    pub script: String,
    pub icon: String,
}

/// Who is signed in, as the head of a page says it.
pub struct Named {
    pub name: String,
    pub is_admin: bool,
}

impl Frame {
    /// For who visits.
    pub fn of(visit: &Visit, title: impl Into<String>) -> Self {
        Self {
            who: visit.viewer.as_ref().map(|viewer| Named {
                name: shown::plain(viewer.name()),
                is_admin: viewer.role() == Role::Admin,
            }),
            token: visit.form_token.clone(),
            here: visit.here.clone(),
            ..Self::bare(visit.l, title)
        }
    }

    /// For nobody in particular.
    pub fn bare(l: Locale, title: impl Into<String>) -> Self {
        Self {
            l,
            here: "/desk".into(),
            title: title.into(),
            who: None,
            token: String::new(),
            style: STYLE.path(),
            script: SCRIPT.path(),
            icon: ICON.path(),
        }
    }

    /// What the page can be read in.
    pub fn languages(&self) -> Vec<Locale> {
        Locale::all().collect()
    }
}

/// Something went wrong.
#[derive(Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    pub frame: Frame,
    /// Empty where the title says it all.
    pub detail: String,
    pub remedy: String,
    pub request_id: String,
}
