//! `hamgate train`: samples to a model file and its card.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use super::origins::SiteOrigins;
use super::progress::TrainingBar;
use super::say::say;
use super::{lines, models};
use crate::bayes::{self, ModelFile, TrainOptions, content_hash};
use crate::evaluation::Lines;

/// Train a model from labelled comment lines.
///
/// Starts from the shipped model, which the samples then move; nothing it knew
/// is forgotten. The same samples in any order give the same bytes.
#[derive(Debug, Args)]
pub struct Train {
    /// Files of comment lines with labels; standard input where none is named.
    pub files: Vec<PathBuf>,
    /// Where the model goes; its card is written beside it as `.card.json`.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Start from nothing instead of from a model.
    #[arg(long)]
    pub from_scratch: bool,
    /// Start from this model instead of the shipped one.
    #[arg(long, value_name = "FILE", conflicts_with = "from_scratch")]
    pub base: Option<PathBuf>,
    /// Learn also from the labels in the store of this data directory.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[command(flatten)]
    pub origins: SiteOrigins,
    /// Name in the model card.
    #[arg(long, default_value = "hamgate")]
    pub name: String,
    /// The card as JSON on standard output.
    #[arg(long)]
    pub json: bool,
}

impl Train {
    pub async fn run(self) -> Result<()> {
        let mut lines = match (&self.data, self.files.is_empty()) {
            (Some(_), true) => Lines::default(),
            _ => lines::with_files(&self.files)?,
        };
        let others = lines.samples.len();
        let mut taught = None;
        if let Some(data) = &self.data {
            let installation = crate::service::Installation::open_existing(data)?;
            let (ids, samples) = installation.labelled_samples().await?;
            lines.add("the store", samples);
            taught = Some((installation, ids));
        }
        let base = match self.from_scratch {
            true => None,
            false => Some(models::decode(self.base.as_deref())?),
        };
        let options = TrainOptions {
            name: self.name,
            ..TrainOptions::default()
        };
        let set = self.origins.training_set(&lines)?;
        let progress = TrainingBar::new();
        let model = bayes::train(&set, base.as_ref(), &options, &|stage, done, total| {
            progress.show(stage, done, total);
        })?;
        progress.finish();
        let bytes = model.encode();
        if let Some((installation, ids)) = taught {
            installation.note_samples(&bytes, ids, others).await?;
        }
        write_whole(&self.out, &bytes)?;
        let card = serde_json::to_string_pretty(&model.card)?;
        write_whole(
            &self.out.with_extension("card.json"),
            format!("{card}\n").as_bytes(),
        )?;
        if self.json {
            say!("{card}");
        } else {
            report(&model, &self.out, &bytes);
        }
        Ok(())
    }
}

/// Readers never see half a file.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let partial = path.with_extension("partial");
    let write = || {
        let mut file = std::fs::File::create(&partial)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&partial, path)
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

fn report(model: &ModelFile, out: &Path, bytes: &[u8]) {
    let card = &model.card;
    say!(
        "{}: {} ham and {} spam of {} sites, {:.1} MB, id {}",
        out.display(),
        card.trained_on.ham,
        card.trained_on.spam,
        card.trained_on.sites,
        bytes.len() as f64 / 1e6,
        &content_hash(bytes)[..12],
    );
    let check = &card.out_of_fold;
    say!(
        "on sites left out ({} ham, {} spam): (1-ROCA) {:.2} %, Brier {:.3}, ECE {:.3}",
        check.ham,
        check.spam,
        check.one_minus_roca_percent,
        check.brier,
        check.ece
    );
}
