//! Whom commenters ask: an e-mail address or a web page.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// Longest, in bytes: an e-mail address cannot be longer (RFC 5321).
const MAX_BYTES: usize = 254;

/// An e-mail address or the address of a web page, as the owner wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Contact(String);

impl Contact {
    /// `None` for anything that a link could not lead to.
    pub fn parse(text: &str) -> Option<Self> {
        let contact = Self(text.trim().to_owned());
        let one_line = !contact.0.contains(|c: char| c.is_control() || c == ' ');
        (contact.0.len() <= MAX_BYTES && one_line && contact.link().is_some()).then_some(contact)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a link to it leads to: `mailto:`, `http:` or `https:`, nothing else.
    pub fn link(&self) -> Option<String> {
        if let Some((name, domain)) = self.0.split_once('@')
            && !name.contains([':', '/', '?', '#'])
        {
            let plain = |text: &str| !text.is_empty() && !text.contains(['@', '?', '&', '#', '%']);
            return (plain(name) && plain(domain)).then(|| format!("mailto:{}", self.0));
        }
        let url = Url::parse(&self.0).ok()?;
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.to_string())
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_of_mail_or_of_a_page() {
        let link = |text: &str| Contact::parse(text)?.link();
        assert_eq!(
            link(" ina@blog.example ").as_deref(),
            Some("mailto:ina@blog.example")
        );
        assert_eq!(
            link("https://blog.example/about#me").as_deref(),
            Some("https://blog.example/about#me")
        );
        for refused in [
            "",
            "Ina",
            "@",
            "ina@",
            "ina@a@b",
            "javascript:alert(1)",
            "javascript:alert(1)//@a",
            "data:text/html,a@b",
            "ina@blog.example?cc=all@blog.example",
            "ina @blog.example",
            "ftp://blog.example",
            "//blog.example",
        ] {
            assert_eq!(link(refused), None, "{refused}");
        }
        assert_eq!(link(&format!("{}@b.example", "a".repeat(260))), None);
    }
}
