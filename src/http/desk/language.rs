//! The reader's choice of language.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderValue};

use super::answers::see;
use super::form::Fields;
use super::sign_in::within;
use super::who::Visit;
use crate::domain::FieldError;
use crate::http::locale::{LOCALE_COOKIE, Locale};
use crate::http::problem::Problem;

/// A choice is kept for a year.
const SECONDS: u32 = 31_536_000;

/// `POST /desk/language`
pub async fn choose(_: Visit, fields: Fields) -> Result<HttpResponse, Problem> {
    let chosen = Locale::by_tag(fields.get("language"));
    let chosen = chosen.ok_or_else(|| {
        FieldError::new(
            "language",
            "is not known",
            "choose one of those on the page",
        )
    })?;
    let cookie = format!(
        "{LOCALE_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={SECONDS}",
        chosen.tag()
    );
    let mut answer = see(&within(fields.get("back")));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}
