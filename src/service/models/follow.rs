//! The running service takes over what the store says of models: who judges,
//! and who judges beside. No request waits for it; each keeps the filter that
//! it began with.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::shadow::Shadow;
use crate::filter::Filter;
use crate::service::check::on_thread;
use crate::service::{Service, ServiceError};
use crate::store::{ModelHash, Roles};

/// What the service follows.
pub struct Following {
    /// Judges where the store names no champion.
    base: Filter,
    /// An owner's settings may name a model file; then nothing is followed.
    follows: bool,
    seen: Mutex<Seen>,
    shadow: RwLock<Option<Arc<Shadow>>>,
}

#[derive(Default, Clone, PartialEq)]
struct Seen {
    champion: Option<ModelHash>,
    shadow: Option<ModelHash>,
}

impl Following {
    pub fn new(base: Filter, follows: bool) -> Self {
        Self {
            base,
            follows,
            seen: Mutex::default(),
            shadow: RwLock::default(),
        }
    }

    pub fn shadow(&self) -> Option<Arc<Shadow>> {
        let shadow = self.shadow.read().unwrap_or_else(PoisonError::into_inner);
        shadow.clone()
    }
}

impl Service {
    /// Takes over the champion and the shadow, if they are others than those at
    /// work. A model that cannot be read changes nothing, and is tried again
    /// when another one takes its part.
    ///
    /// # Errors
    /// The store is unavailable, or a model cannot be read.
    pub async fn take_over_models(&self) -> Result<(), ServiceError> {
        if !self.following.follows {
            return Ok(());
        }
        let roles = self.installation().store.model_roles().await?;
        let wanted = Seen {
            champion: roles.champion.clone(),
            shadow: roles.shadow.clone(),
        };
        let seen = {
            let mut seen = self.seen();
            std::mem::replace(&mut *seen, wanted.clone())
        };
        let taken = self.take_over(&seen, roles).await;
        if let Err(ServiceError::Store(_)) = &taken {
            // The next look tries again.
            *self.seen() = seen;
        }
        taken
    }

    async fn take_over(&self, seen: &Seen, roles: Roles) -> Result<(), ServiceError> {
        if seen.champion != roles.champion {
            self.take_over_champion(roles.champion).await?;
        }
        if seen.shadow != roles.shadow {
            self.take_over_shadow(roles.shadow).await?;
        }
        Ok(())
    }

    async fn take_over_champion(&self, champion: Option<ModelHash>) -> Result<(), ServiceError> {
        let filter = match champion {
            None => self.following.base.clone(),
            Some(hash) => self.filter_of(hash).await?,
        };
        let (was, model) = (self.filter(), filter.model().id().to_owned());
        self.swap_filter(filter).await?;
        tracing::info!(model, was = was.model().id(), "another model judges");
        Ok(())
    }

    async fn take_over_shadow(&self, hash: Option<ModelHash>) -> Result<(), ServiceError> {
        let shadow = match hash {
            None => None,
            Some(hash) => {
                let filter = self.filter_of(hash.clone()).await?;
                let shadow = Shadow::start(hash, filter, self.installation().clone());
                Some(Arc::new(shadow))
            }
        };
        let mut place = self
            .following
            .shadow
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *place = shadow;
        Ok(())
    }

    async fn filter_of(&self, hash: ModelHash) -> Result<Filter, ServiceError> {
        let installation = self.installation().clone();
        let base = self.following.base.clone();
        on_thread(true, move || {
            let model = installation.read_model(Some(&hash))?;
            Ok(base.with_model(model))
        })
        .await?
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.following
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the owner's settings leave it to the store which model judges.
    pub fn follows_models(&self) -> bool {
        self.following.follows
    }

    /// Which model has which part.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn model_roles(&self) -> Result<Roles, ServiceError> {
        Ok(self.installation().store.model_roles().await?)
    }
}
