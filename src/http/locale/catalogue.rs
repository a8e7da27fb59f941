//! The languages and their messages, compiled in.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// What a message's placeholder is filled with.
pub type Value<'v> = fluent_bundle::FluentValue<'v>;

/// A language of the pages.
#[derive(Clone, Copy)]
pub struct Locale(&'static Language);

struct Language {
    /// BCP 47.
    tag: &'static str,
    /// In itself.
    name: &'static str,
    is_right_to_left: bool,
    bundle: FluentBundle<FluentResource>,
}

/// One file a row: every language has every file.
macro_rules! languages {
    ([$($tag:literal $name:literal $right_to_left:literal),+] $files:tt) => {
        vec![$(language($tag, $name, $right_to_left, languages!(@files $tag $files))),+]
    };
    (@files $tag:literal [$($file:literal)+]) => {
        &[$(include_str!(concat!("../../../locales/", $tag, "/", $file, ".ftl"))),+]
    };
}

/// English first: it is what the others fall back on.
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    languages! {
        [
            "en" "English" false,
            "de" "Deutsch" false,
            "fr" "Français" false,
            "es" "Español" false,
            "ja" "日本語" false,
            "ar" "العربية" true
        ]
        [
            "frame"
            "account"
            "second-factor"
            "admin"
            "sites"
            "rule-page"
            "lists"
            "queue"
            "acting"
            "phrases"
            "reasons"
            "rules"
            "errors"
        ]
    }
});

fn language(
    tag: &'static str,
    name: &'static str,
    is_right_to_left: bool,
    files: &[&str],
) -> Language {
    let id: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Names of strangers stand in <bdi> where they can; in right-to-left
    // sentences Latin words and numbers need it everywhere.
    bundle.set_use_isolating(is_right_to_left);
    for file in files {
        // What cannot be parsed is left out and falls back to English; a test
        // finds it.
        let resource = FluentResource::try_new((*file).to_owned());
        let resource = resource.unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
    }
    Language {
        tag,
        name,
        is_right_to_left,
        bundle,
    }
}

/// A name or a text of strangers, set apart so that its direction moves
/// nothing around it (Unicode Annex 9, first-strong isolate).
pub fn isolated(text: &str) -> Value<'static> {
    match text.is_ascii() {
        true => Value::from(text.to_owned()),
        false => Value::from(format!("\u{2068}{text}\u{2069}")),
    }
}

impl Locale {
    /// English.
    pub fn english() -> Self {
        Self(&LANGUAGES[0])
    }

    /// Every language, English first.
    pub fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(Locale)
    }

    /// The language of that tag: `de`, or the `de` of `de-AT`.
    pub fn by_tag(tag: &str) -> Option<Self> {
        let wanted: LanguageIdentifier = tag.parse().ok()?;
        Self::all().find(|locale| locale.tag() == wanted.language.as_str())
    }

    /// BCP 47, for `lang`.
    pub fn tag(self) -> &'static str {
        self.0.tag
    }

    /// The language's name in itself.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// `ltr` or `rtl`, for `dir`.
    pub fn direction(self) -> &'static str {
        match self.0.is_right_to_left {
            true => "rtl",
            false => "ltr",
        }
    }

    /// A message without placeholders.
    pub fn say(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A message with `$n`, by which plurals are chosen.
    pub fn count(self, key: &str, n: impl TryInto<i64>) -> String {
        let n = n.try_into().unwrap_or(i64::MAX);
        self.with(key, &[("n", Value::from(n))])
    }

    /// A message with its placeholders filled in. One that this language lacks
    /// is said in English; one that English lacks is its key.
    pub fn with(self, key: &str, values: &[(&str, Value)]) -> String {
        self.find(key, values).unwrap_or_else(|| key.to_owned())
    }

    /// [`Self::with`], where it is not sure that there is such a message.
    pub fn find(self, key: &str, values: &[(&str, Value)]) -> Option<String> {
        let own = self.0.said(key, values);
        own.or_else(|| LANGUAGES[0].said(key, values))
    }
}

impl Language {
    fn said(&self, key: &str, values: &[(&str, Value)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let args: FluentArgs = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        // A placeholder that nobody fills is shown by its name.
        let mut errors = Vec::new();
        let said = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut errors);
        Some(said.into_owned())
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.tag() == other.tag()
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_language_is_known_by_its_tag_and_a_region_does_not_matter() {
        assert_eq!(Locale::by_tag("de-AT").map(Locale::tag), Some("de"));
        assert_eq!(Locale::by_tag("AR").map(Locale::direction), Some("rtl"));
        assert_eq!(Locale::by_tag("tlh"), None);
        assert_eq!(Locale::by_tag("../en"), None);
        assert_eq!(Locale::all().count(), 6);
    }

    #[test]
    fn plurals_follow_the_number() {
        let english = Locale::english();
        assert_eq!(english.count("ago-minutes", 1), "1 minute ago");
        assert_eq!(english.count("ago-minutes", 5), "5 minutes ago");
        assert_eq!(english.say("no-such-key"), "no-such-key");
    }

    fn root() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
    }

    /// Every file in some folders but this one.
    fn read(mut folders: Vec<PathBuf>) -> String {
        let mut text = String::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false if path.ends_with("catalogue.rs") => {}
                    false => text += &fs::read_to_string(path).unwrap(),
                }
            }
        }
        text
    }

    #[test]
    fn every_message_is_there_and_is_used() {
        let sources = read(vec![root().join("src/http"), root().join("templates")]);
        let english = read(vec![root().join("locales/en")]);
        let mut missing = Vec::new();
        for call in [".say(", ".count(", ".with("] {
            let calls = sources.split(call).skip(1).map(str::trim_start);
            for rest in calls.filter_map(|rest| rest.strip_prefix('"')) {
                let key = rest.split('"').next().unwrap();
                if !LANGUAGES[0].bundle.has_message(key) {
                    missing.push(key);
                }
            }
        }
        assert!(missing.is_empty(), "not in locales/en: {missing:?}");
        // Keys may be put together: `queue-view-{word}`.
        let is_said = |key: &str| {
            let made = key.match_indices('-').any(|(at, _)| {
                let start = &key[..=at];
                sources.contains(&format!("\"{start}{{"))
            });
            made || sources.contains(&format!("\"{key}\""))
        };
        let unused: Vec<&str> = english
            .lines()
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key)
            .filter(|key| key.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter(|key| !is_said(key))
            .collect();
        assert!(unused.is_empty(), "nobody says: {unused:?}");
    }
}
