//! Seeing how the filter does: numbers, past decisions, and another budget on
//! trial. Everybody sees their own sites; only admins apply.

use std::sync::Arc;

use jiff::Timestamp;

use super::access::{Admin, Viewer};
use crate::domain::Site;
use crate::filter::Filter;
use crate::service::{Agreement, Dashboard, ServiceError, Trial, WhatIf};
use crate::store::{LogFilter, LoggedDecision};

/// Comments with two judges that are looked at, of each site.
const JUDGED_TWICE: usize = 1_000;

impl Viewer {
    /// The site of that name, or all of this person's where it is empty.
    ///
    /// # Errors
    /// This person sees no site of that name.
    pub fn sites_asked(&self, name: &str) -> Result<Vec<Site>, ServiceError> {
        match name {
            "" => Ok(self.sites().to_vec()),
            name => Ok(vec![self.site(name)?.clone()]),
        }
    }

    /// The numbers of some of this person's sites, over so many days.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn dashboard(
        &self,
        sites: &[Site],
        span: i32,
        now: Timestamp,
    ) -> Result<Dashboard, ServiceError> {
        self.installation().dashboard(sites, span, now).await
    }

    /// Past decisions on some of this person's sites, as narrowed by `filter`,
    /// newest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn decision_log(
        &self,
        sites: &[Site],
        filter: LogFilter,
    ) -> Result<Vec<LoggedDecision>, ServiceError> {
        let sites = sites.iter().map(|site| site.id).collect();
        let filter = LogFilter { sites, ..filter };
        Ok(self.installation().store.decision_log(filter).await?)
    }

    /// Everybody who decided on some of this person's sites, by name.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn deciders(&self, sites: &[Site]) -> Result<Vec<String>, ServiceError> {
        let sites: Vec<_> = sites.iter().map(|site| site.id).collect();
        Ok(self.installation().store.deciders(&sites).await?)
    }

    /// How far moderators agree on some of this person's sites.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn agreement(&self, sites: &[Site]) -> Result<Agreement, ServiceError> {
        let store = &self.installation().store;
        let mut ratings = Vec::new();
        for site in sites {
            ratings.extend(store.replaced_ratings(site.id, JUDGED_TWICE).await?);
        }
        Ok(Agreement::of(&ratings))
    }

    /// Tries other settings on one of this person's sites.
    ///
    /// # Errors
    /// A share is out of bounds, or the store is unavailable.
    pub async fn what_if(
        &self,
        filter: &Arc<Filter>,
        site: &Site,
        trial: Trial,
    ) -> Result<WhatIf, ServiceError> {
        self.installation().what_if(filter, site, trial).await
    }
}

impl Admin {
    /// Applies settings that were tried, if those in force are still as `seen`.
    ///
    /// # Errors
    /// A share is out of bounds, the settings are others since, or the store is
    /// unavailable.
    pub async fn apply_trial(
        &self,
        filter: &Filter,
        site: &Site,
        seen: Trial,
        trial: Trial,
    ) -> Result<Site, ServiceError> {
        let installation = self.installation();
        installation.apply_trial(filter, site, seen, trial).await
    }
}
