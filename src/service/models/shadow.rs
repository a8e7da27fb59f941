//! A model that judges beside the champion, after the answer is sent and on a
//! thread that lets all others go first. Its verdicts are counted, and nothing
//! else comes of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::give_way;
use crate::domain::{Comment, CommentId, History, Site, Verdict};
use crate::features::Features;
use crate::filter::{Filter, ForSite};
use crate::service::site_layers::SiteLayers;
use crate::service::{Installation, ServiceError};
use crate::store::{ModelHash, ShadowCount, ShadowDifference};

/// Comments that may wait for the shadow. Of what comes faster than it judges,
/// the rest is not counted.
const WAITING: usize = 256;
/// What was counted is written down at least so often.
const WRITE_EVERY: Duration = Duration::from_secs(1);

/// A judged comment, as the champion saw it.
pub struct Beside {
    pub site: Site,
    pub comment_id: CommentId,
    pub comment: Comment,
    pub history: Arc<History>,
    /// The champion's id, and its verdict.
    pub champion: String,
    pub was: Verdict,
}

/// The way to a shadow's thread, which ends with it.
pub struct Shadow {
    queue: mpsc::Sender<Beside>,
}

impl Shadow {
    pub fn start(hash: ModelHash, filter: Filter, installation: Installation) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let worker = Worker {
            hash,
            filter: Arc::new(filter),
            layers: SiteLayers::default(),
            installation,
            counts: BTreeMap::new(),
            differences: Vec::new(),
        };
        let runtime = Handle::current();
        let started = thread::Builder::new()
            .name("shadow".into())
            .spawn(move || worker.work(waiting, &runtime));
        if let Err(error) = started {
            tracing::error!(%error, "no thread could be started for the shadow");
        }
        Self { queue }
    }

    /// Lets the shadow judge a comment when there is time. Never waits.
    pub fn judge(&self, beside: Beside) {
        // A full queue: this one is not counted.
        let _ = self.queue.try_send(beside);
    }
}

struct Worker {
    hash: ModelHash,
    filter: Arc<Filter>,
    layers: SiteLayers,
    installation: Installation,
    counts: BTreeMap<(String, Verdict, Verdict), u64>,
    differences: Vec<ShadowDifference>,
}

impl Worker {
    fn work(mut self, mut waiting: mpsc::Receiver<Beside>, runtime: &Handle) {
        give_way();
        runtime.block_on(async {
            loop {
                match timeout(WRITE_EVERY, waiting.recv()).await {
                    Ok(Some(beside)) => match self.judge(&beside).await {
                        Ok(verdict) => self.count(beside, verdict),
                        Err(error) => tracing::warn!(%error, "the shadow could not judge"),
                    },
                    Ok(None) => break self.write_down().await,
                    Err(_) => {}
                }
                if waiting.is_empty() || self.differences.len() >= WAITING {
                    self.write_down().await;
                }
            }
        });
    }

    /// As the champion judged it, with what the site's labels teach this model.
    async fn judge(&self, beside: &Beside) -> Result<Verdict, ServiceError> {
        let features = Features::of(&beside.comment);
        let history = &beside.history;
        let taught = match history.label_changes == 0 || history.own_label {
            true => None,
            false => {
                let (store, changes) = (&*self.installation.store, history.label_changes);
                let layer = self.layers.of(store, beside.site.id, changes, &self.filter);
                Some(layer.await?)
            }
        };
        let site = ForSite {
            policy: self.filter.policy_for(&beside.site.settings),
            layer: taught.as_ref().map(|taught| &taught.layer),
        };
        Ok(self.filter.judge_for(site, &features, history).verdict)
    }

    fn count(&mut self, beside: Beside, would_be: Verdict) {
        if would_be != beside.was {
            self.differences.push(ShadowDifference {
                site: beside.site.id,
                comment_id: beside.comment_id,
                was: beside.was,
                would_be,
            });
        }
        let verdicts = (beside.champion, beside.was, would_be);
        *self.counts.entry(verdicts).or_default() += 1;
    }

    async fn write_down(&mut self) {
        if self.counts.is_empty() {
            return;
        }
        let counts = std::mem::take(&mut self.counts).into_iter();
        let counts = counts.map(|((champion, was, would_be), comments)| ShadowCount {
            champion,
            was,
            would_be,
            comments,
        });
        let differences = std::mem::take(&mut self.differences);
        let store = &self.installation.store;
        let written = store.add_shadow_verdicts(self.hash.clone(), counts.collect(), differences);
        if let Err(error) = written.await {
            tracing::warn!(%error, "what the shadow said could not be written down");
        }
    }
}
