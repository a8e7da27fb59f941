//! What an admin can do with models: look, promote, roll back, shadow.

use super::access::Admin;
use crate::domain::FieldError;
use crate::service::{LiveErrors, ModelName, ModelView, ServiceError, ShadowView};

/// A model with all that is known of it.
pub struct ModelRecord {
    pub model: ModelView,
    /// What became of it, and what it said as a shadow.
    pub record: ShadowView,
    /// Its errors since it judges, where it does.
    pub live_errors: Option<LiveErrors>,
}

impl Admin {
    /// Every model, the newest first, the one that ships last.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn models(&self) -> Result<Vec<ModelView>, ServiceError> {
        self.installation().models().await
    }

    /// One model.
    ///
    /// # Errors
    /// There is none of that name, or the store is unavailable.
    pub async fn model(&self, name: &str) -> Result<ModelRecord, ServiceError> {
        let installation = self.installation();
        let model = installation.model(&ModelName::from(name)).await?;
        Ok(ModelRecord {
            record: installation.model_record(&model).await?,
            live_errors: match model.champion {
                true => installation.live_errors().await?,
                false => None,
            },
            model,
        })
    }

    /// Lets a model judge, whatever a comparison says. `expected` is the id of
    /// the champion that this person saw.
    ///
    /// # Errors
    /// No reason is given, the model cannot judge, another one became champion
    /// meanwhile, or the store is unavailable.
    pub async fn promote_anyway(
        &self,
        model: &ModelView,
        expected: &str,
        reason: &str,
    ) -> Result<(), ServiceError> {
        let reason = reason.trim();
        if reason.is_empty() || reason.len() > 500 {
            let problem = "is empty, or longer than 500 bytes";
            return Err(FieldError::new("reason", problem, "say in a line why").into());
        }
        let installation = self.installation();
        let expected = installation.model(&ModelName::from(expected)).await?;
        let promoted = installation.promote_model(model, &expected, self.name(), reason, None);
        promoted.await
    }

    /// Lets the model judge again that did before the champion was promoted.
    ///
    /// # Errors
    /// The champion is the one that ships, or the store is unavailable.
    pub async fn roll_back_model(&self) -> Result<(), ServiceError> {
        let back = self
            .installation()
            .roll_back_model(self.name(), "asked for");
        back.await.map(drop)
    }

    /// Lets a model judge beside the champion; `None` ends that.
    ///
    /// # Errors
    /// The model cannot judge, or the store is unavailable.
    pub async fn shadow_model(&self, model: Option<&ModelView>) -> Result<(), ServiceError> {
        self.installation().shadow_model(model, self.name()).await
    }
}
