//! The defaults of the table as a configuration.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::settings::{
    Akismet, Config, Desk, Http, Limits, Log, PolicySettings, Retention, Training, Webhooks,
};
use super::table::SETTINGS;

impl Default for Config {
    fn default() -> Self {
        let mut config = Self {
            listen: String::new(),
            data: PathBuf::new(),
            model: PathBuf::new(),
            limits: Limits::default(),
            policy: PolicySettings::default(),
            retention: Retention::default(),
            log: Log::default(),
            http: Http::default(),
            webhooks: Webhooks::default(),
            akismet: Akismet::default(),
            public_url: String::new(),
            desk: Desk::default(),
            training: Training::default(),
            rules: BTreeMap::new(),
        };
        for setting in SETTINGS {
            setting
                .field
                .set(&mut config, setting.default)
                .expect("a default is within its own bound");
        }
        config
    }
}
