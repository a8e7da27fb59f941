//! Where training gets its samples from. It passes over them twice, so that
//! what it has to remember does not grow with them.

use std::sync::Arc;

use super::samples::TrainingSet;
use super::train::TrainError;
use crate::domain::Sample;

/// A labelled comment on its way into training.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub sample: Sample,
    /// See [`TrainingSet::groups`].
    pub group: Arc<str>,
    /// See [`TrainingSet::other_genre`].
    pub other_genre: bool,
    /// How much it counts beside another one of its site and label; 1 where
    /// nothing limits whoever labelled it.
    pub weight: f64,
}

/// Takes a batch, and how far the pass then is, in the units of
/// [`Source::size`].
pub type Take<'t> = dyn FnMut(Vec<Example>, u64) -> Result<(), TrainError> + 't;

/// Samples that can be gone through again and again, in whatever order.
pub trait Source {
    /// How much there is, in units of its own.
    fn size(&self) -> u64;

    /// Gives every sample once, in batches.
    ///
    /// # Errors
    /// They cannot be read, or what `take` fails with.
    fn pass(&self, take: &mut Take) -> Result<(), TrainError>;
}

/// Samples of a batch from memory.
const BATCH: usize = 4_096;

impl Source for TrainingSet<'_> {
    fn size(&self) -> u64 {
        self.samples.len() as u64
    }

    fn pass(&self, take: &mut Take) -> Result<(), TrainError> {
        let mut batch = Vec::with_capacity(BATCH.min(self.samples.len()));
        let mut groups: Vec<Arc<str>> = Vec::new();
        for (at, sample) in self.samples.iter().enumerate() {
            if groups.last().is_none_or(|last| **last != *self.groups[at]) {
                groups = vec![Arc::from(self.groups[at].as_str())];
            }
            batch.push(Example {
                sample: sample.clone(),
                group: Arc::clone(&groups[0]),
                other_genre: self.other_genre[at],
                weight: self.weights[at],
            });
            if batch.len() == BATCH || at + 1 == self.samples.len() {
                take(std::mem::take(&mut batch), at as u64 + 1)?;
            }
        }
        Ok(())
    }
}
