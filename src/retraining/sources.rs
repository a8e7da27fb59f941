//! Files and the store's labels as one source of samples.

use std::collections::BTreeSet;

use super::labels::Labels;
use super::lines::LineFiles;
use crate::bayes::{Example, Source, Take, TrainError};
use crate::domain::Sample;
use crate::evaluation::{Named, Origins, Places, UnknownName};

/// What the store's labels are called beside files.
const STORE: &str = "the store";
/// Labels that are handed on together.
const BATCH: usize = 4_096;

/// All that a training is made from.
pub struct Sources {
    files: LineFiles,
    labels: Option<Labels>,
    named: Named,
}

/// Why samples cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SourcesError {
    #[error(transparent)]
    Train(#[from] TrainError),
    #[error("--together or --other-genre: {0}")]
    Name(#[from] UnknownName),
}

impl Sources {
    /// # Errors
    /// Something cannot be read, or `origins` names what is not there.
    pub fn new(
        files: LineFiles,
        labels: Option<Labels>,
        origins: &Origins,
    ) -> Result<Self, SourcesError> {
        let mut places = Places::new();
        files.places(&mut places)?;
        if let Some(labels) = &labels {
            for site in labels.sites()? {
                places
                    .entry(site)
                    .or_insert_with(BTreeSet::new)
                    .insert(STORE.to_owned());
            }
        }
        let named = origins.name(&places)?;
        Ok(Self {
            files,
            labels,
            named,
        })
    }

    /// The store's labels, held out or not.
    pub fn labels(&self) -> Option<&Labels> {
        self.labels.as_ref()
    }

    fn example(&self, sample: Sample, file: &str, weight: f64) -> Example {
        Example {
            group: self.named.group(&sample.site),
            other_genre: self.named.is_other_genre(&sample.site, file),
            weight,
            sample,
        }
    }
}

impl Source for Sources {
    fn size(&self) -> u64 {
        self.files.size() + self.labels.as_ref().map_or(0, Labels::size)
    }

    fn pass(&self, take: &mut Take) -> Result<(), TrainError> {
        self.files.pass(&mut |samples, file, read| {
            let examples = samples.into_iter();
            take(
                examples
                    .map(|sample| self.example(sample, file, 1.0))
                    .collect(),
                read,
            )
        })?;
        let Some(labels) = &self.labels else {
            return Ok(());
        };
        let before = self.files.size();
        let mut batch = Vec::with_capacity(BATCH);
        labels.pass(&mut |sample, weight, read| {
            batch.push(self.example(sample, STORE, weight));
            match batch.len() {
                BATCH => take(std::mem::take(&mut batch), before + read),
                _ => Ok(()),
            }
        })?;
        take(batch, self.size())
    }
}
