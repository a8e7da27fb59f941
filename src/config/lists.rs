//! The owner's block lists, as the file names them: `[lists.sources]`.

use super::settings::{Config, ListSetting, ListSource};

/// Lists that can be named.
const MOST: usize = 50;
/// Longest name, in bytes.
const LONGEST_NAME: usize = 64;
/// Heaviest weight, in log-odds.
const MAX_WEIGHT: f64 = 20.0;

/// Reads the table into the configuration; returns what is wrong with it, each
/// with the name of the list.
pub(super) fn read(config: &mut Config, table: toml::Table) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    for (name, value) in table {
        match setting(&name, value) {
            Ok(setting) => {
                config.lists.sources.insert(name, setting);
            }
            Err(message) => wrong.push((name, message)),
        }
    }
    if config.lists.sources.len() > MOST {
        wrong.push((String::new(), format!("expected at most {MOST} lists")));
    }
    wrong
}

fn setting(name: &str, value: toml::Value) -> Result<ListSetting, String> {
    if name.trim().is_empty() || name.len() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(format!("expected a name of 1 to {LONGEST_NAME} bytes"));
    }
    match value {
        toml::Value::String(text) => Ok(ListSetting {
            source: source(&text)?,
            weight: None,
        }),
        toml::Value::Table(mut table) => {
            let text = match table.remove("source") {
                Some(toml::Value::String(text)) => text,
                _ => return Err("expected `source`, a path or a web address".into()),
            };
            let weight = match table.remove("weight") {
                None => None,
                Some(toml::Value::Integer(weight)) => Some(weight as f64),
                Some(toml::Value::Float(weight)) => Some(weight),
                Some(_) => Some(f64::NAN),
            };
            if weight.is_some_and(|weight| !(0.0..=MAX_WEIGHT).contains(&weight)) {
                return Err(format!("expected a `weight` from 0 to {MAX_WEIGHT}"));
            }
            if let Some((other, _)) = table.into_iter().next() {
                return Err(format!("`{other}` is none of `source` and `weight`"));
            }
            Ok(ListSetting {
                source: source(&text)?,
                weight,
            })
        }
        _ => Err("expected a path or a web address, or a table with `source` and `weight`".into()),
    }
}

fn source(text: &str) -> Result<ListSource, String> {
    if text.trim().is_empty() {
        return Err("expected a path or a web address".into());
    }
    if !text.contains("://") {
        return Ok(ListSource::File(text.into()));
    }
    let url = url::Url::parse(text.trim()).ok();
    let url = url.filter(|url| {
        let bare = url.username().is_empty() && url.password().is_none();
        matches!(url.scheme(), "http" | "https") && url.has_host() && bare
    });
    match url {
        Some(url) => Ok(ListSource::Url(url.into())),
        None => Err("expected a web address without a user's name, or a path".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Config, Vec<(String, String)>) {
        let mut config = Config::default();
        let wrong = read(&mut config, text.parse().unwrap());
        (config, wrong)
    }

    #[test]
    fn a_list_is_a_source_and_perhaps_a_weight() {
        let (config, wrong) = read_text(
            "own = \"/etc/keys.txt\"\n\
             \"their list\" = { source = \"https://lists.example/a.txt\", weight = 1.5 }",
        );
        assert_eq!(wrong, []);
        let sources = &config.lists.sources;
        assert_eq!(
            sources["own"].source,
            ListSource::File("/etc/keys.txt".into())
        );
        let theirs = &sources["their list"];
        assert_eq!(theirs.weight, Some(1.5));
        let url = ListSource::Url("https://lists.example/a.txt".into());
        assert_eq!(theirs.source, url);
    }

    #[test]
    fn every_mistake_is_told_with_its_list() {
        for (text, hint) in [
            ("a = 1", "expected a path or a web address"),
            ("a = \"\"", "expected a path"),
            ("a = \"ftp://x.example/\"", "web address"),
            (
                "a = \"https://me:secret@x.example/\"",
                "without a user's name",
            ),
            ("a = { weight = 1 }", "expected `source`"),
            ("a = { source = \"x\", weight = 21 }", "from 0 to 20"),
            ("a = { source = \"x\", weight = \"much\" }", "from 0 to 20"),
            (
                "a = { source = \"x\", format = \"hosts\" }",
                "`format` is none of",
            ),
            ("\"\" = \"x\"", "expected a name"),
        ] {
            let (config, wrong) = read_text(text);
            assert!(config.lists.sources.is_empty(), "{text}");
            assert!(wrong[0].1.contains(hint), "{text}: {wrong:?}");
        }
    }
}
