//! Another error budget, tried on the newest comments before it is applied: by
//! the log-odds that they got, and the code that judges.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::check::on_thread;
use super::error::ServiceError;
use super::installation::Installation;
use crate::domain::{FieldError, HoldAnswer, Judgement, Site, SiteSettings, Verdict};
use crate::features::Features;
use crate::filter::{Budget, Filter, Policy};
use crate::store::{JudgedComment, StoreError};

/// Comments that are looked at.
const NEWEST: usize = 1_000;
/// Shares that a budget may have.
const SHARES: std::ops::RangeInclusive<f64> = 0.000_01..=0.5;

/// The settings of a site that the board moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Shares from 0.00001 to 0.5.
    pub max_ham_rejected: f64,
    pub max_spam_accepted: f64,
    pub reject: bool,
    pub hold: HoldAnswer,
    pub discard: bool,
}

/// What would become of the newest comments.
#[derive(Debug, Clone)]
pub struct WhatIf {
    /// Thresholds in force, and those that were tried.
    pub now: Outcome,
    pub then: Outcome,
    /// Comments that were looked at.
    pub looked_at: usize,
    /// Comments that another model judged: its log-odds and these thresholds
    /// do not belong together.
    pub other_model: usize,
    /// Newest first.
    pub changes: Vec<Change>,
}

/// What a policy makes of the comments.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    pub policy: Policy,
    /// Accepted, held, rejected.
    pub verdicts: [usize; 3],
    /// Of the rejected, those that Akismet's clients would throw away unseen.
    pub discarded: usize,
}

/// A comment whose verdict would be another one.
#[derive(Debug, Clone)]
pub struct Change {
    pub judged: JudgedComment,
    /// By the settings in force.
    pub from: Verdict,
    pub to: Verdict,
}

impl Trial {
    /// What is in force on a site.
    pub fn in_force(budget: Budget, settings: &SiteSettings) -> Self {
        let own = budget.of_site(settings);
        Self {
            max_ham_rejected: own.max_ham_rejected,
            max_spam_accepted: own.max_spam_accepted,
            reject: own.reject,
            hold: settings.hold,
            discard: settings.discard,
        }
    }

    /// The settings with what was moved: the rest stays as it is, so a site
    /// still follows the installation where it did.
    fn moved(&self, budget: Budget, settings: &SiteSettings) -> SiteSettings {
        let before = Self::in_force(budget, settings);
        let mut moved = settings.clone();
        if self.max_ham_rejected != before.max_ham_rejected {
            moved.max_ham_rejected = Some(self.max_ham_rejected);
        }
        if self.max_spam_accepted != before.max_spam_accepted {
            moved.max_spam_accepted = Some(self.max_spam_accepted);
        }
        if self.reject != before.reject {
            moved.reject = Some(self.reject);
        }
        moved.hold = self.hold;
        moved.discard = self.discard;
        moved
    }

    fn check(&self) -> Result<(), FieldError> {
        for (field, share) in [
            ("ham", self.max_ham_rejected),
            ("spam", self.max_spam_accepted),
        ] {
            if !SHARES.contains(&share) {
                let remedy = "give a share from 0.001 % to 50 %";
                return Err(FieldError::new(field, "is out of bounds", remedy));
            }
        }
        Ok(())
    }
}

impl Installation {
    /// Tries other settings on a site's newest comments. Nothing is written.
    ///
    /// # Errors
    /// A share is out of bounds, or the store is unavailable.
    pub(super) async fn what_if(
        &self,
        filter: &Arc<Filter>,
        site: &Site,
        trial: Trial,
    ) -> Result<WhatIf, ServiceError> {
        trial.check()?;
        let newest = self.store.newest_judged(site.id, NEWEST).await?;
        let tried = trial.moved(filter.budget(), &site.settings);
        let (filter, settings) = (Arc::clone(filter), site.settings.clone());
        on_thread(true, move || compared(&filter, &settings, &tried, newest)).await
    }

    /// Applies settings that were tried, if those in force are still the ones
    /// that were seen.
    ///
    /// # Errors
    /// A share is out of bounds, `Changed` if the settings are others since, or
    /// the store is unavailable.
    pub(super) async fn apply_trial(
        &self,
        filter: &Filter,
        site: &Site,
        seen: Trial,
        trial: Trial,
    ) -> Result<Site, ServiceError> {
        trial.check()?;
        let budget = filter.budget();
        let is_as_seen = Arc::new(AtomicBool::new(false));
        let found = Arc::clone(&is_as_seen);
        let change = move |settings: &mut SiteSettings| {
            if Trial::in_force(budget, settings) == seen {
                *settings = trial.moved(budget, settings);
                found.store(true, Ordering::Relaxed);
            }
        };
        let site = self.store.site_settings(site.id, Box::new(change)).await?;
        match is_as_seen.load(Ordering::Relaxed) {
            true => Ok(site),
            false => Err(StoreError::Changed.into()),
        }
    }
}

fn compared(
    filter: &Filter,
    settings: &SiteSettings,
    tried: &SiteSettings,
    newest: Vec<JudgedComment>,
) -> WhatIf {
    let model = filter.model().id();
    let all = newest.len();
    let mut now = Outcome::of(filter, settings);
    let mut then = Outcome::of(filter, tried);
    let (mut changes, mut looked_at) = (Vec::new(), 0);
    for judged in newest {
        if judged.judgement.model != model {
            continue;
        }
        looked_at += 1;
        let features = || Features::of(&judged.comment);
        let from = now.judge(filter, settings, &judged.judgement, features);
        let to = then.judge(filter, tried, &judged.judgement, features);
        if from != to {
            changes.push(Change { judged, from, to });
        }
    }
    WhatIf {
        now,
        then,
        looked_at,
        other_model: all - looked_at,
        changes,
    }
}

impl Outcome {
    fn of(filter: &Filter, settings: &SiteSettings) -> Self {
        Self {
            policy: filter.policy_for(settings),
            verdicts: [0; 3],
            discarded: 0,
        }
    }

    fn judge(
        &mut self,
        filter: &Filter,
        settings: &SiteSettings,
        judged: &Judgement,
        features: impl Fn() -> Features,
    ) -> Verdict {
        let verdict = filter.verdict_under(self.policy, judged, features);
        self.verdicts[verdict as usize] += 1;
        let is_rejected = verdict == Verdict::Reject;
        if is_rejected && settings.discard && self.policy.is_beyond_doubt(judged.log_odds) {
            self.discarded += 1;
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_moved_becomes_the_sites_own() {
        let budget = Budget::default();
        let site = SiteSettings {
            max_spam_accepted: Some(0.05),
            audit_share: 0.5,
            ..SiteSettings::default()
        };
        let before = Trial::in_force(budget, &site);
        assert_eq!(
            (before.max_ham_rejected, before.max_spam_accepted),
            (0.001, 0.05)
        );
        assert_eq!(before.moved(budget, &site), site);
        let trial = Trial {
            max_ham_rejected: 0.01,
            discard: true,
            ..before
        };
        let moved = trial.moved(budget, &site);
        assert_eq!(Trial::in_force(budget, &moved), trial);
        assert_eq!((moved.reject, moved.audit_share), (None, 0.5));
        assert!(
            Trial {
                max_ham_rejected: 0.6,
                ..before
            }
            .check()
            .is_err()
        );
        assert!(
            Trial {
                max_spam_accepted: f64::NAN,
                ..before
            }
            .check()
            .is_err()
        );
    }
}
