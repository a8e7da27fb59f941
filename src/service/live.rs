//! The service: an installation and the filter that is live.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};

use super::error::ServiceError;
use super::installation::Installation;
use super::models::Following;
use super::site_layers::SiteLayers;
use crate::config::Config;
use crate::filter::Filter;

/// The filter that judges, and what sites' labels add to it. One is no use
/// without the other, so they change together.
pub(super) struct Judge {
    pub filter: Arc<Filter>,
    pub layers: SiteLayers,
}

/// Everything that `serve` needs. Shared by all requests.
pub struct Service {
    installation: Installation,
    judge: RwLock<Arc<Judge>>,
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
            judge: RwLock::new(Arc::new(Judge {
                filter: Arc::new(filter),
                layers: SiteLayers::default(),
            })),
            retention: SignedDuration::from_hours(24 * days),
        }
    }

    /// Sites, comments, decisions and counts.
    pub fn installation(&self) -> &Installation {
        &self.installation
    }

    /// The filter that judges now. A request keeps the one it began with.
    pub fn filter(&self) -> Arc<Filter> {
        Arc::clone(&self.live_judge().filter)
    }

    pub(super) fn live_judge(&self) -> Arc<Judge> {
        Arc::clone(&self.judge.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets another filter judge from the next request on. What it adds for the
    /// sites that are asked for is made before, so that no request waits for it.
    ///
    /// # Errors
    /// The store is unavailable; then nothing changes.
    pub async fn swap_filter(&self, filter: Filter) -> Result<(), ServiceError> {
        let filter = Arc::new(filter);
        let known = self.live_judge();
        let layers = known
            .layers
            .made_anew(&*self.installation.store, &filter)
            .await?;
        let mut judge = self.judge.write().unwrap_or_else(PoisonError::into_inner);
        *judge = Arc::new(Judge { filter, layers });
        Ok(())
    }

    /// When a comment that came at `at` may be forgotten.
    pub(super) fn purge_after(&self, at: Timestamp) -> Timestamp {
        at.checked_add(self.retention).unwrap_or(Timestamp::MAX)
    }
}
