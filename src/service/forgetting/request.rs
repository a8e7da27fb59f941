//! A request to forget, from the first comment to its certificate. Whenever it
//! is interrupted, it can be taken up again.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::certificate::Certificate;
use super::models::{Remake, hash_of};
use super::whom::{ToForget, is_of};
use crate::service::models::ModelName;
use crate::service::{Installation, ServiceError};
use crate::store::{Erasure, ModelHash, Removed, Rewritten, Selection, fresh_id};

/// Comments that are forgotten in one transaction: few, so that checks fit in
/// between.
const AT_ONCE: usize = 50;
/// What comes while it is forgotten is looked for again so often.
const ROUNDS: usize = 3;

/// What forgetting would do.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Forecast {
    pub comments: u64,
    /// Of these, found by their network alone: their text is gone, and whether
    /// they are of that address cannot be told.
    pub by_network_only: u64,
    pub removed: Removed,
    /// Models that learnt from it.
    pub models: Vec<ModelHash>,
}

/// How to forget.
#[derive(Clone)]
pub struct How {
    pub by: String,
    /// Whether the database is written anew, while which writes wait.
    pub rewrite: bool,
    /// The file that the setting `model` names.
    pub model_file: Option<PathBuf>,
    /// Makes a model of what is left, where one has to forget.
    pub remake: Arc<dyn Remake>,
}

impl Installation {
    /// What forgetting would remove. Changes nothing.
    ///
    /// # Errors
    /// Nothing is named, there is no such site, or the store is unavailable.
    pub async fn forecast(&self, whom: &ToForget) -> Result<Forecast, ServiceError> {
        let selection = self.selection(whom).await?;
        let found = self.selected(&selection).await?;
        let mut removed = self.store.weigh_erasure(found.clone()).await?;
        let pins = self.pins_of(&selection).await?.len() as u64;
        let listed = self.store.listed(selection).await?.len() as u64;
        for (what, rows) in [("pinned", pins), ("list_entries", listed)] {
            if rows > 0 {
                *removed.entry(what.to_owned()).or_default() += rows;
            }
        }
        Ok(Forecast {
            comments: found.len() as u64,
            by_network_only: found.iter().filter(|one| one.by_network_only).count() as u64,
            removed,
            models: self.store.learnt_from(found).await?,
        })
    }

    /// Forgets all of it, and certifies it.
    ///
    /// # Errors
    /// Nothing is named, there is no such site, a training is at work, or the disk or the store is
    /// unavailable; then [`Installation::resume_forgetting`] goes on.
    pub async fn forget(&self, whom: &ToForget, how: &How) -> Result<Certificate, ServiceError> {
        let _lock = self.no_training()?;
        let selection = self.selection(whom).await?;
        let erasure = Erasure {
            id: fresh_id(),
            begun_at: Timestamp::now(),
            by: how.by.clone(),
            asked: whom.asked(),
            selection: Some(selection),
            removed: Removed::new(),
            finished_at: None,
            certificate: None,
        };
        self.store.begin_erasure(erasure.clone()).await?;
        self.complete(erasure, how).await
    }

    /// Finishes what was interrupted, and certifies it, the oldest first.
    ///
    /// # Errors
    /// As [`Installation::forget`].
    pub async fn resume_forgetting(&self, how: &How) -> Result<Vec<Certificate>, ServiceError> {
        let _lock = self.no_training()?;
        let mut certificates = Vec::new();
        for erasure in self.store.unfinished_erasures().await? {
            certificates.push(self.complete(erasure, how).await?);
        }
        Ok(certificates)
    }

    /// Lets nothing that was removed before linger in the database's files.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn rewrite(&self) -> Result<Rewritten, ServiceError> {
        Ok(self.store.rewrite(true).await?)
    }

    /// A training that began before would make a model that knows what is
    /// forgotten.
    fn no_training(&self) -> Result<File, ServiceError> {
        let lock = self.training_lock()?;
        lock.ok_or_else(|| {
            ServiceError::Training("one is at work; try again when it is done".into())
        })
    }

    async fn complete(&self, erasure: Erasure, how: &How) -> Result<Certificate, ServiceError> {
        if let Some(selection) = &erasure.selection {
            self.erase(&erasure, selection).await?;
        }
        let label_changes = self.store.label_changes().await?;
        let named = how.model_file.as_deref();
        let models = self.forget_in_models(named, &how.by, &*how.remake).await?;
        let champion = match named {
            Some(file) => hash_of(file)?,
            None => self.model(&ModelName::Champion).await?.hash,
        };
        let database = self.store.rewrite(how.rewrite).await?;
        let done = self.store.erasure(erasure.id).await?;
        let certificate = Certificate {
            erasure: done.id,
            hamgate: env!("CARGO_PKG_VERSION").to_owned(),
            begun_at: done.begun_at,
            finished_at: Timestamp::now(),
            by: done.by,
            asked: done.asked,
            removed: done.removed,
            check: Certificate::checks(&models),
            models,
            champion,
            label_changes,
            database,
            not_reached: Certificate::limits(database),
        };
        let json = serde_json::to_value(&certificate).expect("a certificate is plain JSON");
        let finished = certificate.finished_at;
        self.store.finish_erasure(done.id, finished, json).await?;
        tracing::info!(erasure = %done.id, "forgot what was asked to be forgotten");
        Ok(certificate)
    }

    async fn erase(&self, erasure: &Erasure, selection: &Selection) -> Result<(), ServiceError> {
        let pins = self.pins_of(selection).await?;
        self.store
            .erase_mentions(erasure.id, selection.clone(), pins)
            .await?;
        for _ in 0..ROUNDS {
            let found = self.selected(selection).await?;
            if found.is_empty() {
                break;
            }
            for some in found.chunks(AT_ONCE) {
                self.store.erase(erasure.id, some.to_vec()).await?;
            }
        }
        let whole_site = selection.comment.is_none()
            && selection.traces.is_empty()
            && selection.before.is_none();
        if let (Some(site), true) = (selection.site, whole_site) {
            self.store.erase_months(erasure.id, site).await?;
        }
        Ok(self.store.selection_done(erasure.id).await?)
    }

    /// Pinned texts of a person that belong to no stored comment.
    async fn pins_of(&self, selection: &Selection) -> Result<Vec<i64>, ServiceError> {
        if selection.traces.is_empty() || selection.site.is_some() {
            return Ok(Vec::new());
        }
        let pinned = self.store.pinned().await?.into_iter();
        let own = pinned.filter(|pin| {
            let earlier = selection.before.is_none_or(|before| pin.at < before);
            earlier
                && pin.comment_id.is_none()
                && is_of(&pin.comment.author, selection, &self.secret)
        });
        Ok(own.map(|pin| pin.pin).collect())
    }
}
