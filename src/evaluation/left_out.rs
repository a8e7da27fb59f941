//! Sites judged by models that never saw them.

use std::collections::BTreeMap;

use thiserror::Error;

use super::judged::Judges;
use super::sections::Lines;
use crate::bayes::{self, Stage, TrainError, TrainOptions};
use crate::filter::{Budget, Filter};

/// Sites that stay together: for each group, parts of the names of its sites or
/// of the files that their lines are in.
#[derive(Debug, Clone, Default)]
pub struct Together(pub Vec<Vec<String>>);

/// A part of a name that no site and no file has: a slip of the pen here would
/// let a model see what it is judged on.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("no site and no file has `{0}` in its name")]
pub struct UnknownName(pub String);

impl Together {
    /// The name of each line's group. A site is a group, with what is named
    /// like it and a suffix (`blog` and `blog-import`), and with those that it
    /// must stay together with.
    ///
    /// # Errors
    /// A name that nothing is called by.
    pub fn groups(&self, lines: &Lines) -> Result<Vec<String>, UnknownName> {
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
        for together in &self.0 {
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
    lines: &Lines,
    groups: &[String],
    budget: Budget,
    progress: &(dyn Fn(Stage, usize, usize) + Sync),
) -> Result<Judges, TrainError> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let numbered: Vec<usize> = groups
        .iter()
        .map(|name| {
            let next = numbers.len();
            *numbers.entry(name).or_insert(next)
        })
        .collect();
    let options = TrainOptions::default();
    let models = bayes::leave_out(&lines.samples, &numbered, &options, progress)?;
    let mut by_comment = vec![0; lines.samples.len()];
    let mut filters = Vec::with_capacity(models.len());
    for left_out in models {
        for at in left_out.samples {
            by_comment[at] = filters.len();
        }
        filters.push(Filter::new(left_out.model, budget, BTreeMap::new()));
    }
    Ok(Judges::several(filters, by_comment))
}
