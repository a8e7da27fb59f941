//! What the handlers and the middleware know of the settings.

use std::sync::Arc;
use std::time::Duration;

use super::akismet::WrongKeys;
use super::desk::Front;
use crate::config::Config;
use crate::domain::Label;
use crate::service::{Service, SignIn};

/// Shared by all requests.
pub struct Door {
    pub service: Arc<Service>,
    pub sign_in: SignIn,
    pub front: Front,
    pub body_bytes: usize,
    pub line_bytes: usize,
    pub body_time: Duration,
    pub handler_time: Duration,
    pub akismet: AkismetDoor,
    /// For the pages that show what is set for all sites.
    pub config: Config,
}

/// The same for Akismet's protocol.
pub struct AkismetDoor {
    pub body_bytes: usize,
    /// After it a comment-check is answered as one that cannot be judged.
    pub budget: Duration,
    /// What a blog is told of it; a hold where nothing else is set.
    pub when_unavailable: Option<Label>,
    pub wrong_keys: WrongKeys,
}

impl Door {
    pub fn new(service: Arc<Service>, config: &Config) -> Self {
        let bytes = |setting: u64| usize::try_from(setting).unwrap_or(usize::MAX);
        Self {
            sign_in: SignIn::new(service.installation().clone(), config),
            front: Front::of(config),
            service,
            body_bytes: bytes(config.limits.body_bytes),
            line_bytes: bytes(config.limits.line_bytes),
            body_time: config.http.body_time(),
            handler_time: config.http.handler_time(),
            akismet: AkismetDoor {
                body_bytes: bytes(config.akismet.body_bytes),
                budget: Duration::from_millis(config.akismet.budget_ms),
                when_unavailable: match config.akismet.when_unavailable.as_str() {
                    "spam" => Some(Label::Spam),
                    "ham" => Some(Label::Ham),
                    _ => None,
                },
                wrong_keys: WrongKeys::default(),
            },
            config: config.clone(),
        }
    }
}
