//! Forgetting comments whose time has come.

use jiff::Timestamp;

use super::error::ServiceError;
use super::installation::Installation;

impl Installation {
    /// Forgets every comment that is past its retention at `now`; returns how
    /// many there were.
    ///
    /// # Errors
    /// The store is unavailable; nothing was forgotten.
    pub async fn purge(&self, now: Timestamp) -> Result<u64, ServiceError> {
        let purged = self.store.purge(now).await?;
        if purged > 0 {
            tracing::info!(purged, "forgot comments past their retention");
        }
        Ok(purged)
    }
}
