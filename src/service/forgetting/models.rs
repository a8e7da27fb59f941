//! Models that learnt from what is to be forgotten are removed; those that judge
//! are made anew from what is left.

use std::io::Write;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bayes::{ModelCard, TrainedOn, content_hash};
use crate::service::models::{ModelName, ModelView, shipped};
use crate::service::{Installation, ServiceError};
use crate::store::{ModelHash, TaintedModel};

const REASON: &str = "it forgets what was asked to be forgotten";

/// Makes a model of what is left: the one call that decides how.
#[async_trait]
pub trait Remake: Send + Sync {
    /// Trains on every label of the store, and writes down that it did; `None`
    /// if no label is left.
    ///
    /// # Errors
    /// The store is unavailable, or training fails.
    async fn remake(&self, installation: &Installation) -> Result<Option<Remade>, ServiceError>;
}

/// A model of all that the store still knows.
pub struct Remade {
    pub bytes: Vec<u8>,
    pub card: ModelCard,
    /// Changes of labels, over all sites, when it was trained.
    pub changes: u64,
}

/// What became of a model that knew something that was to be forgotten.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelChange {
    pub before: ModelHash,
    /// What judges in its place; absent where it had no part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ModelHash>,
    /// What the new one learnt from; absent where it is the one that ships.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trained_on: Option<TrainedOn>,
    /// In a sentence.
    pub outcome: String,
}

impl Installation {
    /// Removes every tainted model. `named` is the file that the setting `model`
    /// names: it judges, wherever it is.
    pub(super) async fn forget_in_models(
        &self,
        named: Option<&Path>,
        by: &str,
        remake: &dyn Remake,
    ) -> Result<Vec<ModelChange>, ServiceError> {
        let tainted = self.store.tainted_models().await?;
        if tainted.is_empty() {
            return Ok(Vec::new());
        }
        let champion = self.store.model_roles().await?.champion;
        let named = named.map(Named::read).transpose()?;
        let judges = |hash: &ModelHash| {
            champion.as_ref() == Some(hash) || named.as_ref().is_some_and(|one| one.hash == *hash)
        };
        let remade = match tainted.iter().any(|model| judges(&model.hash)) {
            true => remake.remake(self).await?,
            false => None,
        };
        let mut changes = Vec::new();
        for model in tainted {
            let change = if champion.as_ref() == Some(&model.hash) {
                self.replace_champion(&model, remade.as_ref(), by).await?
            } else if let Some(named) = named.as_ref().filter(|one| one.hash == model.hash) {
                self.replace_named(&model, named, remade.as_ref()).await?
            } else {
                self.remove(&model).await?
            };
            changes.push(change);
        }
        Ok(changes)
    }

    async fn replace_champion(
        &self,
        model: &TaintedModel,
        remade: Option<&Remade>,
        by: &str,
    ) -> Result<ModelChange, ServiceError> {
        let expected = self.model(&ModelName::Champion).await?;
        let view = match remade {
            None => self.model(&ModelName::Shipped).await?,
            Some(remade) => {
                let card = remade.card.clone();
                let none = Default::default();
                let hash = self
                    .keep_model(&remade.bytes, card, none, remade.changes, by)
                    .await?;
                self.model(&ModelName::Id(hash.0)).await?
            }
        };
        if view.hash == model.hash {
            return Ok(unchanged(model, remade));
        }
        self.promote_model(&view, &expected, by, REASON, None)
            .await?;
        self.remove(model).await?;
        Ok(replaced(model, &view, remade))
    }

    /// Writes the new model where the old one was: the file is the owner's.
    async fn replace_named(
        &self,
        model: &TaintedModel,
        named: &Named,
        remade: Option<&Remade>,
    ) -> Result<ModelChange, ServiceError> {
        let bytes = remade.map_or(shipped::BYTES, |remade| &remade.bytes);
        named.replace(bytes)?;
        let hash = ModelHash(content_hash(bytes));
        if hash == model.hash {
            return Ok(unchanged(model, remade));
        }
        self.remove(model).await?;
        Ok(ModelChange {
            outcome: format!(
                "it was made anew in its file {}; a service that runs with it takes it over when \
                 it is started again{}",
                named.path.display(),
                elsewhere(model)
            ),
            after: Some(hash),
            trained_on: remade.map(|remade| remade.card.trained_on.clone()),
            before: model.hash.clone(),
        })
    }

    /// The file first: as long as it is there, the model stays tainted.
    async fn remove(&self, model: &TaintedModel) -> Result<ModelChange, ServiceError> {
        let known = self.models().await?;
        let known = known.iter().any(|view| view.hash == model.hash);
        self.model_files.remove(&model.hash)?;
        let (hash, now) = (model.hash.clone(), Timestamp::now());
        self.store.model_forgotten(hash, now).await?;
        Ok(ModelChange {
            before: model.hash.clone(),
            after: None,
            trained_on: None,
            outcome: match known {
                true => "its file was removed".to_owned(),
                false => "it was trained into a file that is not this installation's: remove that \
                          file"
                    .to_owned(),
            },
        })
    }
}

fn replaced(model: &TaintedModel, view: &ModelView, remade: Option<&Remade>) -> ModelChange {
    ModelChange {
        before: model.hash.clone(),
        after: Some(view.hash.clone()),
        trained_on: remade.map(|remade| remade.card.trained_on.clone()),
        outcome: match remade {
            Some(_) => format!(
                "it judged, and was made anew from what is left{}",
                elsewhere(model)
            ),
            None => "it judged; no label is left, so the model that ships judges".to_owned(),
        },
    }
}

fn unchanged(model: &TaintedModel, remade: Option<&Remade>) -> ModelChange {
    ModelChange {
        before: model.hash.clone(),
        after: Some(model.hash.clone()),
        trained_on: remade.map(|remade| remade.card.trained_on.clone()),
        outcome: "it judges; made anew from what is left, it is the same, so it never knew it"
            .to_owned(),
    }
}

/// What is lost where a model had also learnt from files.
fn elsewhere(model: &TaintedModel) -> String {
    match model.others {
        Some(0) => String::new(),
        Some(others) => format!(
            "; {others} samples of files that it knew are not in the new one: train again with them"
        ),
        None => "; if it had learnt from files as well, train again with them".to_owned(),
    }
}

/// The file that the setting `model` names.
struct Named {
    path: PathBuf,
    hash: ModelHash,
}

/// The content hash of a model file.
pub(super) fn hash_of(file: &Path) -> Result<ModelHash, ServiceError> {
    Named::read(file).map(|named| named.hash)
}

impl Named {
    fn read(path: &Path) -> Result<Self, ServiceError> {
        let bytes = std::fs::read(path).map_err(|error| refused(path, &error))?;
        Ok(Self {
            path: path.to_owned(),
            hash: ModelHash(content_hash(&bytes)),
        })
    }

    fn replace(&self, bytes: &[u8]) -> Result<(), ServiceError> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let write = || {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            let mode = std::fs::metadata(&self.path)?.permissions();
            file.as_file().set_permissions(mode)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&self.path)?;
            std::fs::File::open(folder)?.sync_all()
        };
        write().map_err(|error| refused(&self.path, &error))
    }
}

fn refused(path: &Path, error: &std::io::Error) -> ServiceError {
    ServiceError::Directory {
        path: path.to_owned(),
        problem: error.to_string(),
        remedy: "let this process read and write the model that judges (the setting `model`), \
                 then run `hamgate forget --resume`",
    }
}
