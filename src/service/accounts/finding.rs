//! Finding comments on a person's sites, and the filters that they keep.

use jiff::Timestamp;

use super::access::Viewer;
use crate::domain::{FieldError, Site};
use crate::service::{CampaignPage, ServiceError};
use crate::store::{Campaign, CampaignId, Facets, MOST_SAVED, SavedFilter};

/// Longest name of a saved filter, in code points.
const NAME_CHARS: usize = 60;
/// Longest query of a saved filter, in bytes.
const QUERY_BYTES: usize = 4_000;

impl Viewer {
    /// A page of the site's campaigns.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn campaigns(
        &self,
        site: &Site,
        after: Option<(Timestamp, CampaignId)>,
        limit: usize,
    ) -> Result<CampaignPage, ServiceError> {
        self.installation().campaigns(site, after, limit).await
    }

    /// One campaign of the site.
    ///
    /// # Errors
    /// There is none of that number, or the store is unavailable.
    pub async fn campaign(&self, site: &Site, id: CampaignId) -> Result<Campaign, ServiceError> {
        self.installation().campaign(site, id).await
    }

    /// What there is to choose from in the site's queue.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn facets(&self, site: &Site) -> Result<Facets, ServiceError> {
        self.installation().facets(site).await
    }

    /// This person's filters, by name.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn saved_filters(&self) -> Result<Vec<SavedFilter>, ServiceError> {
        let store = &self.installation().store;
        Ok(store.saved_filters(self.moderator().id).await?)
    }

    /// Keeps a filter, instead of one of the same name.
    ///
    /// # Errors
    /// The name is empty or too long, there are too many, or the store is
    /// unavailable.
    pub async fn save_filter(&self, name: &str, query: String) -> Result<(), ServiceError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS {
            let problem = "is empty or longer than 60 characters";
            return Err(FieldError::new("name", problem, "name the filter in a few words").into());
        }
        if query.len() > QUERY_BYTES {
            return Err(FieldError::new("query", "is too long", "filter by less").into());
        }
        let filter = SavedFilter {
            name: name.to_owned(),
            query,
        };
        let store = &self.installation().store;
        match store.save_filter(self.moderator().id, filter).await? {
            true => Ok(()),
            false => {
                let problem = format!("is one more than the {MOST_SAVED} filters that are kept");
                Err(FieldError::new("name", problem, "remove one first").into())
            }
        }
    }

    /// Forgets a filter, if there is one of that name.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn remove_filter(&self, name: &str) -> Result<(), ServiceError> {
        let store = &self.installation().store;
        store.remove_filter(self.moderator().id, name).await?;
        Ok(())
    }
}
