//! Which model judges: kept, promoted, rolled back, shadowed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::live_errors::LIVE_BEFORE;
use super::registry::unusable;
use super::views::{ModelName, ModelView};
use crate::bayes::ModelCard;
use crate::domain::SiteId;
use crate::service::{Installation, ServiceError};
use crate::store::{ModelEvent, ModelEventKind, ModelHash, StoreError, StoredModel, Succession};

/// Models whose files are kept beside those that have a part.
const KEPT_FILES: usize = 20;

impl Installation {
    /// Keeps a model that was made, as the challenger. It judges nothing yet.
    ///
    /// # Errors
    /// The disk or the store is unavailable; then nothing is kept.
    pub async fn keep_model(
        &self,
        bytes: &[u8],
        card: ModelCard,
        left_out: BTreeMap<SiteId, Timestamp>,
        changes: u64,
        by: &str,
    ) -> Result<ModelHash, ServiceError> {
        // The file first: a row always has its file, whenever the power goes.
        let hash = self.model_files.put(bytes)?;
        let now = Timestamp::now();
        let model = StoredModel {
            hash: hash.clone(),
            made_at: now,
            made_by: by.to_owned(),
            card,
            left_out,
            changes,
            removed_at: None,
        };
        let event = event(ModelEventKind::Trained, Some(&hash), by, "trained");
        self.store.add_model(model, event).await?;
        tracing::info!(model = hash.id(), by, "a challenger was trained");
        self.remove_old_models().await?;
        Ok(hash)
    }

    /// Lets another model judge from now on; a running service takes it over
    /// within seconds.
    ///
    /// # Errors
    /// The model cannot judge, the champion is another one than `expected`, or
    /// the store is unavailable.
    pub async fn promote_model(
        &self,
        model: &ModelView,
        expected: &ModelView,
        by: &str,
        reason: &str,
        report: Option<Value>,
    ) -> Result<(), ServiceError> {
        let stored = model.stored();
        self.read_model(stored.as_ref())?;
        let mut report = report.unwrap_or_else(|| Value::Object(Default::default()));
        if let (Some(report), Some(errors)) = (report.as_object_mut(), self.live_errors().await?) {
            let errors = serde_json::to_value(errors).unwrap_or_default();
            report.insert(LIVE_BEFORE.to_owned(), errors);
        }
        let event = ModelEvent {
            previous: expected.stored(),
            report: Some(report),
            ..event(ModelEventKind::Promoted, stored.as_ref(), by, reason)
        };
        let succession = Succession {
            expected: expected.stored(),
            event,
        };
        self.store.succeed(succession).await?;
        tracing::info!(
            model = model.id,
            was = expected.id,
            by,
            reason,
            "a model was promoted"
        );
        Ok(())
    }

    /// Notes that the gate did not let a model through.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn keep_champion(
        &self,
        model: &ModelView,
        by: &str,
        reason: &str,
        report: Option<Value>,
    ) -> Result<(), ServiceError> {
        let event = ModelEvent {
            report,
            ..event(ModelEventKind::Kept, model.stored().as_ref(), by, reason)
        };
        self.store.note_model_event(event).await?;
        tracing::info!(model = model.id, by, reason, "a model was not promoted");
        Ok(())
    }

    /// Lets the model judge again that judged before the champion was promoted.
    /// Where that one's file is gone, the one before it does. Returns the new
    /// champion.
    ///
    /// # Errors
    /// The champion is the one that ships, or the store is unavailable.
    pub async fn roll_back_model(&self, by: &str, reason: &str) -> Result<ModelView, ServiceError> {
        let champion = self.model(&ModelName::Champion).await?;
        let Some(current) = champion.stored() else {
            return Err(unusable(
                "the champion is the one that ships, and was before all others",
                "promote another one",
            ));
        };
        let mut target = self.before(&current).await?;
        while let Some(hash) = target.clone() {
            match self.read_model(Some(&hash)) {
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(model = hash.id(), %error, "a former champion cannot judge")
                }
            }
            target = self.before(&hash).await?;
        }
        let event = ModelEvent {
            previous: Some(current.clone()),
            ..event(ModelEventKind::RolledBack, target.as_ref(), by, reason)
        };
        let expected = Some(current.clone());
        self.store.succeed(Succession { expected, event }).await?;
        let champion = self.model(&ModelName::Champion).await?;
        tracing::warn!(
            model = champion.id,
            was = current.id(),
            by,
            reason,
            "rolled back to a former model"
        );
        Ok(champion)
    }

    /// Who was champion before this one was promoted.
    async fn before(&self, hash: &ModelHash) -> Result<Option<ModelHash>, StoreError> {
        let events = self
            .store
            .model_events(Some(hash.clone()), usize::MAX)
            .await?;
        let promoted = events
            .into_iter()
            .find(|event| event.kind == ModelEventKind::Promoted);
        Ok(promoted
            .and_then(|event| event.previous)
            .filter(|previous| previous != hash))
    }

    /// Lets a model judge beside the champion from now on; only its verdicts are
    /// counted. `None` ends that.
    ///
    /// # Errors
    /// The model cannot judge, or the store is unavailable.
    pub async fn shadow_model(
        &self,
        model: Option<&ModelView>,
        by: &str,
    ) -> Result<(), ServiceError> {
        let shadow = match model {
            Some(model) => {
                let Some(hash) = model.stored() else {
                    return Err(unusable(
                        "ships with the program, and cannot be a shadow",
                        "name a model that was trained here",
                    ));
                };
                self.read_model(Some(&hash))?;
                Some(hash)
            }
            None => None,
        };
        let kind = match shadow {
            Some(_) => ModelEventKind::Shadowed,
            None => ModelEventKind::Unshadowed,
        };
        let of = match &shadow {
            Some(hash) => Some(hash.clone()),
            None => self.store.model_roles().await?.shadow,
        };
        let event = event(kind, of.as_ref(), by, "asked for");
        Ok(self.store.set_shadow(shadow, event).await?)
    }

    /// Keeps the files of models with a part and of the newest others.
    async fn remove_old_models(&self) -> Result<(), ServiceError> {
        let models = self.models().await?;
        let (held, others): (Vec<_>, Vec<_>) = models
            .iter()
            .filter(|model| !model.shipped && model.removed_at.is_none())
            .partition(|model| model.champion || model.challenger || model.shadow);
        for old in others.iter().skip(KEPT_FILES) {
            // The row first: it never names a file that is gone.
            self.store
                .model_removed(old.hash.clone(), Timestamp::now())
                .await?;
            self.model_files.remove(&old.hash)?;
        }
        let kept = held.iter().chain(others.iter().take(KEPT_FILES));
        let kept: Vec<ModelHash> = kept.map(|model| model.hash.clone()).collect();
        self.model_files.tidy(&kept)
    }
}

fn event(kind: ModelEventKind, model: Option<&ModelHash>, by: &str, reason: &str) -> ModelEvent {
    ModelEvent {
        at: Timestamp::now(),
        kind,
        model: model.cloned(),
        previous: None,
        by: by.to_owned(),
        reason: reason.to_owned(),
        report: None,
    }
}
