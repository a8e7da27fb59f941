//! The comments to be judged, and the sets that they are reported in.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::judged::Judged;
use super::measures::Measures;
use crate::domain::Sample;

/// Labelled lines, with the file that each is from.
#[derive(Debug, Default)]
pub struct Lines {
    pub samples: Vec<Sample>,
    /// Names of the files.
    pub files: Vec<String>,
    /// For each sample the place of its file in `files`.
    pub file_of: Vec<usize>,
}

/// What lines without a language are called.
const NO_LANGUAGE: &str = "(none named)";

impl Lines {
    /// Adds the samples of a file.
    pub fn add(&mut self, file: &str, samples: Vec<Sample>) {
        self.file_of
            .extend(std::iter::repeat_n(self.files.len(), samples.len()));
        self.files.push(file.to_owned());
        self.samples.extend(samples);
    }

    /// The file of a sample.
    pub fn file(&self, at: usize) -> &str {
        &self.files[self.file_of[at]]
    }
}

/// One way to part the comments, measured part by part.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// `file`, `site`, `group` or `language`.
    pub by: &'static str,
    /// The largest first.
    pub sets: Vec<Measures>,
}

/// Sections by file, site, group (where there are some) and language. One that
/// would repeat the pooled row, or another section, is left out.
pub(super) fn sections(
    lines: &Lines,
    groups: Option<&[String]>,
    judged: &[Judged],
) -> Vec<Section> {
    let places = 0..lines.samples.len();
    let language = |at: usize| lines.samples[at].lang.as_deref().unwrap_or(NO_LANGUAGE);
    let mut ways: Vec<(&'static str, Vec<&str>)> = vec![
        (
            "site",
            places
                .clone()
                .map(|at| lines.samples[at].site.as_str())
                .collect(),
        ),
        ("file", places.clone().map(|at| lines.file(at)).collect()),
    ];
    ways.extend(groups.map(|names| ("group", names.iter().map(String::as_str).collect())));
    ways.push(("language", places.map(language).collect()));
    let mut seen = BTreeSet::new();
    let mut sections = Vec::new();
    for (by, names) in ways {
        let mut sets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, name) in names.into_iter().enumerate() {
            sets.entry(name).or_default().push(at);
        }
        let parts: BTreeSet<Vec<usize>> = sets.values().cloned().collect();
        if sets.len() < 2 || !seen.insert(parts) {
            continue;
        }
        let measure = |(name, places): (&&str, &Vec<usize>)| {
            Measures::of(name, places.iter().map(|at| &judged[*at]))
        };
        let mut sets: Vec<Measures> = sets.iter().map(measure).collect();
        sets.sort_by_key(|set| std::cmp::Reverse(set.ham + set.spam));
        sections.push(Section { by, sets });
    }
    sections
}
