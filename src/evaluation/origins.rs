//! What is known of where comment lines are from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use thiserror::Error;

use super::sections::Lines;
use crate::bayes::TrainingSet;

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

/// For each site the files that it has lines in.
pub type Places = BTreeMap<String, BTreeSet<String>>;

/// Every site's group and genre.
#[derive(Debug, Clone, Default)]
pub struct Named {
    groups: BTreeMap<String, Arc<str>>,
    other_genre: Vec<String>,
}

impl Named {
    /// The group of a site; one that was not known is a group of its own.
    pub fn group(&self, site: &str) -> Arc<str> {
        self.groups
            .get(site)
            .cloned()
            .unwrap_or_else(|| Arc::from(site))
    }

    /// Whether lines of the site in the file are of another genre.
    pub fn is_other_genre(&self, site: &str, file: &str) -> bool {
        let mut parts = self.other_genre.iter();
        parts.any(|part| site.contains(part.as_str()) || file.contains(part.as_str()))
    }
}

impl Origins {
    /// The lines as a training set.
    ///
    /// # Errors
    /// A name that nothing is called by.
    pub fn training_set<'l>(&self, lines: &'l Lines) -> Result<TrainingSet<'l>, UnknownName> {
        let mut places = Places::new();
        for (at, sample) in lines.samples.iter().enumerate() {
            let file = lines.file(at);
            match places.get_mut(&sample.site) {
                Some(files) if files.contains(file) => {}
                Some(files) => {
                    files.insert(file.to_owned());
                }
                None => {
                    places.insert(sample.site.clone(), BTreeSet::from([file.to_owned()]));
                }
            }
        }
        let named = self.name(&places)?;
        let samples = || lines.samples.iter().enumerate();
        Ok(TrainingSet {
            samples: &lines.samples,
            groups: samples()
                .map(|(_, sample)| named.group(&sample.site).as_ref().to_owned())
                .collect(),
            other_genre: samples()
                .map(|(at, sample)| named.is_other_genre(&sample.site, lines.file(at)))
                .collect(),
            weights: vec![1.0; lines.samples.len()],
        })
    }

    /// The group and genre of each site. A site is a group, with what is named
    /// like it and a suffix (`blog` and `blog-import`), and with those that it
    /// must stay together with.
    ///
    /// # Errors
    /// A name that nothing is called by.
    pub fn name(&self, places: &Places) -> Result<Named, UnknownName> {
        let sites: Vec<&str> = places.keys().map(String::as_str).collect();
        let called = |site: &str, part: &str| {
            site.contains(part) || places[site].iter().any(|file| file.contains(part))
        };
        for part in &self.other_genre {
            if !sites.iter().any(|site| called(site, part)) {
                return Err(UnknownName(part.clone()));
            }
        }
        let mut groups: Vec<usize> = (0..sites.len()).collect();
        let mut join = |a: usize, b: usize| {
            let (kept, gone) = (groups[a].min(groups[b]), groups[a].max(groups[b]));
            if kept != gone {
                for group in groups.iter_mut().filter(|group| **group == gone) {
                    *group = kept;
                }
            }
        };
        for (at, site) in sites.iter().enumerate() {
            // Names that begin alike stand together.
            let alike = sites[at + 1..]
                .iter()
                .take_while(|name| name.starts_with(site));
            for (further, name) in alike.enumerate() {
                if name[site.len()..].starts_with(['-', '_', '/']) {
                    join(at, at + 1 + further);
                }
            }
        }
        for together in &self.together {
            let mut first = None;
            for part in together {
                let matching = (0..sites.len()).filter(|at| called(sites[*at], part));
                let matching: Vec<usize> = matching.collect();
                if matching.is_empty() {
                    return Err(UnknownName(part.clone()));
                }
                for at in matching {
                    join(*first.get_or_insert(at), at);
                }
            }
        }
        let mut members: BTreeMap<usize, usize> = BTreeMap::new();
        for group in &groups {
            *members.entry(*group).or_default() += 1;
        }
        let title = |group: usize| match members[&group] {
            1 => Arc::from(sites[group]),
            members => Arc::from(format!("{} and {} more", sites[group], members - 1)),
        };
        let titles: BTreeMap<usize, Arc<str>> = members
            .keys()
            .map(|group| (*group, title(*group)))
            .collect();
        Ok(Named {
            groups: sites
                .iter()
                .zip(&groups)
                .map(|(site, group)| ((*site).to_owned(), Arc::clone(&titles[group])))
                .collect(),
            other_genre: self.other_genre.clone(),
        })
    }
}
