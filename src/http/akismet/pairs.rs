//! A form as pairs of names and values. Real clients repeat names, send names
//! without `=`, and arrays in three ways, so no struct is read from it.

use encoding_rs::{Encoding, UTF_8};

/// Fields that are read: WordPress sends some hundred, and two million bytes of
/// `&a` would be a million.
pub const MOST: usize = 5_000;

/// What a client sent, in its order.
#[derive(Debug, Default)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Reads `application/x-www-form-urlencoded`. What is no UTF-8 is read as the
    /// form's own `blog_charset` or `charset` says, else in `charset`, else replaced.
    pub fn of_form(body: &[u8], charset: Option<&'static Encoding>) -> Self {
        let charset = url::form_urlencoded::parse(body)
            .take(MOST)
            .filter(|(name, _)| name == "blog_charset" || name == "charset")
            .last()
            .and_then(|(_, charset)| Encoding::for_label(charset.as_bytes()))
            .or(charset)
            .unwrap_or(UTF_8);
        let text = |bytes: &[u8]| -> String {
            let spaced: Vec<u8> = bytes
                .iter()
                .map(|byte| if *byte == b'+' { b' ' } else { *byte })
                .collect();
            let decoded: Vec<u8> = percent_encoding::percent_decode(&spaced).collect();
            match String::from_utf8(decoded) {
                Ok(text) => text,
                Err(error) => charset.decode(error.as_bytes()).0.into_owned(),
            }
        };
        let parts = body.split(|byte| *byte == b'&');
        let parts = parts.filter(|part| !part.is_empty()).take(MOST);
        let pairs = parts.map(|part| {
            let at = part.iter().position(|byte| *byte == b'=');
            let (name, value) = part.split_at(at.unwrap_or(part.len()));
            (text(name), text(value.strip_prefix(b"=").unwrap_or(value)))
        });
        Self(pairs.collect())
    }

    /// The last value of that name, if it is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let named = self.0.iter().rev().find(|(other, _)| other == name);
        named
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The last value of that name as it was sent.
    pub fn raw(&self, name: &str) -> Option<&str> {
        let named = self.0.iter().rev().find(|(other, _)| other == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The values of `name`, `name[]`, `name[0]` and so on.
    pub fn list(&self, name: &str) -> Vec<String> {
        let of = self.0.iter().filter(|(other, _)| {
            other.strip_prefix(name).is_some_and(|rest| {
                rest.is_empty() || (rest.starts_with('[') && rest.ends_with(']'))
            })
        });
        of.map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Whether a client means yes: it sends `1`, `true` or `True`; `0`, `False`
    /// and an empty value mean no.
    pub fn says(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_forms_are_read() {
        let pairs = Pairs::of_form(
            b"bare&empty=&a=1&a=2&url=http://x.example/?q&tags%5B0%5D=x&tags[]=y&tags=z&t=a+b%2Bc&\
              is_test=False&on=True",
            None,
        );
        assert_eq!(pairs.get("bare"), None);
        assert_eq!(pairs.raw("bare"), Some(""));
        assert_eq!(pairs.get("a"), Some("2"));
        assert_eq!(pairs.get("url"), Some("http://x.example/?q"));
        assert_eq!(pairs.list("tags"), ["x", "y", "z"]);
        assert_eq!(pairs.get("t"), Some("a b+c"));
        assert!(!pairs.says("is_test") && !pairs.says("bare") && pairs.says("on"));
    }

    #[test]
    fn other_charsets_are_read_and_broken_text_is_replaced() {
        let latin = Pairs::of_form(b"blog_charset=ISO-8859-1&comment_content=caf%E9+\xe9", None);
        assert_eq!(latin.get("comment_content"), Some("café é"));
        let named = Pairs::of_form(b"comment_content=caf%E9", Encoding::for_label(b"latin1"));
        assert_eq!(named.get("comment_content"), Some("caf\u{e9}"));
        let broken = Pairs::of_form(b"comment_content=caf%E9%", None);
        assert_eq!(broken.get("comment_content"), Some("caf\u{FFFD}%"));
    }
}
