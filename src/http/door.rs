//! What the handlers and the middleware know of the settings.

use std::sync::Arc;
use std::time::Duration;

use crate::config::Config;
use crate::service::Service;

/// Shared by all requests.
pub struct Door {
    pub service: Arc<Service>,
    pub body_bytes: usize,
    pub line_bytes: usize,
    pub body_time: Duration,
    pub handler_time: Duration,
}

impl Door {
    pub fn new(service: Arc<Service>, config: &Config) -> Self {
        let bytes = |setting: u64| usize::try_from(setting).unwrap_or(usize::MAX);
        Self {
            service,
            body_bytes: bytes(config.limits.body_bytes),
            line_bytes: bytes(config.limits.line_bytes),
            body_time: config.http.body_time(),
            handler_time: config.http.handler_time(),
        }
    }
}
