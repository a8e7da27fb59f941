//! What an owner may set for one site.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rule_setting::RuleSetting;

/// Settings of one site. A new one is a field here with its default, a flag in
/// `src/cli/site_settings.rs`, and the place that reads it; the store keeps them
/// together as one value and needs no change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteSettings {
    /// How a held comment is answered through Akismet's protocol.
    pub hold: HoldAnswer,
    /// Whether Akismet's clients are told to throw away what is spam beyond
    /// doubt, instead of keeping it in their spam folder.
    pub discard: bool,
    /// The share of honest comments that may be rejected, 0 to 1; without it
    /// the installation's.
    pub max_ham_rejected: Option<f64>,
    /// The share of spam that may be accepted, 0 to 1; without it the
    /// installation's.
    pub max_spam_accepted: Option<f64>,
    /// Whether anything is rejected; without it as the installation does.
    pub reject: Option<bool>,
    /// Weights of rules here, by the rule's id; they come before the
    /// installation's.
    pub rules: BTreeMap<String, RuleSetting>,
    /// The share of accepted and rejected comments, 0 to 1, that are drawn for
    /// the audit.
    pub audit_share: f64,
}

/// Of 100 comments a day these are two to look at.
const AUDIT_SHARE: f64 = 0.02;

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            hold: HoldAnswer::default(),
            discard: false,
            max_ham_rejected: None,
            max_spam_accepted: None,
            reject: None,
            rules: BTreeMap::new(),
            audit_share: AUDIT_SHARE,
        }
    }
}

/// Akismet's protocol knows spam and not spam only: this is what a hold becomes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldAnswer {
    /// Not spam, and an account error beside it: WordPress puts the comment
    /// into its own moderation queue and mails the moderator.
    #[default]
    Ask,
    /// Not spam, to be looked at again: WordPress 5.5 and newer keep it back
    /// without a mail.
    SecondLook,
    /// As if it was spam.
    Spam,
    /// As if it was not: the blog publishes it.
    Ham,
}

impl HoldAnswer {
    /// Every answer, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Ask, Self::SecondLook, Self::Spam, Self::Ham];

    /// As owners write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::SecondLook => "second-look",
            Self::Spam => "spam",
            Self::Ham => "ham",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_and_newer_settings_are_read() {
        let read = |json| serde_json::from_str::<SiteSettings>(json).unwrap();
        assert_eq!(read("{}"), SiteSettings::default());
        let newer = read(r#"{"hold": "second-look", "not_known_yet": [1]}"#);
        assert_eq!(newer.hold, HoldAnswer::SecondLook);
        let rules = read(r#"{"rules": {"links/flood": 2.5, "links/only": "off"}}"#).rules;
        assert_eq!(rules["links/flood"], RuleSetting::Weight(2.5));
        assert_eq!(rules["links/only"], RuleSetting::Off);
    }

    #[test]
    fn an_answer_has_one_name() {
        for answer in HoldAnswer::ALL {
            let json = serde_json::to_value(answer).unwrap();
            assert_eq!(json, answer.as_str());
        }
    }
}
