//! Layers to [`Config`]: each value is checked where it was written, later
//! layers win, and every problem is reported.

use std::collections::BTreeMap;

use super::layers::Layers;
use super::problem::{Origin, Problem, Problems, suggestion};
use super::settings::{Config, RuleSetting};
use super::table::{SETTINGS, Setting};

/// Names in the environment that are not settings: they say where to look.
const OTHER_VARIABLES: [&str; 1] = ["HAMGATE_CONFIG"];

/// One line of `hamgate config show`.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub key: String,
    pub value: String,
    pub origin: Origin,
}

/// The settings, and where each came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    pub config: Config,
    pub shown: Vec<Shown>,
}

/// Understands the layers. `rule_ids` are the names allowed in `[rules]`.
///
/// # Errors
/// Every problem of every layer.
pub fn load(layers: &Layers, rule_ids: &[&str]) -> Result<Loaded, Problems> {
    let mut state = State {
        config: Config::default(),
        values: SETTINGS
            .iter()
            .map(|setting| (setting.default.to_owned(), Origin::Default))
            .collect(),
        problems: Vec::new(),
    };
    if let Some((path, text)) = &layers.file {
        state.read_file(&path.display().to_string(), text, rule_ids);
    }
    state.read_environment(&layers.environment);
    for (key, value) in &layers.flags {
        state.put(Origin::Flag, key, key, value);
    }
    state.finish()
}

struct State {
    config: Config,
    /// Beside each row of [`SETTINGS`].
    values: Vec<(String, Origin)>,
    problems: Vec<Problem>,
}

impl State {
    fn problem(&mut self, origin: Origin, name: &str, message: String) {
        self.problems.push(Problem {
            origin,
            name: name.to_owned(),
            message,
        });
    }

    /// `name` is what the layer calls the setting `key`.
    fn put(&mut self, origin: Origin, name: &str, key: &str, text: &str) {
        let Some(row) = SETTINGS.iter().position(|setting| setting.key == key) else {
            let hint = suggestion(key, SETTINGS.iter().map(|setting| setting.key));
            return self.problem(origin, name, format!("no such setting{hint}"));
        };
        match SETTINGS[row].field.set(&mut self.config, text) {
            Ok(()) => self.values[row] = (text.to_owned(), origin),
            Err(message) => self.problem(origin, name, format!("{message}; got `{text}`")),
        }
    }

    fn read_file(&mut self, path: &str, text: &str, rule_ids: &[&str]) {
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                return self.problem(Origin::File, path, format!("is not TOML: {error}"));
            }
        };
        for (name, value) in table {
            match (name.as_str(), value) {
                ("rules", toml::Value::Table(rules)) => self.read_rules(rules, rule_ids),
                (_, value) => self.read_value(name, value),
            }
        }
    }

    fn read_value(&mut self, key: String, value: toml::Value) {
        let text = match value {
            toml::Value::Table(table) => {
                for (name, value) in table {
                    self.read_value(format!("{key}.{name}"), value);
                }
                return;
            }
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Float(number) => number.to_string(),
            toml::Value::Boolean(switch) => switch.to_string(),
            toml::Value::Datetime(_) | toml::Value::Array(_) => {
                let expected = Setting::by_key(&key).map_or_else(
                    || "no such setting".into(),
                    |setting| format!("expected {}", setting.field.allowed()),
                );
                return self.problem(Origin::File, &key, expected);
            }
        };
        self.put(Origin::File, &key, &key, &text);
    }

    fn read_rules(&mut self, rules: toml::Table, rule_ids: &[&str]) {
        for (id, value) in rules {
            let name = format!("rules.{id}");
            if !rule_ids.contains(&id.as_str()) {
                let hint = suggestion(&id, rule_ids.iter().copied());
                self.problem(Origin::File, &name, format!("no such rule{hint}"));
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
                    self.config.rules.insert(id, setting);
                }
                None => self.problem(Origin::File, &name, rule_bound()),
            }
        }
    }

    fn read_environment(&mut self, variables: &[(String, String)]) {
        let names: BTreeMap<String, &str> = SETTINGS
            .iter()
            .map(|setting| (setting.environment(), setting.key))
            .collect();
        for (name, value) in variables {
            if OTHER_VARIABLES.contains(&name.as_str()) {
                continue;
            }
            match names.get(name) {
                Some(key) => self.put(Origin::Environment, name, key, value),
                None => {
                    let hint = suggestion(name, names.keys().map(String::as_str));
                    self.problem(Origin::Environment, name, format!("no such setting{hint}"));
                }
            }
        }
    }

    fn finish(self) -> Result<Loaded, Problems> {
        if !self.problems.is_empty() {
            return Err(Problems(self.problems));
        }
        let rules = self.config.rules.iter().map(|(id, setting)| Shown {
            key: format!("rules.\"{id}\""),
            value: match setting {
                RuleSetting::Off => "off".into(),
                RuleSetting::Weight(weight) => weight.to_string(),
            },
            origin: Origin::File,
        });
        let shown = SETTINGS
            .iter()
            .zip(self.values)
            .map(|(setting, (value, origin))| Shown {
                key: setting.key.into(),
                value,
                origin,
            })
            .chain(rules)
            .collect();
        Ok(Loaded {
            config: self.config,
            shown,
        })
    }
}

fn rule_bound() -> String {
    let (min, max) = (RuleSetting::MIN, RuleSetting::MAX);
    format!("expected \"off\" or log-odds from {min} to {max}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(file: &str, environment: &[(&str, &str)], flags: &[(&str, &str)]) -> Layers {
        let owned = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        Layers {
            file: Some(("hamgate.toml".into(), file.to_owned())),
            environment: owned(environment),
            flags: owned(flags),
        }
    }

    #[test]
    fn later_layers_win_and_each_value_knows_its_origin() {
        let loaded = load(
            &layers(
                "listen = \"0.0.0.0:1\"\n[retention]\ndays = 30\n[policy]\nreject = false\n\
                 [rules]\n\"links/flood\" = 2.5\n\"links/only\" = \"off\"",
                &[
                    ("HAMGATE_LISTEN", "0.0.0.0:2"),
                    ("HAMGATE_RETENTION_DAYS", "31"),
                ],
                &[("listen", "0.0.0.0:3")],
            ),
            &["links/flood", "links/only"],
        )
        .unwrap();
        let config = &loaded.config;
        assert_eq!(config.listen, "0.0.0.0:3");
        assert_eq!(config.retention.days, 31);
        assert!(!config.policy.reject);
        assert_eq!(config.rules["links/flood"], RuleSetting::Weight(2.5));
        assert_eq!(config.rules["links/only"], RuleSetting::Off);
        let origin = |key: &str| {
            loaded
                .shown
                .iter()
                .find(|shown| shown.key == key)
                .map(|shown| shown.origin)
        };
        assert_eq!(origin("listen"), Some(Origin::Flag));
        assert_eq!(origin("retention.days"), Some(Origin::Environment));
        assert_eq!(origin("policy.reject"), Some(Origin::File));
        assert_eq!(origin("data"), Some(Origin::Default));
    }

    #[test]
    fn all_problems_are_reported_at_once_with_the_nearest_name() {
        let problems = load(
            &layers(
                "listn = \"x\"\nlimits = 5\n[limits]\nbody_bytes = 1\n",
                &[],
                &[],
            ),
            &[],
        )
        .unwrap_err();
        assert_eq!(
            problems.0.len(),
            1,
            "a doubled name is not TOML: {problems}"
        );

        let problems = load(
            &layers(
                "listn = \"x\"\nmodel = [1]\n[limits]\nbody_bytes = 1\n[http]\nidle = 3\n\
                 [rules]\n\"links/flod\" = 1\n\"links/only\" = 99\n",
                &[("HAMGATE_DATTA", "x"), ("HAMGATE_LOG_FORMAT", "xml")],
                &[("listen", "nowhere")],
            ),
            &["links/flood", "links/only"],
        )
        .unwrap_err();
        let text = problems.to_string();
        for expected in [
            "file: `listn`: no such setting; did you mean `listen`?",
            "file: `model`: expected a path, or nothing",
            "file: `limits.body_bytes`: expected a whole number from 1024 to 67108864; got `1`",
            "file: `http.idle`: no such setting; did you mean `http.idle_seconds`?",
            "file: `rules.links/flod`: no such rule; did you mean `links/flood`?",
            "file: `rules.links/only`: expected \"off\" or log-odds from -20 to 20",
            "environment: `HAMGATE_DATTA`: no such setting; did you mean `HAMGATE_DATA`?",
            "environment: `HAMGATE_LOG_FORMAT`: expected one of json, pretty; got `xml`",
            "flag: `listen`: expected HOST:PORT, such as 127.0.0.1:8080; got `nowhere`",
        ] {
            assert!(text.contains(expected), "{expected}\nis not in\n{text}");
        }
        assert_eq!(problems.0.len(), 9);
    }
}
