//! The service: an installation and the filter that is live.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};

use super::installation::Installation;
use super::models::Following;
use super::site_layers::SiteLayers;
use crate::config::Config;
use crate::filter::Filter;

/// Everything that `serve` needs. Shared by all requests.
pub struct Service {
    installation: Installation,
    filter: RwLock<Arc<Filter>>,
    pub(super) layers: SiteLayers,
    pub(super) following: Following,
    retention: SignedDuration,
}

impl Service {
    /// A service on an opened installation.
    pub fn new(installation: Installation, filter: Filter, config: &Config) -> Self {
        let days = i64::try_from(config.retention.days).unwrap_or(36_500);
        Self {
            installation,
            following: Following::new(filter.clone(), config.model_file().is_none()),
            filter: RwLock::new(Arc::new(filter)),
            layers: SiteLayers::default(),
            retention: SignedDuration::from_hours(24 * days),
        }
    }

    /// Sites, comments, decisions and counts.
    pub fn installation(&self) -> &Installation {
        &self.installation
    }

    /// The filter that judges now. A request keeps the one it began with.
    pub fn filter(&self) -> Arc<Filter> {
        Arc::clone(&self.filter.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets another filter judge from the next request on.
    pub fn swap_filter(&self, filter: Filter) {
        *self.filter.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(filter);
    }

    /// When a comment that came at `at` may be forgotten.
    pub(super) fn purge_after(&self, at: Timestamp) -> Timestamp {
        at.checked_add(self.retention).unwrap_or(Timestamp::MAX)
    }
}
