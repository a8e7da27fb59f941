//! Labelled comment lines to samples.

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
