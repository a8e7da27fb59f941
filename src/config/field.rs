//! What a setting may hold, and how it is read from text. Every layer gives
//! text, so the file, the environment and the flags cannot differ in meaning.

use std::path::PathBuf;

use super::settings::Config;

/// A setting's type, its bound, and its place in [`Config`].
pub enum Field {
    /// `HOST:PORT`.
    Address(fn(&mut Config) -> &mut String),
    Path(fn(&mut Config) -> &mut PathBuf),
    /// A path, or empty for none.
    OptionalPath(fn(&mut Config) -> &mut PathBuf),
    Whole {
        min: u64,
        max: u64,
        place: fn(&mut Config) -> &mut u64,
    },
    Number {
        min: f64,
        max: f64,
        place: fn(&mut Config) -> &mut f64,
    },
    Switch(fn(&mut Config) -> &mut bool),
    /// Scheme, host and port of a web address, or empty for none.
    OptionalOrigin(fn(&mut Config) -> &mut String),
    /// The name of an HTTP header, or empty for none.
    OptionalHeader(fn(&mut Config) -> &mut String),
    Choice(&'static [&'static str], fn(&mut Config) -> &mut String),
    /// `HH:MM`, or `off`.
    TimeOfDay(fn(&mut Config) -> &mut String),
}

impl Field {
    pub(super) const fn whole(min: u64, max: u64, place: fn(&mut Config) -> &mut u64) -> Self {
        Self::Whole { min, max, place }
    }

    pub(super) const fn number(min: f64, max: f64, place: fn(&mut Config) -> &mut f64) -> Self {
        Self::Number { min, max, place }
    }

    /// What is allowed, to be read after "expected".
    pub fn allowed(&self) -> String {
        match self {
            Self::Address(_) => "HOST:PORT, such as 127.0.0.1:8080".into(),
            Self::Path(_) => "a path".into(),
            Self::OptionalPath(_) => "a path, or nothing".into(),
            Self::Whole { min, max, .. } => format!("a whole number from {min} to {max}"),
            Self::Number { min, max, .. } => format!("a number from {min} to {max}"),
            Self::Switch(_) => "true or false".into(),
            Self::OptionalOrigin(_) => {
                "an address without a path, such as https://hamgate.example, or nothing".into()
            }
            Self::OptionalHeader(_) => "a header's name, such as X-Real-IP, or nothing".into(),
            Self::Choice(words, _) => format!("one of {}", words.join(", ")),
            Self::TimeOfDay(_) => "a time of the day, such as 03:30, or off".into(),
        }
    }

    /// Reads `text` into the configuration.
    ///
    /// # Errors
    /// The text is not of this type or out of its bound; nothing is changed.
    pub(super) fn set(&self, config: &mut Config, text: &str) -> Result<(), String> {
        let read = text.trim();
        let refused = || format!("expected {}", self.allowed());
        match self {
            Self::Address(place) => {
                let (host, port) = read.rsplit_once(':').ok_or_else(refused)?;
                if host.is_empty() || port.parse::<u16>().is_err() {
                    return Err(refused());
                }
                *place(config) = read.to_owned();
            }
            Self::Path(place) => {
                if read.is_empty() {
                    return Err(refused());
                }
                *place(config) = PathBuf::from(text);
            }
            Self::OptionalPath(place) => *place(config) = PathBuf::from(text),
            Self::Whole { min, max, place } => {
                *place(config) = read
                    .replace('_', "")
                    .parse()
                    .ok()
                    .filter(|value| (*min..=*max).contains(value))
                    .ok_or_else(refused)?;
            }
            Self::Number { min, max, place } => {
                *place(config) = read
                    .parse()
                    .ok()
                    .filter(|value| (*min..=*max).contains(value))
                    .ok_or_else(refused)?;
            }
            Self::Switch(place) => *place(config) = read.parse().map_err(|_| refused())?,
            Self::OptionalOrigin(place) => {
                *place(config) = match read {
                    "" => String::new(),
                    _ => origin(read).ok_or_else(refused)?,
                };
            }
            Self::OptionalHeader(place) => {
                let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                if !read.bytes().all(letter) {
                    return Err(refused());
                }
                *place(config) = read.to_ascii_lowercase();
            }
            Self::TimeOfDay(place) => {
                if read != "off" && jiff::civil::Time::strptime("%H:%M", read).is_err() {
                    return Err(refused());
                }
                *place(config) = read.to_owned();
            }
            Self::Choice(words, place) => {
                if !words.contains(&read) {
                    return Err(refused());
                }
                *place(config) = read.to_owned();
            }
        }
        Ok(())
    }
}

/// The address as browsers write an origin (RFC 6454).
fn origin(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    let bare = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    bare.then(|| url.origin().ascii_serialization())
}
