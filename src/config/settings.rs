//! The settings as the rest of the program reads them: typed, within bounds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Time;

pub use crate::domain::RuleSetting;

/// All settings. `load` fills it from the layers; `Config::default()` holds
/// the defaults of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub listen: String,
    pub data: PathBuf,
    /// Empty: the model that is shipped with the program.
    pub model: PathBuf,
    pub limits: Limits,
    pub policy: PolicySettings,
    pub retention: Retention,
    pub log: Log,
    pub http: Http,
    pub webhooks: Webhooks,
    pub akismet: Akismet,
    /// The origin under which people reach the service, such as
    /// `https://hamgate.example`; empty if none is set.
    pub public_url: String,
    pub desk: Desk,
    pub training: Training,
    /// Owner's weights, by the rule's id.
    pub rules: BTreeMap<String, RuleSetting>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    pub body_bytes: u64,
    pub line_bytes: u64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicySettings {
    pub max_ham_rejected: f64,
    pub max_spam_accepted: f64,
    pub reject: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retention {
    pub days: u64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Log {
    pub format: String,
    pub level: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Http {
    pub body_seconds: u64,
    pub handler_seconds: u64,
    pub idle_seconds: u64,
    pub drain_seconds: u64,
    pub connections: u64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Webhooks {
    pub undo_seconds: u64,
    pub allow_private: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Akismet {
    pub budget_ms: u64,
    pub when_unavailable: String,
    pub body_bytes: u64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Desk {
    pub idle_hours: u64,
    pub session_days: u64,
    /// Empty: the connection's own address is the client's.
    pub client_address_header: String,
}

/// When the shared model is trained again, and what becomes of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Training {
    /// `HH:MM` (UTC), or `off`.
    pub schedule: String,
    /// 0: never for their number alone.
    pub after_labels: u64,
    pub promote: String,
}

impl Training {
    /// The hour of the day, unless none is set.
    pub fn at(&self) -> Option<Time> {
        Time::strptime("%H:%M", &self.schedule).ok()
    }
}

impl Config {
    /// The model file, unless the shipped model is meant.
    pub fn model_file(&self) -> Option<&Path> {
        (!self.model.as_os_str().is_empty()).then_some(self.model.as_path())
    }
}

impl Http {
    /// How long a body may take to arrive.
    pub fn body_time(&self) -> Duration {
        Duration::from_secs(self.body_seconds)
    }

    /// How long an answer may take once the body is there.
    pub fn handler_time(&self) -> Duration {
        Duration::from_secs(self.handler_seconds)
    }

    /// How long a connection may stay without a request.
    pub fn idle_time(&self) -> Duration {
        Duration::from_secs(self.idle_seconds)
    }
}
