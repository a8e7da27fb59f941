//! What each label of the store may move in the shared model.

use super::error::ServiceError;
use super::installation::Installation;
use crate::bayes::{self, Caps, Surprise, Voice, Weighed};
use crate::domain::{GivenLabel, History, Sample};
use crate::features::Features;
use crate::filter::Filter;

/// Weighs labels for the shared model, by who gave them and by what `base`,
/// the filter before them, says of their comments.
pub fn weigh_labels(base: &Filter, given: &[GivenLabel]) -> Vec<Weighed> {
    let nothing_known = History::default();
    let said: Vec<f64> = given
        .iter()
        .map(|label| {
            let features = Features::of(&label.sample.comment);
            base.judge(&features, &nothing_known).log_odds.0
        })
        .collect();
    let voices: Vec<Voice> = given
        .iter()
        .map(|label| Voice {
            site: label.sample.site.clone(),
            moderator: label.by.clone(),
            day: label.at.as_second().div_euclid(86_400),
        })
        .collect();
    let samples: Vec<Sample> = given.iter().map(|label| label.sample.clone()).collect();
    let policy = base.policy();
    let surprise = Surprise {
        sure_of_spam: policy.reject_above.map_or(f64::INFINITY, |at| at.0),
        sure_of_ham: policy.accept_below.0,
    };
    bayes::weigh(&samples, &voices, &said, Caps::default(), surprise)
}

impl Installation {
    /// Every label in force whose text is not forgotten, with who gave it.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn given_labels(&self) -> Result<Vec<GivenLabel>, ServiceError> {
        Ok(self.store.given_labels().await?)
    }
}
