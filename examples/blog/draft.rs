//! What somebody typed into the form: bounded here, once, before anything
//! else looks at it.

use serde::Deserialize;
use url::Url;

/// In characters. The form's `maxlength` says the same, in UTF-16 units, which
/// are never fewer; so only those who bypass the form meet these errors.
pub const MAX_NAME: usize = 80;
pub const MAX_EMAIL: usize = 254;
pub const MAX_URL: usize = 500;
pub const MAX_TEXT: usize = 10_000;

/// The form's fields as they arrive.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Fields {
    pub ticket: String,
    pub parent: String,
    pub name: String,
    pub email: String,
    pub url: String,
    pub text: String,
    /// The honeypot: people cannot see it.
    pub subject: String,
    /// The page's script writes `yes`.
    pub javascript: String,
}

/// A comment that can be kept.
#[derive(Debug, PartialEq)]
pub struct Draft {
    pub name: String,
    pub email: Option<String>,
    pub url: Option<String>,
    pub text: String,
}

/// What is wrong with one field, in words for the person who filled it in.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldError {
    pub field: &'static str,
    pub words: String,
}

impl Fields {
    /// Line ends are unified and control characters dropped; no other
    /// letter of what was typed is changed.
    pub fn tidied(mut self) -> Self {
        self.text = self.text.replace("\r\n", "\n").replace('\r', "\n");
        self.text
            .retain(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'));
        self.text = self.text.trim().to_owned();
        for line in [&mut self.name, &mut self.email, &mut self.url] {
            line.retain(|letter| !letter.is_control());
            *line = line.trim().to_owned();
        }
        self
    }

    /// # Errors
    /// Everything that is wrong, not only the first.
    pub fn draft(&self) -> Result<Draft, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field, words: String| errors.push(FieldError { field, words });
        if self.name.is_empty() {
            wrong("name", "Please tell us a name; any will do.".into());
        }
        if self.text.is_empty() {
            wrong("text", "The comment is still empty.".into());
        }
        for (field, value, most) in [
            ("name", &self.name, MAX_NAME),
            ("email", &self.email, MAX_EMAIL),
            ("url", &self.url, MAX_URL),
            ("text", &self.text, MAX_TEXT),
        ] {
            let length = value.chars().count();
            if length > most {
                let words = format!("At most {most} characters, please; this has {length}.");
                wrong(field, words);
            }
        }
        if !self.email.is_empty() && !looks_like_email(&self.email) {
            let words = "This is no e-mail address. Correct it, or leave it empty.";
            wrong("email", words.into());
        }
        let url = match self.url.as_str() {
            "" => None,
            text => {
                let url = web_address(text);
                if url.is_none() {
                    let words = "This is no web address. Correct it, or leave it empty.";
                    wrong("url", words.into());
                }
                url
            }
        };
        match errors.is_empty() {
            true => Ok(Draft {
                name: self.name.clone(),
                email: Some(self.email.clone()).filter(|email| !email.is_empty()),
                url,
                text: self.text.clone(),
            }),
            false => Err(errors),
        }
    }
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !text.contains(char::is_whitespace)
    })
}

/// Only `http` and `https`: a `javascript:` link would run in the reader's page.
fn web_address(text: &str) -> Option<String> {
    let url = match text.contains("://") {
        true => Url::parse(text),
        false => Url::parse(&format!("https://{text}")),
    };
    url.ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(name: &str, url: &str, text: &str) -> Fields {
        let fields = Fields {
            name: name.into(),
            url: url.into(),
            text: text.into(),
            ..Fields::default()
        };
        fields.tidied()
    }

    #[test]
    fn every_error_is_told_at_once() {
        let mut wrong = fields(" ", "javascript:alert(1)", &"x".repeat(MAX_TEXT + 1));
        wrong.email = "nobody".into();
        let at: Vec<&str> = wrong.draft().unwrap_err().iter().map(|e| e.field).collect();
        assert_eq!(at, ["name", "text", "email", "url"]);
    }

    #[test]
    fn text_is_kept_as_it_was_typed() {
        let draft = fields("Zoë\u{0}", "zoe.example", " <b>1</b>\r\n\r\n2 & 3\u{7} ");
        let draft = draft.draft().unwrap();
        assert_eq!(draft.name, "Zoë");
        assert_eq!(draft.text, "<b>1</b>\n\n2 & 3");
        assert_eq!(draft.url.as_deref(), Some("https://zoe.example/"));
        assert_eq!(draft.email, None);
    }

    #[test]
    fn only_web_addresses_become_links() {
        for bad in [
            "javascript:alert(1)",
            "data://x",
            "ftp://a.example",
            "https://",
        ] {
            let errors = fields("Mia", bad, "Hello").draft().unwrap_err();
            assert_eq!(errors[0].field, "url", "{bad}");
        }
    }
}
