//! Sites judged by models that never saw them.

use std::collections::BTreeMap;

use thiserror::Error;

use super::judged::Judges;
use super::sections::Lines;
use crate::bayes::{self, Stage, TrainError, TrainOptions, TrainingSet};
use crate::filter::{Budget, Filter};

/// What is known of sites, which are named by parts of their names or of the
/// files that their lines are in.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    /// Groups of sites that share campaigns.
    pub together: Vec<Vec<String>>,
    /// Sites of another genre than what is to be judged.
    pub other_genre: Vec<String>,
}

/// A part of a name that no site and no file has: a slip of the pen here would
/// let a model see what it is judged on.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("no site and no file has `{0}` in its name")]
pub struct UnknownName(pub String);

impl Origins {
    /// The lines as a training set.
    ///
    /// # Errors
    /// A name that nothing is called by.
    pub fn training_set<'l>(&self, lines: &'l Lines) -> Result<TrainingSet<'l>, UnknownName> {
        let mut other_genre = vec![false; lines.samples.len()];
        for part in &self.other_genre {
            let mut known = false;
            for (at, sample) in lines.samples.iter().enumerate() {
                let called = [sample.site.as_str(), lines.file(at)];
                if called.iter().any(|name| name.contains(part.as_str())) {
                    other_genre[at] = true;
                    known = true;
                }
            }
            if !known {
                return Err(UnknownName(part.clone()));
            }
        }
        Ok(TrainingSet {
            samples: &lines.samples,
            groups: self.groups(lines)?,
            other_genre,
            weights: vec![1.0; lines.samples.len()],
        })
    }

    /// The name of each line's group. A site is a group, with what is named
    /// like it and a suffix (`blog` and `blog-import`), and with those that it
    /// must stay together with.
    ///
    /// # Errors
    /// A name that nothing is called by.
    fn groups(&self, lines: &Lines) -> Result<Vec<String>, UnknownName> {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (at, sample) in lines.samples.iter().enumerate() {
            let known = names.entry(&sample.site).or_default();
            if known.last() != Some(&lines.file(at)) {
                known.push(lines.file(at));
            }
        }
        let sites: Vec<&str> = names.keys().copied().collect();
        let mut groups: Vec<usize> = (0..sites.len()).collect();
        let mut join = |a: usize, b: usize| {
            let (kept, gone) = (groups[a].min(groups[b]), groups[a].max(groups[b]));
            for group in groups.iter_mut().filter(|group| **group == gone) {
                *group = kept;
            }
        };
        for (at, site) in sites.iter().enumerate() {
            let is_of = |name: &&str| {
                name.strip_prefix(*site)
                    .is_some_and(|rest| rest.starts_with(['-', '_', '/']))
            };
            for (other, _) in sites.iter().enumerate().filter(|(_, name)| is_of(name)) {
                join(at, other);
            }
        }
        for together in &self.together {
            let mut first = None;
            for part in together {
                let called = |site: &&str| {
                    site.contains(part.as_str())
                        || names[site].iter().any(|file| file.contains(part.as_str()))
                };
                let matching: Vec<usize> =
                    (0..sites.len()).filter(|at| called(&sites[*at])).collect();
                if matching.is_empty() {
                    return Err(UnknownName(part.clone()));
                }
                for at in matching {
                    join(*first.get_or_insert(at), at);
                }
            }
        }
        let title = |group: usize| {
            let members = groups.iter().filter(|other| **other == group).count();
            match members {
                1 => sites[group].to_owned(),
                _ => format!("{} and {} more", sites[group], members - 1),
            }
        };
        let place = |site: &str| sites.partition_point(|name| *name < site);
        let samples = lines.samples.iter();
        Ok(samples
            .map(|sample| title(groups[place(&sample.site)]))
            .collect())
    }
}

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
