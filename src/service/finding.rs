//! Finding comments: campaigns, what there is to choose from, and the filing that
//! searches live on.

use jiff::Timestamp;

use super::error::ServiceError;
use super::installation::Installation;
use crate::domain::Site;
use crate::store::{Campaign, CampaignId, Facets, StoredComment};

/// Campaigns of a site, those that came last first.
#[derive(Debug, Clone)]
pub struct CampaignPage {
    /// Each with its newest comment.
    pub campaigns: Vec<(Campaign, StoredComment)>,
    /// After which the next page begins; `None` at the end.
    pub next: Option<(Timestamp, CampaignId)>,
}

impl Installation {
    /// A page of the site's campaigns, at most `limit` (1 to 99).
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn campaigns(
        &self,
        site: &Site,
        after: Option<(Timestamp, CampaignId)>,
        limit: usize,
    ) -> Result<CampaignPage, ServiceError> {
        // One more tells whether there is a next page.
        let mut campaigns = self.store.campaigns(site.id, after, limit + 1).await?;
        let more = campaigns.len() > limit;
        campaigns.truncate(limit);
        let last = campaigns.last().filter(|_| more);
        Ok(CampaignPage {
            next: last.map(|(last, _)| (last.last_at, last.id)),
            campaigns,
        })
    }

    /// One campaign.
    ///
    /// # Errors
    /// The site has none of that number, or the store is unavailable.
    pub async fn campaign(&self, site: &Site, id: CampaignId) -> Result<Campaign, ServiceError> {
        Ok(self.store.campaign(site.id, id).await?)
    }

    /// What there is to choose from in the site's queue.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn facets(&self, site: &Site) -> Result<Facets, ServiceError> {
        Ok(self.store.facets(site.id).await?)
    }

    /// Puts comments that came since the last call where searches find them.
    ///
    /// # Errors
    /// The store is unavailable; what was filed stays so.
    pub async fn file_comments(&self) -> Result<(), ServiceError> {
        while self.store.file().await? {
            // Checks come first: they wait for the same writer.
            tokio::task::yield_now().await;
        }
        Ok(())
    }
}
