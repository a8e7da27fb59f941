//! The rules as they weigh on a site, and how they did there.

use std::collections::HashMap;

use super::error::ServiceError;
use super::installation::Installation;
use super::live::Service;
use super::stats::Rate;
use crate::domain::{FieldError, LogOdds, RuleSetting, Site, Source};
use crate::rules::{self, FAMILIES, Family, Rule, Weight};

/// One rule on one site.
#[derive(Clone)]
pub struct RuleOnSite {
    pub rule: &'static Rule,
    pub family: &'static Family,
    /// What the live model weighs it at levels 1 to 3; the argued weight where
    /// no training shows it.
    pub fitted: [f64; 3],
    /// The weight in the installation's settings, which comes before the
    /// fitted one; 0 switches it off.
    pub installation: Option<LogOdds>,
    /// The site's own, which comes before both.
    pub own: Option<RuleSetting>,
    /// Of the labelled comments on which it fired, those called spam.
    pub spam: Rate,
}

impl RuleOnSite {
    /// What it weighs here at level 1.
    pub fn weight(&self) -> f64 {
        let own = self.own.map(RuleSetting::log_odds);
        own.or(self.installation)
            .map_or(self.fitted[0], |owner| owner.0)
    }
}

impl Service {
    /// Every rule as it weighs on the site, in the order of the reference.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn rules_on(&self, site: &Site) -> Result<Vec<RuleOnSite>, ServiceError> {
        let mut fired: HashMap<String, (u64, u64)> = HashMap::new();
        for tally in self.installation().store.reason_tallies(site.id).await? {
            if tally.source == Source::Rules {
                let (spam, n) = fired.entry(tally.reason).or_default();
                *spam += u64::from(tally.spam);
                *n += u64::from(tally.spam) + u64::from(tally.ham);
            }
        }
        let filter = self.filter();
        let on_site = |family: &'static Family, rule: &'static Rule| {
            let (spam, n) = fired.get(rule.id).copied().unwrap_or_default();
            RuleOnSite {
                rule,
                family,
                fitted: match rule.weight {
                    Weight::Fitted => filter.model().rule_weights(rule.id),
                    Weight::Argued(weight) => [1.0, 1.5, 2.0].map(|times| times * weight.0),
                },
                installation: filter.rules().get(rule.id).copied(),
                own: site.settings.rules.get(rule.id).copied(),
                spam: Rate::wilson(spam, n),
            }
        };
        let families = FAMILIES.iter();
        Ok(families
            .flat_map(|family| family.rules.iter().map(move |rule| (*family, rule)))
            .map(|(family, rule)| on_site(family, rule))
            .collect())
    }
}

impl Installation {
    /// Gives a rule a weight of the site's own; `None` takes it back. It holds
    /// from the next request on.
    ///
    /// # Errors
    /// There is no such rule or site, or the store is unavailable.
    pub async fn weigh_rule(
        &self,
        site: &str,
        id: &str,
        setting: Option<RuleSetting>,
    ) -> Result<Site, ServiceError> {
        let id = known_rule(id)?;
        self.site_settings(site, move |settings| match setting {
            Some(setting) => {
                settings.rules.insert(id.to_owned(), setting);
            }
            None => {
                settings.rules.remove(id);
            }
        })
        .await
    }
}

/// The rule's id, if there is such a rule.
fn known_rule(id: &str) -> Result<&'static str, ServiceError> {
    let mut known = rules::all().map(|rule| rule.id);
    Ok(known.find(|known| *known == id).ok_or_else(|| {
        FieldError::new(
            "rule",
            format!("`{id}` is not known"),
            "name one that `hamgate rules` lists",
        )
    })?)
}
