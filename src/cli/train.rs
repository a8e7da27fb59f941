//! `hamgate train`: labels and samples to a model file, or to a challenger in
//! the store.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::model_file;
use super::models::ReportTo;
use super::origins::SiteOrigins;
use super::progress::{TrainingBar, bar};
use super::say::say;
use super::settings::{self, SettingsOptions};
use crate::bayes::{ModelFile, TrainOptions, content_hash};
use crate::evaluation::Origins;
use crate::retraining::{
    HeldOutLabels, LineFiles, RetrainError, Retraining, Start, Threads, note_samples,
};
use crate::service::Installation;

/// Train a model from labels and from files of labelled comment lines.
///
/// Starts from the shipped model, which the samples then move; nothing it knew
/// is forgotten. The same samples in any order give the same bytes. Memory is
/// bounded, however many there are: of more than some 100,000 texts a part is
/// fitted on, alike many of each site and label, and all are counted.
///
/// With --out the model goes into a file. With --data alone it becomes the
/// challenger of that installation: the newest fifth of each site's labels is
/// held out, and champion and challenger are compared on it. It judges only
/// when it is promoted.
///
/// Examples:
///
///   hamgate train --data data --promote
///
///   hamgate train --data data old-blog.jsonl
///
///   hamgate train --from-scratch *.jsonl --out my.model
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Train {
    /// Files of comment lines with labels; standard input where neither a file
    /// nor --data is named.
    pub files: Vec<PathBuf>,
    /// Where the model goes; its card is written beside it as `.card.json`.
    #[arg(long, value_name = "FILE", required_unless_present = "data")]
    pub out: Option<PathBuf>,
    /// Start from nothing instead of from a model.
    #[arg(long)]
    pub from_scratch: bool,
    /// Start from this model instead of the shipped one.
    #[arg(long, value_name = "FILE", conflicts_with = "from_scratch")]
    pub base: Option<PathBuf>,
    /// Learn also from the labels in the store of this data directory.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Let the challenger judge at once, if it is shown not to be worse.
    #[arg(long, conflicts_with = "out")]
    pub promote: bool,
    /// Settings file (TOML), for the budget that models are compared by.
    #[arg(long, value_name = "FILE", env = "HAMGATE_CONFIG")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub origins: SiteOrigins,
    /// Name in the model card.
    #[arg(long, default_value = "hamgate")]
    pub name: String,
    #[command(flatten)]
    pub report: ReportTo,
}

impl Train {
    pub async fn run(self) -> Result<()> {
        let files = match (&self.data, self.files.is_empty()) {
            (Some(_), true) => LineFiles::none(),
            _ => LineFiles::open(&self.files)?,
        };
        let start = match (&self.base, self.from_scratch) {
            (Some(base), _) => Start::File(Box::new(model_file::decode(Some(base))?)),
            (None, true) => Start::Nothing,
            (None, false) => Start::Shipped,
        };
        let retraining = Retraining {
            start,
            options: TrainOptions {
                name: self.name.clone(),
                ..TrainOptions::default()
            },
            origins: Origins::from(&self.origins),
            ..Retraining::new(Threads::All)
        };
        let installation = match &self.data {
            Some(data) => Some(Installation::open_existing(data)?),
            None => None,
        };
        match (&self.out, installation) {
            (Some(out), installation) => {
                self.to_file(out, &retraining, files, installation.as_ref())
                    .await
            }
            (None, Some(installation)) => self.to_store(&retraining, files, &installation).await,
            (None, None) => bail!("say where the model goes: --out FILE, or --data DIR"),
        }
    }

    async fn to_file(
        &self,
        out: &Path,
        retraining: &Retraining,
        files: LineFiles,
        installation: Option<&Installation>,
    ) -> Result<()> {
        // Held until what it learnt from is written down: nothing of that is
        // forgotten meanwhile.
        let _lock = match installation.map(Installation::training_lock).transpose()? {
            Some(None) => return Err(RetrainError::Busy.into()),
            lock => lock,
        };
        let sources = retraining
            .sources(files, installation, HeldOutLabels::Nothing)
            .await?;
        let progress = TrainingBar::new();
        let model = retraining.train(&sources, &|stage, done, total| {
            progress.show(stage, done, total);
        })?;
        progress.finish();
        let bytes = model.encode();
        if let Some(installation) = installation {
            note_samples(installation, &sources, &model, &bytes).await?;
        }
        write_whole(out, &bytes)?;
        let card = serde_json::to_string_pretty(&model.card)?;
        let beside = out.with_extension("card.json");
        write_whole(&beside, format!("{card}\n").as_bytes())?;
        if self.report.json {
            say!("{card}");
        } else {
            say!("{}: {:.1} MB", out.display(), bytes.len() as f64 / 1e6);
            summary(&model, &content_hash(&bytes)[..12]);
        }
        Ok(())
    }

    async fn to_store(
        &self,
        retraining: &Retraining,
        files: LineFiles,
        installation: &Installation,
    ) -> Result<()> {
        let options = SettingsOptions {
            config: self.config.clone(),
            data: None,
            model: None,
        };
        let config = options.load(None)?.config;
        let by = super::by();
        let progress = TrainingBar::new();
        let challenger = retraining
            .challenger(installation, files, &by, &|stage, done, total| {
                progress.show(stage, done, total);
            })
            .await?;
        progress.finish();
        if !self.report.json {
            summary(&challenger.file, &challenger.model.id);
        }
        let comparing = bar("comparing with the champion", 0);
        let base = settings::filter(&config)?;
        let outcome = retraining
            .judge(installation, &base, &challenger, &by, self.promote)
            .await?;
        comparing.finish_and_clear();
        self.report.give(&outcome.report, Some(outcome.promoted))
    }
}

/// Readers never see half a file, and an interrupted training leaves none.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || {
        let mut file = tempfile::Builder::new()
            .permissions(readable())
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        std::fs::File::open(folder)?.sync_all()
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

/// A model is no secret: as other files, less what the umask takes.
fn readable() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

fn summary(model: &ModelFile, id: &str) {
    let card = &model.card;
    say!(
        "{id}: {} ham and {} spam of {} sites",
        card.trained_on.ham,
        card.trained_on.spam,
        card.trained_on.sites,
    );
    let check = &card.out_of_fold;
    let of = match card.trained_on.base {
        Some(_) => "its base, ",
        None => "",
    };
    say!(
        "{of}on sites left out ({} ham, {} spam): (1-ROCA) {:.2} %, Brier {:.3}, ECE {:.3}",
        check.ham,
        check.spam,
        check.one_minus_roca_percent,
        check.brier,
        check.ece
    );
}
