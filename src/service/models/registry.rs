//! Models listed and looked up, and what training asks of an installation.

use std::borrow::Cow;

use jiff::Timestamp;

use super::shipped;
use super::views::{ModelName, ModelView, ShadowView};
use crate::bayes::{Model, ModelCard};
use crate::domain::{CommentId, FieldError};
use crate::service::{Installation, ServiceError};
use crate::store::{ModelEvent, ModelHash, Roles, StoredModel, TrainingLabel};

/// Events and differences that are shown of a model.
const SHOWN: usize = 100;

impl Installation {
    /// The labelled comments after one, in the order of comment ids.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn training_labels(
        &self,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<Vec<TrainingLabel>, ServiceError> {
        Ok(self.store.training_labels(after, limit).await?)
    }

    /// Changes of labels, over all sites, so far.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn label_changes(&self) -> Result<u64, ServiceError> {
        Ok(self.store.label_changes().await?)
    }

    /// When a model was last made here, and how many changes of labels there
    /// were then.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn last_training(&self) -> Result<(Option<Timestamp>, u64), ServiceError> {
        let newest = self.store.models().await?.into_iter().next();
        Ok(newest.map_or((None, 0), |model| (Some(model.made_at), model.changes)))
    }

    /// Held by one training at a time, whatever the process; `None` while
    /// another one has it.
    ///
    /// # Errors
    /// The data directory cannot be written to.
    pub fn training_lock(&self) -> Result<Option<std::fs::File>, ServiceError> {
        self.model_files.lock()
    }

    /// A file without a name beside the models, gone with the process.
    ///
    /// # Errors
    /// The data directory cannot be written to.
    pub fn scratch_file(&self) -> Result<std::fs::File, ServiceError> {
        self.model_files.scratch()
    }

    /// What is said where [`Installation::scratch_file`] cannot be used.
    pub fn no_scratch(&self, error: &std::io::Error) -> ServiceError {
        self.model_files.refused(error)
    }

    /// Every model, the newest first, the one that ships last.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn models(&self) -> Result<Vec<ModelView>, ServiceError> {
        let roles = self.store.model_roles().await?;
        let stored = self.store.models().await?;
        let mut models: Vec<ModelView> = stored
            .into_iter()
            .map(|model| stored_view(model, &roles))
            .collect();
        models.push(shipped_view(&roles)?);
        Ok(models)
    }

    /// One model.
    ///
    /// # Errors
    /// There is none of that name, more than one, or the store is unavailable.
    pub async fn model(&self, name: &ModelName) -> Result<ModelView, ServiceError> {
        let called = |model: &ModelView| match name {
            ModelName::Shipped => model.shipped,
            ModelName::Champion => model.champion,
            ModelName::Challenger => model.challenger,
            ModelName::Shadow => model.shadow,
            ModelName::Id(id) => id.len() >= 4 && model.hash.0.starts_with(id),
        };
        let mut found = self.models().await?;
        found.retain(called);
        match (found.pop(), found.is_empty()) {
            (Some(model), true) => Ok(model),
            (Some(_), false) => Err(unusable(
                "is the start of more than one model's hash",
                "give more digits of it",
            )),
            (None, _) => Err(unusable(
                "is no model here",
                "give four digits or more of its hash, or shipped, champion, challenger or shadow; see `hamgate models list`",
            )),
        }
    }

    /// What became of a model, and what it said as a shadow.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn model_record(&self, model: &ModelView) -> Result<ShadowView, ServiceError> {
        let store = &self.store;
        let events = match model.stored() {
            Some(hash) => store.model_events(Some(hash), SHOWN).await?,
            None => {
                let mut events = store.model_events(None, SHOWN).await?;
                events.retain(|event| event.model.is_none());
                events
            }
        };
        Ok(ShadowView {
            counts: store.shadow_counts(model.hash.clone()).await?,
            differences: store.shadow_differences(model.hash.clone(), SHOWN).await?,
            events,
        })
    }

    /// What became of models, the newest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn model_events(&self, limit: usize) -> Result<Vec<ModelEvent>, ServiceError> {
        Ok(self.store.model_events(None, limit).await?)
    }

    /// A model's file; `None` is the one that ships.
    ///
    /// # Errors
    /// The file is not there, or damaged.
    pub fn model_file(
        &self,
        model: Option<&ModelHash>,
    ) -> Result<Cow<'static, [u8]>, ServiceError> {
        match model {
            None => Ok(Cow::Borrowed(shipped::BYTES)),
            Some(hash) => Ok(Cow::Owned(self.model_files.read(hash)?)),
        }
    }

    /// A model that is ready to judge; `None` is the one that ships.
    ///
    /// # Errors
    /// Its file is not there, damaged, or of another version of the program.
    pub fn read_model(&self, model: Option<&ModelHash>) -> Result<Model, ServiceError> {
        let bytes = self.model_file(model)?;
        Model::read(&bytes)
            .map_err(|error| unusable(&error.to_string(), "train a new one (hamgate train)"))
    }
}

pub(super) fn unusable(problem: &str, remedy: &str) -> ServiceError {
    FieldError::new("model", problem, remedy).into()
}

fn stored_view(model: StoredModel, roles: &Roles) -> ModelView {
    let holds = |role: &Option<ModelHash>| role.as_ref() == Some(&model.hash);
    let (champion, shadow) = (holds(&roles.champion), holds(&roles.shadow));
    ModelView {
        id: model.hash.id().to_owned(),
        champion,
        challenger: holds(&roles.challenger),
        shadow,
        shipped: false,
        made_at: Some(model.made_at),
        made_by: Some(model.made_by),
        removed_at: model.removed_at,
        since: match (champion, shadow) {
            (true, _) => roles.champion_since,
            (_, true) => roles.shadow_since,
            _ => None,
        },
        card: model.card,
        left_out: model.left_out,
        hash: model.hash,
    }
}

fn shipped_view(roles: &Roles) -> Result<ModelView, ServiceError> {
    let champion = roles.champion.is_none();
    let card = ModelCard::read(shipped::BYTES)
        .map_err(|error| unusable(&error.to_string(), "build the program again"))?;
    Ok(ModelView {
        id: shipped::HASH.id().to_owned(),
        hash: shipped::HASH.clone(),
        shipped: true,
        champion,
        challenger: false,
        shadow: false,
        made_at: None,
        made_by: None,
        removed_at: None,
        since: roles.champion_since.filter(|_| champion),
        card,
        left_out: Default::default(),
    })
}
