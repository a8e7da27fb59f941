//! The lists as they are now, and what each says of a comment.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use jiff::Timestamp;
use thiserror::Error;
use tokio::sync::Notify;

use super::cache::{Cache, Validators};
use crate::config::{self, ListSource};
use crate::domain::{Comment, ListSays, LogOdds};
use crate::features::Features;
use crate::lists::{BlockList, Count};
use crate::outbound::Failure;

/// Why a list could not be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ListFailure {
    #[error(transparent)]
    Outbound(#[from] Failure),
    /// Its host answered with another status than 200 or 304.
    #[error("status")]
    Status(u16),
    /// A page for people came in its place.
    #[error("a_page")]
    APage,
    /// The file cannot be read.
    #[error("unreadable")]
    Unreadable,
}

/// A list as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ListView {
    pub name: String,
    /// A path or a web address.
    pub source: String,
    pub weight: f64,
    /// `None` where it was never loaded.
    pub count: Option<Count>,
    /// When its text was last known to be the newest.
    pub fresh_at: Option<Timestamp>,
    pub tried_at: Option<Timestamp>,
    /// Why the last try failed; what there was before still counts.
    pub failure: Option<ListFailure>,
}

/// Every list of the settings.
#[derive(Debug)]
pub struct Lists {
    pub(super) all: Vec<Kept>,
    /// Somebody does not want to wait for the next time.
    pub(super) wanted: Notify,
}

#[derive(Debug)]
pub(super) struct Kept {
    pub name: String,
    pub source: ListSource,
    pub cache: Cache,
    weight: f64,
    state: RwLock<State>,
}

/// What changes about a list.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub list: Option<Arc<BlockList>>,
    pub fresh_at: Option<Timestamp>,
    pub tried_at: Option<Timestamp>,
    pub failure: Option<ListFailure>,
    pub validators: Validators,
    /// Of a file: when it was changed, and how long it is.
    pub stamp: Option<(SystemTime, u64)>,
}

impl Lists {
    /// The lists of the settings, none loaded yet. Copies of what is fetched are
    /// kept in `folder`.
    pub fn new(settings: &config::Lists, folder: PathBuf) -> Self {
        let sources = settings.sources.iter();
        Self {
            all: sources
                .map(|(name, list)| Kept {
                    name: name.clone(),
                    source: list.source.clone(),
                    cache: Cache::of(&folder, &list.source),
                    weight: list.weight.unwrap_or(settings.weight),
                    state: RwLock::default(),
                })
                .collect(),
            wanted: Notify::new(),
        }
    }

    /// What the lists say of the comment. Only a look-up: nothing is fetched.
    pub fn ask(&self, comment: &Comment, features: &Features) -> Vec<ListSays> {
        let say = |kept: &Kept| match kept.state().list {
            None => Some(ListSays::Missing(kept.name.clone())),
            Some(list) => list.find(comment, features).map(|listed| ListSays::Listed {
                list: kept.name.clone(),
                weight: LogOdds(kept.weight),
                listed,
            }),
        };
        self.all.iter().filter_map(say).collect()
    }

    /// Every list as it is now, by name.
    pub fn views(&self) -> Vec<ListView> {
        let view = |kept: &Kept| {
            let state = kept.state();
            ListView {
                name: kept.name.clone(),
                source: kept.source.to_string(),
                weight: kept.weight,
                count: state.list.map(|list| list.count()),
                fresh_at: state.fresh_at,
                tried_at: state.tried_at,
                failure: state.failure,
            }
        };
        self.all.iter().map(view).collect()
    }

    /// Has every list loaded anew, soon.
    pub fn want(&self) {
        self.wanted.notify_one();
    }
}

impl Kept {
    pub(super) fn state(&self) -> State {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        state.clone()
    }

    pub(super) fn set(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}
