//! Which comments a model learnt from, and the model of those that are left when
//! some are forgotten.

use async_trait::async_trait;

use super::challenger::{RetrainError, Retraining, Threads};
use super::labels::HeldOutLabels;
use super::lines::LineFiles;
use super::sources::Sources;
use crate::bayes::{ModelFile, Stage, TrainError};
use crate::service::{Installation, Remade, Remake, ServiceError};

/// Writes down what a model learnt from, before anything judges by it.
///
/// # Errors
/// The store is unavailable, or the copy of the labels cannot be read.
pub async fn note_samples(
    installation: &Installation,
    sources: &Sources,
    model: &ModelFile,
    bytes: &[u8],
) -> Result<(), RetrainError> {
    let taught = match sources.labels() {
        Some(labels) => labels.taught()?,
        None => Vec::new(),
    };
    let all = model.card.trained_on.ham + model.card.trained_on.spam;
    let others = all.saturating_sub(taught.len());
    Ok(installation.note_samples(bytes, taught, others).await?)
}

/// Trains on all that is left in the store, as the running service would.
pub struct WithoutForgotten<P> {
    /// Hears of a stage, how much of it is done, and how much there is.
    pub progress: P,
}

#[async_trait]
impl<P: Fn(Stage, usize, usize) + Send + Sync> Remake for WithoutForgotten<P> {
    async fn remake(&self, installation: &Installation) -> Result<Option<Remade>, ServiceError> {
        let changes = installation.label_changes().await?;
        let retraining = Retraining::new(Threads::All);
        let sources = retraining
            .sources(
                LineFiles::none(),
                Some(installation),
                HeldOutLabels::Nothing,
            )
            .await
            .map_err(failed)?;
        let file = match retraining.train(&sources, &self.progress) {
            Err(RetrainError::Train(TrainError::TooFew { .. })) => return Ok(None),
            file => file.map_err(failed)?,
        };
        let bytes = file.encode();
        note_samples(installation, &sources, &file, &bytes)
            .await
            .map_err(failed)?;
        Ok(Some(Remade {
            bytes,
            card: file.card,
            changes,
        }))
    }
}

fn failed(error: RetrainError) -> ServiceError {
    match error {
        RetrainError::Service(error) => error,
        other => ServiceError::Training(other.to_string()),
    }
}
