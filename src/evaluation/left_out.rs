//! Sites judged by models that never saw them.

use std::collections::BTreeMap;

use super::judged::Judges;
use crate::bayes::{self, Stage, TrainError, TrainOptions, TrainingSet};
use crate::filter::{Budget, Filter};

/// For each line a filter whose model, calibration and thresholds come from
/// lines of other groups alone.
///
/// # Errors
/// Without some group there are too few lines to train on.
pub fn without_each_group(
    set: &TrainingSet,
    budget: Budget,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<Judges, TrainError> {
    let models = bayes::leave_out(set, &TrainOptions::default(), progress)?;
    let mut by_comment = vec![0; set.samples.len()];
    let mut filters = Vec::with_capacity(models.len());
    for left_out in models {
        for at in left_out.samples {
            by_comment[at] = filters.len();
        }
        filters.push(Filter::new(left_out.model, budget, BTreeMap::new()));
    }
    Ok(Judges::several(filters, by_comment))
}
