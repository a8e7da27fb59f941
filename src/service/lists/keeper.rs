//! Loads the lists and keeps them up to date: files when they change, web
//! addresses every so many hours, and soon again after a failure.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use tokio::time::{MissedTickBehavior, interval};

use super::cache::Validators;
use super::kept::{Kept, ListFailure, Lists, State};
use crate::config::{self, ListSource};
use crate::lists::BlockList;
use crate::outbound::{Client, Fetched, Names, SystemNames, Times};
use crate::service::ServiceError;
use crate::service::check::on_thread;

/// How often is looked whether anything is due.
const TICK: Duration = Duration::from_secs(60);
/// After a failure, and if the next time is not sooner.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// The longest list.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// A host of a long list may be slow.
const TIMES: Times = Times {
    connect: Duration::from_secs(10),
    whole: Duration::from_secs(120),
    body: Duration::from_secs(120),
};

/// Keeps the lists of one service.
pub struct ListKeeper {
    lists: Arc<Lists>,
    client: Client,
    every: SignedDuration,
}

impl ListKeeper {
    /// A keeper of these lists.
    ///
    /// # Errors
    /// Requests to other hosts cannot be set up on this system.
    pub fn new(lists: Arc<Lists>, settings: &config::Lists) -> Result<Self, reqwest::Error> {
        Self::with_names(lists, settings, Arc::new(SystemNames))
    }

    /// The same with another source of addresses than the system's.
    ///
    /// # Errors
    /// As [`ListKeeper::new`].
    pub fn with_names(
        lists: Arc<Lists>,
        settings: &config::Lists,
        names: Arc<dyn Names>,
    ) -> Result<Self, reqwest::Error> {
        let hours = i64::try_from(settings.refresh_hours).unwrap_or(24);
        Ok(Self {
            lists,
            client: Client::new(names, settings.allow_private, TIMES)?,
            every: SignedDuration::from_hours(hours),
        })
    }

    /// Keeps them for ever; whoever wants an end drops it, and loses nothing.
    pub async fn run(self) {
        if self.lists.all.is_empty() {
            return;
        }
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let wanted = tokio::select! {
                () = self.lists.wanted.notified() => true,
                _ = tick.tick() => false,
            };
            self.refresh(Timestamp::now(), wanted).await;
        }
    }

    /// Loads what can be loaded without another host: files, and the last good
    /// copies of what was fetched.
    pub async fn open(&self) {
        for kept in &self.lists.all {
            match &kept.source {
                ListSource::File(path) => self.read_file(kept, path, Timestamp::now()).await,
                ListSource::Url(_) => {
                    let cache = kept.cache.clone();
                    let read = on_thread(true, move || {
                        let copy = cache.read()?;
                        Some((BlockList::read(&copy.text), copy.at, copy.validators))
                    });
                    if let Ok(Some((list, at, validators))) = read.await {
                        kept.set(State {
                            list: Some(Arc::new(list)),
                            fresh_at: Some(at),
                            tried_at: Some(at),
                            validators,
                            ..State::default()
                        });
                    }
                }
            }
        }
    }

    /// Loads what is due at `now`, or everything. A list that cannot be loaded
    /// stays as it was.
    pub async fn refresh(&self, now: Timestamp, everything: bool) {
        let one = async |kept: &Kept| match &kept.source {
            ListSource::File(path) => self.read_file(kept, path, now).await,
            ListSource::Url(url) if everything || self.is_due(&kept.state(), now) => {
                self.fetch(kept, url, now).await;
            }
            ListSource::Url(_) => {}
        };
        join_all(self.lists.all.iter().map(one)).await;
    }

    fn is_due(&self, state: &State, now: Timestamp) -> bool {
        let wait = match state.failure {
            Some(_) => AGAIN.min(self.every),
            None => self.every,
        };
        let tried_at = state.tried_at;
        tried_at.is_none_or(|tried_at| now.duration_since(tried_at) >= wait)
    }

    async fn read_file(&self, kept: &Kept, path: &Path, now: Timestamp) {
        let before = kept.state();
        let (path, stamp) = (path.to_owned(), before.stamp);
        let read = on_thread(true, move || {
            let file = fs::metadata(&path).ok()?;
            let found = (file.modified().ok()?, file.len());
            if Some(found) == stamp {
                return Some((found, None));
            }
            if usize::try_from(file.len()).is_ok_and(|length| length > MOST_BYTES) {
                return None;
            }
            let text = fs::read(&path).ok()?;
            Some((
                found,
                Some(BlockList::read(&String::from_utf8_lossy(&text))),
            ))
        });
        let Ok(Some((stamp, list))) = read.await else {
            return failed(kept, before, ListFailure::Unreadable, now);
        };
        if list.is_some() {
            tracing::info!(list = kept.name, "loaded a block list");
        }
        kept.set(State {
            list: list.map(Arc::new).or(before.list),
            stamp: Some(stamp),
            fresh_at: Some(now),
            tried_at: Some(now),
            failure: None,
            ..before
        });
    }

    async fn fetch(&self, kept: &Kept, url: &str, now: Timestamp) {
        let before = kept.state();
        let headers = conditions(&before);
        let fetched = match self.client.fetch(url, headers, MOST_BYTES).await {
            Ok(fetched) => fetched,
            Err(failure) => return failed(kept, before, failure.into(), now),
        };
        match fetched.status {
            200 if is_page(&fetched.body) => failed(kept, before, ListFailure::APage, now),
            200 => match self.take(kept, fetched, now).await {
                Ok(state) => kept.set(state),
                Err(error) => tracing::error!(%error, "a block list could not be read"),
            },
            304 if before.list.is_some() => kept.set(State {
                fresh_at: Some(now),
                tried_at: Some(now),
                failure: None,
                ..before
            }),
            status => failed(kept, before, ListFailure::Status(status), now),
        }
    }

    async fn take(
        &self,
        kept: &Kept,
        fetched: Fetched,
        now: Timestamp,
    ) -> Result<State, ServiceError> {
        let validators = Validators {
            etag: fetched.etag,
            last_modified: fetched.last_modified,
        };
        let (cache, kept_with) = (kept.cache.clone(), validators.clone());
        let (list, written) = on_thread(true, move || {
            let text = String::from_utf8_lossy(&fetched.body);
            let written = cache.write(&text, now, &kept_with);
            (BlockList::read(&text), written)
        })
        .await?;
        if let Err(error) = written {
            tracing::warn!(%error, list = kept.name, "no copy of a block list could be kept");
        }
        let entries = list.count().entries();
        tracing::info!(list = kept.name, entries, "loaded a block list");
        Ok(State {
            list: Some(Arc::new(list)),
            fresh_at: Some(now),
            tried_at: Some(now),
            validators,
            ..State::default()
        })
    }
}

fn failed(kept: &Kept, before: State, failure: ListFailure, now: Timestamp) {
    tracing::warn!(list = kept.name, %failure, "a block list could not be loaded");
    kept.set(State {
        tried_at: Some(now),
        failure: Some(failure),
        ..before
    });
}

/// What tells the host which text is here already.
fn conditions(state: &State) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut add = |name: HeaderName, value: &Option<String>| {
        let value = value.as_deref().map(HeaderValue::from_str);
        if let Some(Ok(value)) = value {
            headers.insert(name, value);
        }
    };
    if state.list.is_some() {
        add(IF_NONE_MATCH, &state.validators.etag);
        add(IF_MODIFIED_SINCE, &state.validators.last_modified);
    }
    headers
}

/// Some hosts answer 200 with a page that says that nothing is there.
fn is_page(body: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&body[..body.len().min(64)]);
    let start = start
        .trim_start_matches('\u{feff}')
        .trim_start()
        .to_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html")
}
