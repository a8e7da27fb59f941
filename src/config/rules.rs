//! The owner's weights of rules, as the file gives them: `[rules]`.

use super::problem::suggestion;
use super::settings::{Config, RuleSetting};

/// Reads the table into the configuration; returns what is wrong with it, each
/// with the rule's id.
pub(super) fn read(
    config: &mut Config,
    rules: toml::Table,
    known: &[&str],
) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for (id, value) in rules {
        if !known.contains(&id.as_str()) {
            let hint = suggestion(&id, known.iter().copied());
            wrong.push((id, format!("no such rule{hint}")));
            continue;
        }
        let setting = match value {
            toml::Value::String(word) if word == "off" => Some(RuleSetting::Off),
            toml::Value::Integer(number) => RuleSetting::weight(number as f64),
            toml::Value::Float(number) => RuleSetting::weight(number),
            _ => None,
        };
        match setting {
            Some(setting) => {
                config.rules.insert(id, setting);
            }
            None => wrong.push((id, bound())),
        }
    }
    wrong
}

fn bound() -> String {
    let (min, max) = (RuleSetting::MIN, RuleSetting::MAX);
    format!("expected \"off\" or log-odds from {min} to {max}")
}
