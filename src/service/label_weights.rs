//! What each label of the store may move in the shared model.

use super::error::ServiceError;
use super::installation::Installation;
use crate::bayes::{self, Caps, Surprise, Voice, Weighed};
use crate::domain::{GivenLabel, History, Sample};
use crate::features::Features;
use crate::filter::Filter;

/// Weighs labels for the shared model, by who gave them and by what `base`,
/// the filter before them, says of their comments; without one, no label can
/// contradict it.
pub fn weigh_labels(base: Option<&Filter>, given: &[GivenLabel]) -> Vec<Weighed> {
    let nothing_known = History::default();
    let said: Vec<f64> = given
        .iter()
        .map(|label| {
            base.map_or(0.0, |base| {
                let features = Features::of(&label.sample.comment);
                base.judge(&features, &nothing_known).log_odds.0
            })
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
    let policy = base.map(Filter::policy);
    let sure_of_spam = policy.and_then(|policy| policy.reject_above);
    let surprise = Surprise {
        sure_of_spam: sure_of_spam.map_or(f64::INFINITY, |at| at.0),
        sure_of_ham: policy.map_or(f64::NEG_INFINITY, |policy| policy.accept_below.0),
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
