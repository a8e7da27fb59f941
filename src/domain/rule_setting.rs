//! An owner's word on a rule.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::evidence::LogOdds;

/// What an owner says that a rule weighs, instead of what was fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RuleSetting {
    Off,
    /// Log-odds, from [`RuleSetting::MIN`] to [`RuleSetting::MAX`].
    Weight(f64),
}

impl RuleSetting {
    /// The heaviest weights that an owner can give: e^20 to one.
    pub const MAX: f64 = 20.0;
    pub const MIN: f64 = -Self::MAX;

    /// A weight within its bounds.
    pub fn weight(log_odds: f64) -> Option<Self> {
        let within = (Self::MIN..=Self::MAX).contains(&log_odds);
        within.then_some(Self::Weight(log_odds))
    }

    /// Reads `off` or a number.
    pub fn read(text: &str) -> Option<Self> {
        match text.trim() {
            "off" => Some(Self::Off),
            number => Self::weight(number.replace('−', "-").parse().ok()?),
        }
    }

    /// What it weighs.
    pub fn log_odds(self) -> LogOdds {
        match self {
            Self::Off => LogOdds(0.0),
            Self::Weight(weight) => LogOdds(weight),
        }
    }
}

impl Serialize for RuleSetting {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Off => to.serialize_str("off"),
            Self::Weight(weight) => to.serialize_f64(*weight),
        }
    }
}

impl<'de> Deserialize<'de> for RuleSetting {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = match Value::deserialize(from)? {
            Value::String(word) if word == "off" => Some(Self::Off),
            Value::Number(number) => number.as_f64().and_then(Self::weight),
            _ => None,
        };
        read.ok_or_else(|| D::Error::custom("is neither `off` nor a weight"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_as_it_is_written() {
        for (text, setting) in [
            ("off", Some(RuleSetting::Off)),
            (" 2.5 ", Some(RuleSetting::Weight(2.5))),
            ("−1", Some(RuleSetting::Weight(-1.0))),
            ("20.1", None),
            ("NaN", None),
            ("on", None),
            ("", None),
        ] {
            assert_eq!(RuleSetting::read(text), setting, "{text}");
            if let Some(setting) = setting {
                let json = serde_json::to_string(&setting).unwrap();
                assert_eq!(serde_json::from_str::<RuleSetting>(&json).unwrap(), setting);
            }
        }
    }
}
