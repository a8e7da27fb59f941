//! Labelled comment lines to samples, and samples to a training set.

use crate::domain::{CommentLine, FieldError, Sample};

/// The labelled lines of a text; `set` names the site where a line does not.
/// Blank lines and lines without a label or content are passed over.
///
/// # Errors
/// The first line that is no comment line, by its number (from 1).
pub fn read_samples(text: &str, set: &str) -> Result<Vec<Sample>, (usize, FieldError)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .filter_map(|(index, line)| match CommentLine::parse(line) {
            Ok(line) => line.into_sample(set).map(Ok),
            Err(error) => Some(Err((index + 1, error))),
        })
        .collect()
}

/// Samples, and what has to be known of where they are from.
#[derive(Debug)]
pub struct TrainingSet<'s> {
    pub samples: &'s [Sample],
    /// For each sample the name of the group of sites that it belongs to. A
    /// group shares campaigns, so no split may part it.
    pub groups: Vec<String>,
    /// For each sample whether it is of another genre (chat, SMS) than what is
    /// to be judged: it teaches, and has no part in calibration and thresholds.
    pub other_genre: Vec<bool>,
    /// How much each sample may move the model, 0 to 1; see [`super::weigh`].
    pub weights: Vec<f64>,
}

impl<'s> TrainingSet<'s> {
    /// Each site a group of its own, all of one genre.
    pub fn of(samples: &'s [Sample]) -> Self {
        Self {
            samples,
            groups: samples.iter().map(|sample| sample.site.clone()).collect(),
            other_genre: vec![false; samples.len()],
            weights: vec![1.0; samples.len()],
        }
    }
}
