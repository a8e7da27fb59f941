//! In which language to answer: the one that was chosen, or else the first of
//! the browser's that there is.

use actix_web::HttpRequest;
use actix_web::http::header::{self, AcceptLanguage, Header, HeaderMap};

use super::Locale;

/// Keeps the choice. It holds a language's tag and nothing about anybody.
pub const LOCALE_COOKIE: &str = "hamgate-language";

impl Locale {
    /// For who asks.
    pub fn of(request: &HttpRequest) -> Self {
        chosen(request.headers())
            .or_else(|| accepted(request))
            .unwrap_or_else(Self::english)
    }
}

fn chosen(headers: &HeaderMap) -> Option<Locale> {
    headers
        .get_all(header::COOKIE)
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == LOCALE_COOKIE)
        .and_then(|(_, tag)| Locale::by_tag(tag))
}

/// By the browser's preference (RFC 9110, 12.5.4).
fn accepted(request: &HttpRequest) -> Option<Locale> {
    let ranked = AcceptLanguage::parse(request).ok()?.ranked();
    ranked
        .iter()
        .filter_map(|language| language.item())
        .find_map(|tag| Locale::by_tag(tag.as_str()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn asked(accept: &str, cookie: &str) -> &'static str {
        let request = TestRequest::default()
            .insert_header((header::ACCEPT_LANGUAGE, accept))
            .insert_header((header::COOKIE, cookie));
        Locale::of(&request.to_http_request()).tag()
    }

    #[test]
    fn the_choice_comes_first_then_what_the_browser_prefers() {
        assert_eq!(asked("de-AT, en;q=0.5", ""), "de");
        assert_eq!(asked("tlh, ja;q=0.8, en;q=0.9", ""), "en");
        assert_eq!(asked("tlh, nl", ""), "en");
        assert_eq!(asked("*", ""), "en");
        assert_eq!(asked("", ""), "en");
        assert_eq!(asked("de", "a=b; hamgate-language=ar"), "ar");
        assert_eq!(asked("de", "hamgate-language=nonsense"), "de");
    }
}
