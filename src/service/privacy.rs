//! What a site does with what commenters send it: read out of the settings that
//! are in force and nowhere else, so that the page about it cannot lie.

use super::error::ServiceError;
use super::live::Service;
use crate::domain::{Contact, HoldAnswer};

/// What the page says of one site.
#[derive(Debug, Clone, PartialEq)]
pub struct PrivacyFacts {
    pub name: String,
    /// Address of the blog.
    pub url: String,
    pub contact: Option<Contact>,
    /// Days that a comment is kept after it came the last time.
    pub retention_days: u64,
    /// Whether the filter rejects anything without a person.
    pub rejects: bool,
    /// The share of honest comments that may be rejected, 0 to 1.
    pub max_ham_rejected: f64,
    /// The share of what it decided by itself that a person checks, 0 to 1.
    pub audit_share: f64,
    /// Whether authors can appeal by a link.
    pub appeals: bool,
    /// What becomes of a held comment where the blog speaks Akismet's protocol.
    pub hold: HoldAnswer,
    /// Whether such a blog is told to throw away what is spam beyond doubt.
    pub discards: bool,
    /// Addresses that are told of verdicts and decisions.
    pub webhooks: usize,
    /// Whether other blogs are served too, whose labels are counted with ours.
    pub has_neighbours: bool,
    /// Id of the model that judges.
    pub model: String,
}

impl Service {
    /// What the site with this public id does.
    ///
    /// # Errors
    /// There is no such site, or the store is unavailable.
    pub async fn privacy(&self, public_id: &str) -> Result<PrivacyFacts, ServiceError> {
        let store = &self.installation().store;
        let site = store.site_by_public_id(public_id).await?;
        let webhooks = store.webhooks(Some(site.id)).await?;
        let has_neighbours = store.sites().await?.len() > 1;
        let filter = self.filter();
        let settings = &site.settings;
        Ok(PrivacyFacts {
            retention_days: self.retention_days(),
            rejects: filter.policy_for(settings).reject_above.is_some(),
            max_ham_rejected: filter.budget_of(settings).max_ham_rejected,
            audit_share: settings.audit_share,
            appeals: self.takes_appeals(&site),
            hold: settings.hold,
            discards: settings.discard,
            webhooks: webhooks
                .iter()
                .filter(|one| one.off_since.is_none())
                .count(),
            has_neighbours,
            model: filter.model().id().to_owned(),
            contact: settings.contact.clone(),
            name: site.name,
            url: site.url,
        })
    }
}
