//! Samples to a challenger, kept in the store and judged by the gate.

use std::sync::Arc;

use rayon::ThreadPool;
use thiserror::Error;

use super::forgetting::note_samples;
use super::gatekeeper::through_gate;
use super::labels::{HeldOutLabels, Labels, Weigh};
use super::lines::LineFiles;
use super::sources::{Sources, SourcesError};
use crate::bayes::{self, ModelError, ModelFile, Stage, TrainError, TrainOptions};
use crate::evaluation::{GateReport, Origins, UnknownName};
use crate::filter::Filter;
use crate::service::{Installation, ModelName, ModelView, ServiceError, give_way, shipped};

/// What a training begins with.
#[derive(Debug)]
pub enum Start {
    /// The model that ships, which the samples then move. Always it and never
    /// the champion: a label counts once, however often one trains, and what is
    /// forgotten was never there.
    Shipped,
    /// Another model.
    File(Box<ModelFile>),
    Nothing,
}

/// How to train.
pub struct Retraining {
    pub start: Start,
    pub options: TrainOptions,
    pub origins: Origins,
    /// How much each of the store's labels counts.
    pub weigh: Arc<Weigh>,
    pub threads: Threads,
}

/// Who does the work.
pub enum Threads {
    /// Every core.
    All,
    /// One thread, which lets all others go first.
    Background(ThreadPool),
}

/// Why there is no challenger.
#[derive(Debug, Error)]
pub enum RetrainError {
    #[error(transparent)]
    Service(#[from] ServiceError),
    #[error(transparent)]
    Train(#[from] TrainError),
    #[error("--together or --other-genre: {0}")]
    Name(#[from] UnknownName),
    #[error("the model to start from cannot be used: {0}")]
    Base(#[from] ModelError),
    /// Two at once would take twice the memory for nothing.
    #[error("another training is at work in this installation; wait until it is done")]
    Busy,
    #[error("no thread could be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl From<SourcesError> for RetrainError {
    fn from(error: SourcesError) -> Self {
        match error {
            SourcesError::Train(error) => error.into(),
            SourcesError::Name(error) => error.into(),
        }
    }
}

impl From<crate::store::StoreError> for RetrainError {
    fn from(error: crate::store::StoreError) -> Self {
        ServiceError::from(error).into()
    }
}

/// A challenger, and what its samples were.
pub struct Challenger {
    pub model: ModelView,
    pub file: ModelFile,
    pub sources: Sources,
}

/// What became of a challenger at the gate.
#[derive(Debug)]
pub struct Outcome {
    pub report: GateReport,
    /// It judges now.
    pub promoted: bool,
}

impl Threads {
    /// # Errors
    /// The thread cannot be started.
    pub fn background() -> Result<Self, RetrainError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .thread_name(|_| "retraining".into())
            .start_handler(|_| give_way())
            .build()?;
        Ok(Self::Background(pool))
    }

    pub(super) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match self {
            Self::All => work(),
            Self::Background(pool) => pool.install(work),
        }
    }
}

impl Retraining {
    /// As the running service retrains: the store's labels on the shipped model.
    pub fn new(threads: Threads) -> Self {
        Self {
            start: Start::Shipped,
            options: TrainOptions::default(),
            origins: Origins::default(),
            weigh: Arc::new(|_| 1.0),
            threads,
        }
    }

    /// Reads all labels of an installation, if one is given, beside the files.
    ///
    /// # Errors
    /// Something cannot be read.
    pub async fn sources(
        &self,
        files: LineFiles,
        installation: Option<&Installation>,
        held_out: HeldOutLabels,
    ) -> Result<Sources, RetrainError> {
        let labels = match installation {
            Some(installation) => Some(Labels::of(installation, held_out, &*self.weigh).await?),
            None => None,
        };
        Ok(Sources::new(files, labels, &self.origins)?)
    }

    /// Trains.
    ///
    /// # Errors
    /// Too few samples, or they cannot be read.
    pub fn train(
        &self,
        sources: &Sources,
        progress: &(dyn Fn(Stage, usize, usize) + Sync),
    ) -> Result<ModelFile, RetrainError> {
        let shipped;
        let base = match &self.start {
            Start::Nothing => None,
            Start::File(file) => Some(&**file),
            Start::Shipped => {
                shipped = ModelFile::decode(shipped::BYTES)?;
                Some(&shipped)
            }
        };
        let train = || bayes::train(sources, base, &self.options, progress);
        Ok(self.threads.run(train)?)
    }

    /// Trains on the store's labels, without the newest of each site, and on the
    /// files, and keeps the model as the challenger. Nothing judges by it yet.
    ///
    /// # Errors
    /// Too few samples, something cannot be read or written, or another training
    /// is at work.
    pub async fn challenger(
        &self,
        installation: &Installation,
        files: LineFiles,
        by: &str,
        progress: &(dyn Fn(Stage, usize, usize) + Sync),
    ) -> Result<Challenger, RetrainError> {
        let Some(_lock) = installation.training_lock()? else {
            return Err(RetrainError::Busy);
        };
        // Before they are read: what changes meanwhile counts as new.
        let changes = installation.label_changes().await?;
        let sources = self
            .sources(files, Some(installation), HeldOutLabels::Newest)
            .await?;
        let file = self.train(&sources, progress)?;
        let left_out = sources.labels().map(|labels| labels.left_out.clone());
        let left_out = left_out.unwrap_or_default();
        let bytes = self.threads.run(|| file.encode());
        note_samples(installation, &sources, &file, &bytes).await?;
        let hash = installation
            .keep_model(&bytes, file.card.clone(), left_out, changes, by)
            .await?;
        let model = installation.model(&ModelName::Id(hash.0)).await?;
        Ok(Challenger {
            model,
            file,
            sources,
        })
    }

    /// Lets the gate judge a challenger on what it left out, and promotes it if
    /// it passes and `promote` says so.
    ///
    /// # Errors
    /// Something cannot be read, or the store is unavailable.
    pub async fn judge(
        &self,
        installation: &Installation,
        base: &Filter,
        challenger: &Challenger,
        by: &str,
        promote: bool,
    ) -> Result<Outcome, RetrainError> {
        let labels = challenger.sources.labels();
        let model = &challenger.model;
        through_gate(
            installation,
            base,
            model,
            labels,
            by,
            promote,
            &self.threads,
        )
        .await
    }
}
