//! One comment: gather its history, judge it, remember it, answer.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::akismet::ThroughAkismet;
use super::callbacks::AkismetCallback;
use super::error::ServiceError;
use super::live::{Judge, Service};
use super::models::Beside;
use super::site_layers::Taught;
use crate::domain::{Comment, CommentId, History, Judgement, Site};
use crate::features::Features;
use crate::filter::{Filter, ForSite, Gathered, Overruled};
use crate::store::{Aspects, Check, HistoryQuery, Idempotency, Marks, fresh_id};

/// A store that is slower is treated as one that did not answer.
const HISTORY_TIME: Duration = Duration::from_secs(1);
/// Longer texts are judged beside the threads that serve requests.
pub(super) const INLINE_BYTES: usize = 16 * 1024;

/// A comment to be judged.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    pub comment: Comment,
    /// Judged, stored nowhere.
    pub dry_run: bool,
    pub idempotency: Option<Idempotency>,
    /// Where Akismet's protocol wants to hear of a decision.
    pub callback: Option<AkismetCallback>,
    /// Where the comment comes through Akismet's protocol.
    pub akismet: Option<ThroughAkismet>,
}

/// The judgement, and the id by which the comment is known from now on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CheckAnswer {
    /// hamgate's id of the comment; `null` after a dry run.
    #[schema(value_type = Option<String>, format = "uuid", required = true)]
    pub comment_id: Option<CommentId>,
    #[serde(flatten)]
    pub judgement: Judgement,
}

/// What judging found, before anything is remembered.
pub(super) struct Judged {
    pub comment: Comment,
    pub marks: Marks,
    pub aspects: Aspects,
    pub history: Arc<History>,
    /// What it was made from.
    pub gathered: Gathered,
    pub judgement: Judgement,
}

impl Service {
    /// Judges a comment, and answers when it is on disk.
    ///
    /// # Errors
    /// A field is out of bounds, the idempotency key was used for another
    /// request, or the store is unavailable; then nothing is stored.
    pub async fn check(
        &self,
        site: &Site,
        request: CheckRequest,
    ) -> Result<CheckAnswer, ServiceError> {
        let store = &self.installation().store;
        let idempotency = request.idempotency.filter(|_| !request.dry_run);
        if let Some(key) = &idempotency
            && let Some(earlier) = store.recorded(site.id, key).await?
        {
            return Ok(CheckAnswer {
                comment_id: Some(earlier.comment_id),
                judgement: earlier.judgement,
            });
        }
        let at = Timestamp::now();
        let mut comment = request.comment.admitted()?;
        comment.submitted_at.get_or_insert(at);
        let through = request.akismet;
        let updates = through.and_then(|through| through.updates);
        let mut judged = self.judge(site, comment, updates).await?;
        if let Some(through) = through {
            through.overrule(&mut judged.judgement);
            judged.gathered.overruled = through.administrator.then_some(Overruled::Administrator);
        }
        let metrics = &self.installation().metrics;
        if request.dry_run {
            return Ok(CheckAnswer {
                comment_id: None,
                judgement: judged.judgement,
            });
        }
        let callback = match request.callback {
            Some(callback) => self.installation().admitted_callback(site, callback)?,
            None => None,
        };
        let new_id = through.map_or_else(|| CommentId(fresh_id()), |through| through.id);
        let akismet = match through {
            Some(through) => {
                let judged = (&judged.comment, judged.judgement.verdict);
                Some(self.remembered(through, site, judged).await?)
            }
            None => None,
        };
        let shadow = self.following.shadow();
        let beside = shadow
            .as_ref()
            .map(|_| (judged.comment.clone(), judged.history));
        let recorded = store
            .record(Check {
                site: site.id,
                new_id,
                updates,
                audit_share: site.settings.audit_share,
                akismet,
                comment: judged.comment,
                marks: judged.marks,
                aspects: judged.aspects,
                judgement: judged.judgement,
                gathered: Some(judged.gathered),
                at,
                purge_after: self.purge_after(at),
                idempotency,
                callback,
            })
            .await?;
        if !recorded.replayed {
            metrics
                .checks
                .with_label_values(&[recorded.judgement.verdict.as_str()])
                .inc();
            if let (Some(shadow), Some((comment, history))) = (shadow, beside) {
                shadow.judge(Beside {
                    site: site.clone(),
                    comment_id: recorded.comment_id,
                    comment,
                    history,
                    champion: recorded.judgement.model.clone(),
                    was: recorded.judgement.verdict,
                });
            }
        }
        Ok(CheckAnswer {
            comment_id: Some(recorded.comment_id),
            judgement: recorded.judgement,
        })
    }

    /// `updates` is the stored comment that this one is, where the blog has no
    /// id for it.
    pub(super) async fn judge(
        &self,
        site: &Site,
        comment: Comment,
        updates: Option<CommentId>,
    ) -> Result<Judged, ServiceError> {
        let comment = Arc::new(comment);
        let long = comment.content.len() > INLINE_BYTES;

        let looked_at = Arc::clone(&comment);
        let features = on_thread(long, move || Features::of(&looked_at)).await?;
        let marks = Marks {
            traces: features
                .recognisable()
                .into_iter()
                .map(|(subject, value)| self.installation().secret.trace(subject, &value))
                .collect(),
            fingerprint: features.fingerprint(),
        };
        let mut history = self.history(site, &comment, &marks, updates).await;

        let judge = self.live_judge();
        let filter = judge.filter.of_site(&site.settings);
        let taught = self.taught(site, &mut history, &judge, &filter).await;
        let policy = filter.policy_for(&site.settings);
        let aspects = Aspects::of(&features, &history);
        let history = Arc::new(history);
        let known = Arc::clone(&history);
        let rules = filter.rules().clone();
        let (judgement, says) = on_thread(long, move || {
            let site = ForSite {
                policy,
                layer: taught.as_ref().map(|taught| &taught.layer),
            };
            filter.judge_aloud(site, &features, &known)
        })
        .await?;
        let gathered = Gathered {
            rules,
            says,
            ..Gathered::of(&comment, policy, &marks.traces, &history)
        };
        Ok(Judged {
            comment: Arc::unwrap_or_clone(comment),
            marks,
            aspects,
            history,
            gathered,
            judgement,
        })
    }

    /// What the site's labels taught. Nothing where there are none, nor where a
    /// label is of this very comment: it is no evidence about itself. Fails soft,
    /// as the history does.
    async fn taught(
        &self,
        site: &Site,
        history: &mut History,
        judge: &Judge,
        filter: &Arc<Filter>,
    ) -> Option<Arc<Taught>> {
        if history.label_changes == 0 || history.own_label {
            return None;
        }
        let store = &*self.installation().store;
        let changes = history.label_changes;
        let taught = judge.layers.of(store, site.id, changes, filter).await;
        if let Err(error) = &taught {
            tracing::warn!(%error, "judged without the site's labels");
            self.installation().metrics.history_missing.inc();
            history.missing = true;
        }
        taught.ok()
    }

    /// Fails soft: what cannot be gathered in time is missing, and the filter
    /// then holds at worst.
    async fn history(
        &self,
        site: &Site,
        comment: &Comment,
        marks: &Marks,
        own: Option<CommentId>,
    ) -> History {
        let query = HistoryQuery {
            site: site.id,
            traces: marks.traces.clone(),
            fingerprint: marks.fingerprint,
            own_id: comment.id.clone(),
            own,
        };
        let gathered =
            tokio::time::timeout(HISTORY_TIME, self.installation().store.history(query)).await;
        let reason = match gathered {
            Ok(Ok(history)) => return history,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the store took more than a second".to_owned(),
        };
        tracing::warn!(reason, "judged without history");
        self.installation().metrics.history_missing.inc();
        History {
            missing: true,
            ..History::default()
        }
    }
}

/// Short work is done here; long work must not keep other requests waiting.
pub(super) async fn on_thread<T: Send + 'static>(
    long: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ServiceError> {
    if !long {
        return Ok(work());
    }
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| ServiceError::Panicked)
}
