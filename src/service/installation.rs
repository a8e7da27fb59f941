//! The data directory, opened: the secret, the database, and the counters.

use std::fs::{self, DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::backup::refuse_unfinished;
use super::error::ServiceError;
use super::models::ModelFiles;
use super::secret_file;
use crate::bayes::content_hash;
use crate::domain::{CommentId, Sample};
use crate::secret::Secret;
use crate::store::sqlite::{SqliteOptions, SqliteStore};
use crate::store::{ModelHash, Store, StoreError};
use crate::telemetry::Metrics;

/// Who asks whether the service is ready does not wait long for the answer.
const READY_TIME: Duration = Duration::from_secs(2);
const DATABASE: &str = "hamgate.sqlite";
/// The site that the first start makes.
const FIRST_SITE: (&str, &str) = ("default", "http://localhost");

/// What moderators and owners need: it knows sites, comments and decisions,
/// and no filter. Several processes may have the same one open.
#[derive(Clone)]
pub struct Installation {
    pub(super) store: Arc<dyn Store>,
    pub(super) secret: Secret,
    pub(super) metrics: Arc<Metrics>,
    pub(super) model_files: ModelFiles,
    /// Writes and commits since the start.
    commits: Arc<dyn Fn() -> (u64, u64) + Send + Sync>,
}

impl Installation {
    /// Opens the data directory, and makes what is missing of it. Everything
    /// in it is for its owner only.
    ///
    /// # Errors
    /// The directory cannot be used, its secret is damaged or lost, or the
    /// database cannot be opened.
    pub fn open(data: &Path) -> Result<Self, ServiceError> {
        Self::open_with(data, SqliteOptions::default())
    }

    /// [`Installation::open`] for those who look for what is there: a
    /// mistyped directory is refused, not made.
    ///
    /// # Errors
    /// There is no database in it, or as [`Installation::open`].
    pub fn open_existing(data: &Path) -> Result<Self, ServiceError> {
        refuse_unfinished(data)?;
        if !data.join(DATABASE).exists() {
            return Err(ServiceError::Directory {
                path: data.to_owned(),
                problem: "has no hamgate database".into(),
                remedy: "name the data directory of the service (--data)",
            });
        }
        Self::open(data)
    }

    /// [`Installation::open`] with limits for the database.
    ///
    /// # Errors
    /// As [`Installation::open`].
    pub fn open_with(data: &Path, options: SqliteOptions) -> Result<Self, ServiceError> {
        refuse_unfinished(data)?;
        let refused = |error: std::io::Error| ServiceError::Directory {
            path: data.to_owned(),
            problem: match data.is_file() {
                true => "is a file".to_owned(),
                false => error.to_string(),
            },
            remedy: "name a directory that this process may write to (--data)",
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(data)
            .map_err(refused)?;
        let database = data.join(DATABASE);
        let secret_path = data.join("secret");
        let secret = match secret_file::read(&secret_path)? {
            Some(secret) => secret,
            None if fs::metadata(&database).is_ok_and(|file| file.len() > 0) => {
                return Err(ServiceError::Directory {
                    path: secret_path,
                    problem: "is missing beside a database that was made with it".into(),
                    remedy: "restore it from a backup, or name another directory (--data)",
                });
            }
            None => secret_file::create(&secret_path)?,
        };
        // SQLite makes its files with the umask, but keeps the mode of one
        // that is there, and gives it to the files beside it.
        OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(&database)
            .map_err(refused)?;
        let store = Arc::new(SqliteStore::open_with(&database, options)?);
        let counted = Arc::clone(&store);
        Ok(Self {
            store,
            secret,
            metrics: Arc::new(Metrics::new()),
            model_files: ModelFiles::of(data),
            commits: Arc::new(move || {
                let counts = counted.group_commit_counts();
                (counts.jobs, counts.commits)
            }),
        })
    }

    /// On the first start, makes the site `default`; its keys are returned
    /// once, to be shown to the person who starts it.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn first_start(&self) -> Result<Option<super::NewKeys>, ServiceError> {
        if !self.store.sites().await?.is_empty() {
            return Ok(None);
        }
        let (name, url) = FIRST_SITE;
        self.add_site(name, url, None).await.map(Some)
    }

    /// Whether reads and writes work now.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn ready(&self) -> Result<(), ServiceError> {
        match tokio::time::timeout(READY_TIME, self.store.ready()).await {
            Ok(outcome) => Ok(outcome?),
            Err(_) => Err(StoreError::Unavailable("it does not answer".into()).into()),
        }
    }

    /// Every labelled comment of every site, to train on.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn samples(&self) -> Result<Vec<Sample>, ServiceError> {
        Ok(self.store.samples().await?)
    }

    /// Writes down from which of the store's comments a model learnt, and from
    /// how many samples elsewhere: so it is known when it has to forget.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn note_samples(
        &self,
        model: &[u8],
        comments: Vec<CommentId>,
        others: usize,
    ) -> Result<(), ServiceError> {
        let model = ModelHash(content_hash(model));
        Ok(self
            .store
            .note_samples(model, comments, others as u64)
            .await?)
    }

    /// The counters, with the store's own taken over.
    pub fn metrics(&self) -> &Arc<Metrics> {
        let (jobs, commits) = (self.commits)();
        self.metrics.set_store(jobs, commits);
        &self.metrics
    }

    /// The counters alone: what each request adds to.
    pub fn counters(&self) -> &Metrics {
        &self.metrics
    }
}
