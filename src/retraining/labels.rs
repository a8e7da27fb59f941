//! The store's labels, copied once into a temporary file, so that both passes of
//! a training see the same; the newest of each site are held out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bayes::TrainError;
use crate::domain::{Comment, CommentId, Label, Sample, SiteId};
use crate::evaluation::HeldOut;
use crate::service::{Installation, ServiceError};
use crate::store::TrainingLabel;

/// Labels that are read from the store at once.
const PAGE: usize = 1_000;
/// Of each site so many of a hundred comments are held out, the newest, and so
/// many at most.
const HELD_OUT_PERCENT: usize = 20;
const HELD_OUT_MOST: usize = 1_000;

/// How much a label counts for the shared model: 1, or less where somebody's
/// say is limited; 0 leaves it to its own site.
pub type Weigh = dyn Fn(&TrainingLabel) -> f64 + Send + Sync;

/// Labels of all sites, on disk and without a name there.
pub struct Labels {
    file: File,
    /// In all, whether held out or not.
    pub count: usize,
    bytes: u64,
    /// Comments of a site that came after this are held out.
    pub left_out: BTreeMap<SiteId, Timestamp>,
}

/// Which labels are held out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldOutLabels {
    /// None: all teach.
    Nothing,
    /// The newest of each site.
    Newest,
}

#[derive(Serialize, Deserialize)]
struct Line {
    id: CommentId,
    site: SiteId,
    name: String,
    label: Label,
    /// When the comment came, in microseconds.
    came: i64,
    weight: f64,
    comment: Comment,
}

impl Labels {
    /// Copies the labels of all sites.
    ///
    /// # Errors
    /// The store or the disk is unavailable.
    pub async fn of(
        installation: &Installation,
        held_out: HeldOutLabels,
        weigh: &Weigh,
    ) -> Result<Self, ServiceError> {
        let refused = |error: io::Error| installation.no_scratch(&error);
        let mut file = BufWriter::new(installation.scratch_file()?);
        let mut times: BTreeMap<SiteId, Vec<i64>> = BTreeMap::new();
        let (mut after, mut count, mut bytes) = (None, 0, 0);
        loop {
            let page = installation.training_labels(after, PAGE).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = Some(last.comment_id);
            for label in page {
                let came = label
                    .comment
                    .submitted_at
                    .unwrap_or(label.at)
                    .as_microsecond();
                times.entry(label.site).or_default().push(came);
                let line = Line {
                    id: label.comment_id,
                    site: label.site,
                    weight: weigh(&label),
                    name: label.site_name,
                    label: label.label,
                    came,
                    comment: label.comment,
                };
                let mut text = serde_json::to_vec(&line).map_err(|error| refused(error.into()))?;
                text.push(b'\n');
                file.write_all(&text).map_err(refused)?;
                bytes += text.len() as u64;
                count += 1;
            }
        }
        let file = file
            .into_inner()
            .map_err(|error| refused(error.into_error()))?;
        let left_out = match held_out {
            HeldOutLabels::Nothing => BTreeMap::new(),
            HeldOutLabels::Newest => times.into_iter().filter_map(newest).collect(),
        };
        Ok(Self {
            file,
            count,
            bytes,
            left_out,
        })
    }

    /// Bytes that a pass reads.
    pub fn size(&self) -> u64 {
        self.bytes
    }

    /// Names of the sites.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn sites(&self) -> Result<Vec<String>, TrainError> {
        let mut names = std::collections::BTreeSet::new();
        self.lines(&mut |line, _| {
            if !names.contains(&line.name) {
                names.insert(line.name);
            }
            Ok(())
        })?;
        Ok(names.into_iter().collect())
    }

    /// Gives every label that teaches, with its weight and how many bytes are read.
    ///
    /// # Errors
    /// The temporary file cannot be read, or what `take` fails with.
    pub fn pass(
        &self,
        take: &mut dyn FnMut(Sample, f64, u64) -> Result<(), TrainError>,
    ) -> Result<(), TrainError> {
        self.lines(&mut |line, read| {
            let is_out = self.is_left_out(&line, &self.left_out);
            match is_out || line.weight <= 0.0 {
                true => Ok(()),
                false => {
                    let weight = line.weight;
                    take(line.sample(), weight, read)
                }
            }
        })
    }

    /// The comments that teach.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn taught(&self) -> Result<Vec<CommentId>, TrainError> {
        let mut taught = Vec::new();
        self.lines(&mut |line, _| {
            if !self.is_left_out(&line, &self.left_out) && line.weight > 0.0 {
                taught.push(line.id);
            }
            Ok(())
        })?;
        Ok(taught)
    }

    /// The labels that came after `left_out`, site by site.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn held_out(
        &self,
        left_out: &BTreeMap<SiteId, Timestamp>,
    ) -> Result<Vec<HeldOut>, TrainError> {
        let mut held_out = Vec::new();
        self.lines(&mut |line, _| {
            if self.is_left_out(&line, left_out) {
                held_out.push(HeldOut {
                    id: line.id.to_string(),
                    sample: line.sample(),
                });
            }
            Ok(())
        })?;
        Ok(held_out)
    }

    fn is_left_out(&self, line: &Line, left_out: &BTreeMap<SiteId, Timestamp>) -> bool {
        left_out
            .get(&line.site)
            .is_some_and(|time| line.came > time.as_microsecond())
    }

    fn lines(
        &self,
        take: &mut dyn FnMut(Line, u64) -> Result<(), TrainError>,
    ) -> Result<(), TrainError> {
        let broken = |error: String| {
            TrainError::Unreadable(format!("the copy of the labels cannot be read: {error}"))
        };
        let mut file = self
            .file
            .try_clone()
            .map_err(|error| broken(error.to_string()))?;
        file.seek(SeekFrom::Start(0))
            .map_err(|error| broken(error.to_string()))?;
        let mut read = 0;
        for line in BufReader::with_capacity(1 << 20, file).lines() {
            let line = line.map_err(|error| broken(error.to_string()))?;
            read += line.len() as u64 + 1;
            // Its message may quote a comment.
            let line =
                serde_json::from_str(&line).map_err(|_| broken("a line is damaged".into()))?;
            take(line, read)?;
        }
        Ok(())
    }
}

impl Line {
    fn sample(self) -> Sample {
        Sample {
            comment: self.comment,
            label: self.label,
            site: self.name,
            lang: None,
        }
    }
}

/// The time after which the newest share of a site's comments came; those that
/// came at one moment are never parted.
fn newest((site, mut times): (SiteId, Vec<i64>)) -> Option<(SiteId, Timestamp)> {
    let most = (times.len() * HELD_OUT_PERCENT / 100).min(HELD_OUT_MOST);
    if most == 0 {
        return None;
    }
    times.sort_unstable();
    let last_seen = times[times.len() - most - 1];
    Some((site, Timestamp::from_microsecond(last_seen).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_fifth_is_held_out_and_a_moment_is_not_parted() {
        let after =
            |times: Vec<i64>| newest((SiteId(1), times)).map(|(_, time)| time.as_microsecond());
        assert_eq!(after((1..=10).rev().collect()), Some(8));
        assert_eq!(after(vec![1, 2, 3, 4]), None);
        // All came at once: nothing is newer than the rest.
        let at_once = after(vec![7; 100]).expect("a time");
        assert!(!vec![7; 100].iter().any(|time| *time > at_once));
        assert_eq!(after((0..100_000).collect()), Some(98_999));
    }
}
