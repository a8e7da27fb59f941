//! The first pass over the samples: how many there are of what, and which of
//! them the multipliers are fitted on.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::Offset;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::options::{Stage, TrainOptions};
use super::selection::Selection;
use super::slices::TrainedSite;
use super::source::{Example, Source};
use super::train::TrainError;
use crate::domain::{Label, Sample};

/// What is known of all samples before any of them is taken apart.
pub struct Survey {
    pub ham: usize,
    pub spam: usize,
    /// By name.
    pub sites: BTreeMap<String, TrainedSite>,
    /// Samples of each group.
    pub groups: BTreeMap<Arc<str>, usize>,
    /// Of each site, samples of another genre: `[ham, spam]`.
    other_genre: BTreeMap<String, [usize; 2]>,
    /// Keys of the samples to fit on, sorted; `None`: all of them.
    pub chosen: Option<Vec<u128>>,
    /// Sum of all keys: another set has another one.
    digest: u128,
}

impl Survey {
    pub fn of(
        source: &dyn Source,
        options: &TrainOptions,
        progress: &(dyn Fn(Stage, usize, usize) + Sync),
    ) -> Result<Self, TrainError> {
        let mut survey = Self {
            ham: 0,
            spam: 0,
            sites: BTreeMap::new(),
            groups: BTreeMap::new(),
            other_genre: BTreeMap::new(),
            chosen: None,
            digest: 0,
        };
        let mut selection = Selection::with(options.room);
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let size = source.size() as usize;
        source.pass(&mut |batch, done| {
            let keys: Vec<u128> = batch.par_iter().map(|one| key(&one.sample)).collect();
            for (example, key) in batch.into_iter().zip(keys) {
                let sample = &example.sample;
                let number = match numbers.get(&sample.site) {
                    Some(number) => *number,
                    None => {
                        numbers.insert(sample.site.clone(), numbers.len());
                        numbers.len() - 1
                    }
                };
                let stratum = (number, sample.label == Label::Spam);
                selection.add(stratum, key, cost(sample));
                survey.digest = survey.digest.wrapping_add(key);
                survey.count(example);
            }
            progress(Stage::Survey, done as usize, size);
            Ok(())
        })?;
        survey.chosen = selection.chosen();
        Ok(survey)
    }

    fn count(&mut self, example: Example) {
        let sample = example.sample;
        *self.groups.entry(example.group).or_default() += 1;
        let at = match sample.label {
            Label::Ham => &mut self.ham,
            Label::Spam => &mut self.spam,
        };
        *at += 1;
        if example.other_genre {
            let counts = self.other_genre.entry(sample.site.clone()).or_default();
            counts[usize::from(sample.label == Label::Spam)] += 1;
        }
        if !self.sites.contains_key(&sample.site) {
            let site = TrainedSite {
                site: sample.site.clone(),
                ham: 0,
                spam: 0,
                years: None,
                other_genre: true,
            };
            self.sites.insert(sample.site.clone(), site);
        }
        if let Some(site) = self.sites.get_mut(&sample.site) {
            match sample.label {
                Label::Ham => site.ham += 1,
                Label::Spam => site.spam += 1,
            }
            site.other_genre &= example.other_genre;
            if let Some(at) = sample.comment.submitted_at {
                let year = Offset::UTC.to_datetime(at).year();
                let (first, last) = site.years.unwrap_or((year, year));
                site.years = Some((first.min(year), last.max(year)));
            }
        }
    }

    /// The sites, the largest first.
    pub fn trained_sites(&self) -> Vec<TrainedSite> {
        let mut sites: Vec<TrainedSite> = self.sites.values().cloned().collect();
        sites.sort_by_key(|site| std::cmp::Reverse(site.ham + site.spam));
        sites
    }

    /// The weight of a sample of each site and label among all of them, ham and
    /// spam: by the size of its site and label, the classes alike, mean 1.
    pub fn weights(&self, options: &TrainOptions) -> BTreeMap<&str, [f64; 2]> {
        let of = |site: &TrainedSite| [site.ham as f64, site.spam as f64];
        let mut totals = [0.0; 2];
        for site in self.sites.values() {
            let others = self
                .other_genre
                .get(&site.site)
                .copied()
                .unwrap_or_default();
            for (class, n) in of(site).into_iter().enumerate() {
                let others = others[class] as f64;
                let counted = n - others + options.other_genre_weight * others;
                totals[class] += counted * n.max(1.0).powf(-options.set_power);
            }
        }
        let half = (self.ham + self.spam) as f64 / 2.0;
        let weight = |site: &TrainedSite| {
            let n = of(site);
            [0, 1].map(|class| n[class].max(1.0).powf(-options.set_power) * half / totals[class])
        };
        let sites = self.sites.values();
        sites
            .map(|site| (site.site.as_str(), weight(site)))
            .collect()
    }

    /// Whether a sample is one to fit on.
    pub fn is_chosen(&self, key: u128) -> bool {
        let chosen = self.chosen.as_ref();
        chosen.is_none_or(|chosen| chosen.binary_search(&key).is_ok())
    }

    /// # Errors
    /// A later pass met other samples.
    pub fn same_as(&self, digest: u128) -> Result<(), TrainError> {
        if digest == self.digest {
            Ok(())
        } else {
            Err(TrainError::Changed)
        }
    }
}

/// The same samples in any order train the same model.
pub fn key(sample: &Sample) -> u128 {
    let comment = serde_json::to_string(&sample.comment).expect("a comment is plain JSON");
    let text = format!("{}\0{}\0{comment}", sample.site, sample.label.as_str());
    xxh3_128(text.as_bytes())
}

/// What a sample takes of [`TrainOptions::room`]: about as many tokens as it
/// has, runs of characters above all.
fn cost(sample: &Sample) -> u64 {
    let content = &sample.comment.content;
    // A character is four bytes at most; more than 3,000 are not looked at.
    let bytes = content.len().min(12_000);
    let head = content
        .get(..bytes)
        .map_or(bytes, |head| head.chars().count());
    300 + 3 * head.min(2_000) as u64 + head.min(3_000) as u64 / 2
}
