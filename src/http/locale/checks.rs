//! Checks of the messages: every one that is said is there, every one that is
//! there is said, and no language says what English does not.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::Entry;

use super::Locale;
use crate::rules;

#[test]
fn other_languages_say_what_english_says_and_can_be_parsed() {
    let english = FluentResource::try_new(read(vec![root().join("locales/en")]))
        .expect("a file of this project");
    let known: BTreeSet<&str> = keys(&english).collect();
    let rules = rules::all().map(|rule| rule.id);
    let rules: Vec<String> = rules
        .chain(rules::CROSSES.iter().map(|cross| cross.id))
        .map(|id| format!("rule-{}", id.replace(['/', '_'], "-")))
        .collect();
    for locale in Locale::all().skip(1) {
        let folder = root().join("locales").join(locale.tag());
        let file = FluentResource::try_new(read(vec![folder]));
        let file = file.unwrap_or_else(|(_, errors)| panic!("{locale:?}: {errors:?}"));
        let own: BTreeSet<&str> = keys(&file).collect();
        // English says rules and errors by the program's own texts.
        let by_id = ["rule-", "error-", "remedy-"];
        let unknown: Vec<&&str> = own
            .difference(&known)
            .filter(|key| !by_id.iter().any(|start| key.starts_with(start)))
            .collect();
        assert!(unknown.is_empty(), "{locale:?} has {unknown:?}");
        for rule in &rules {
            assert!(own.contains(rule.as_str()), "{locale:?} lacks {rule}");
        }
    }
}

/// Keys of a file's messages.
fn keys(file: &FluentResource) -> impl Iterator<Item = &str> {
    file.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file in some folders but this one, without unit tests.
fn read(mut folders: Vec<PathBuf>) -> String {
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a file of this project") {
            let path = entry.expect("a file of this project").path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.ends_with("checks.rs") => {}
                false => {
                    let file = fs::read_to_string(path).expect("a file of this project");
                    text += file.split("#[cfg(test)]").next().unwrap_or_default();
                }
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
    for call in [".say(", ".count(", ".with(", ".about("] {
        let calls = sources.split(call).skip(1).map(str::trim_start);
        for rest in calls.filter_map(|rest| rest.strip_prefix('"')) {
            let key = rest.split('"').next().expect("a file of this project");
            if Locale::english().find(key, &[]).is_none() {
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
