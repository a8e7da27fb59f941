//! The SQLite engine: hands each call of the store to the writer or a reader.

use std::path::Path;

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::open::{Place, SqliteOptions};
use super::readers::Readers;
use super::writer::{GroupCommits, Writer};
use super::{
    comments, counts, decisions, heartbeat, history, labels, lists, purge, record, reviews, sites,
    taught,
};
use crate::domain::{
    Comment, CommentId, Decision, GivenLabel, History, KeyKind, KeyMac, Label, Sample, Site, SiteId,
};
use crate::store::{
    AuthorRecord, Check, CommentFile, CommentFilter, Counts, DecisionWrite, HistoryQuery,
    Idempotency, LabelWrite, NewSite, Recorded, Review, SettingsChange, SiteLabel, Store,
    StoreError, StoredComment,
};

/// A store in one file, for one machine. Dropping it finishes what is queued.
pub struct SqliteStore {
    pub(super) place: Place,
    pub(super) readers: Readers,
    // Last: its connection then is the last one closed, and SQLite tidies up.
    pub(super) writer: Writer,
}

impl SqliteStore {
    /// Opens the database, or makes it, readable by its owner only.
    ///
    /// # Errors
    /// `Unavailable` if the file cannot be used, `Corrupt` if it is no database
    /// or one of a newer hamgate.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(path, SqliteOptions::default())
    }

    /// [`SqliteStore::open`] with an owner's limits.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub fn open_with(path: impl AsRef<Path>, options: SqliteOptions) -> Result<Self, StoreError> {
        let (place, connection) = Place::open(path.as_ref(), options)?;
        Ok(Self {
            place: place.clone(),
            readers: Readers::new(place.clone()),
            writer: Writer::start(place, connection)?,
        })
    }

    /// How many writes were committed so far, and in how many commits.
    pub fn group_commit_counts(&self) -> GroupCommits {
        self.writer.counts()
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn ready(&self) -> Result<(), StoreError> {
        let now = Timestamp::now();
        self.writer
            .run(move |connection| heartbeat::beat(connection, now))
            .await?;
        self.readers.short(heartbeat::read)
    }

    async fn add_site(&self, site: NewSite) -> Result<Site, StoreError> {
        let now = Timestamp::now();
        self.writer
            .run(move |connection| sites::add(connection, &site, now))
            .await
    }

    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        let now = Timestamp::now();
        self.readers.short(|connection| sites::all(connection, now))
    }

    async fn site_by_name(&self, name: &str) -> Result<Site, StoreError> {
        let now = Timestamp::now();
        self.readers
            .single(|connection| sites::by_name(connection, name, now))
    }

    async fn site_by_api_key(&self, key: &KeyMac) -> Result<Option<Site>, StoreError> {
        let now = Timestamp::now();
        let sites = self
            .readers
            .single(|connection| sites::by_key(connection, KeyKind::Api, key, now))?;
        Ok(sites.into_iter().next())
    }

    async fn sites_by_akismet_key(&self, key: &KeyMac) -> Result<Vec<Site>, StoreError> {
        let now = Timestamp::now();
        self.readers
            .single(|connection| sites::by_key(connection, KeyKind::Akismet, key, now))
    }

    async fn rotate_key(
        &self,
        site: SiteId,
        kind: KeyKind,
        key: KeyMac,
        old_until: Timestamp,
    ) -> Result<(), StoreError> {
        let now = Timestamp::now();
        self.writer
            .run(move |connection| sites::rotate(connection, site, kind, &key, old_until, now))
            .await
    }

    async fn revoke_keys(&self, site: SiteId) -> Result<u32, StoreError> {
        let now = Timestamp::now();
        self.writer
            .run(move |connection| sites::revoke(connection, site, now))
            .await
    }

    async fn site_settings(
        &self,
        site: SiteId,
        change: SettingsChange,
    ) -> Result<Site, StoreError> {
        let now = Timestamp::now();
        self.writer
            .run(move |connection| sites::change_settings(connection, site, change, now))
            .await
    }

    async fn move_site(
        &self,
        site: SiteId,
        name: Option<String>,
        url: Option<String>,
    ) -> Result<Site, StoreError> {
        let now = Timestamp::now();
        self.writer
            .run(move |connection| sites::move_to(connection, site, name, url, now))
            .await
    }

    async fn history(&self, query: HistoryQuery) -> Result<History, StoreError> {
        self.readers
            .short(|connection| history::read(connection, &query))
    }

    async fn recorded(
        &self,
        site: SiteId,
        idempotency: &Idempotency,
    ) -> Result<Option<Recorded>, StoreError> {
        self.readers
            .single(|connection| record::replay(connection, site, idempotency))
    }

    async fn record(&self, check: Check) -> Result<Recorded, StoreError> {
        let prepared = record::prepare(check)?;
        self.writer
            .run(move |connection| record::write(connection, prepared))
            .await
    }

    async fn comment(&self, site: SiteId, id: CommentId) -> Result<CommentFile, StoreError> {
        self.readers
            .short(|connection| comments::file(connection, site, id))
    }

    async fn comment_by_own_id(
        &self,
        site: SiteId,
        own_id: &str,
    ) -> Result<Option<CommentId>, StoreError> {
        self.readers
            .single(|connection| comments::by_own_id(connection, site, own_id))
    }

    async fn comments(
        &self,
        site: SiteId,
        filter: CommentFilter,
    ) -> Result<Vec<StoredComment>, StoreError> {
        self.file_for(&filter).await;
        self.readers
            .long(move |connection| lists::list(connection, site, &filter))
            .await
    }

    async fn reviews(
        &self,
        site: SiteId,
        filter: CommentFilter,
    ) -> Result<Vec<Review>, StoreError> {
        self.file_for(&filter).await;
        self.readers
            .long(move |connection| reviews::reviews(connection, site, &filter))
            .await
    }

    async fn author_record(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Option<AuthorRecord>, StoreError> {
        self.readers
            .short(|connection| reviews::author_record(connection, site, id))
    }

    async fn site_of(&self, sites: &[SiteId], id: CommentId) -> Result<Option<SiteId>, StoreError> {
        self.readers
            .short(|connection| reviews::site_of(connection, sites, id))
    }

    async fn label(&self, label: LabelWrite) -> Result<Option<Label>, StoreError> {
        self.writer
            .run(move |connection| labels::write(connection, &label))
            .await
    }

    async fn decide(&self, decision: DecisionWrite) -> Result<Decision, StoreError> {
        self.writer
            .run(move |connection| decisions::write(connection, decision))
            .await
    }

    async fn undo_decision(
        &self,
        site: SiteId,
        id: CommentId,
        only: Option<Uuid>,
        at: Timestamp,
    ) -> Result<Decision, StoreError> {
        self.writer
            .run(move |connection| decisions::undo(connection, site, id, only, at))
            .await
    }

    async fn counts(&self, site: SiteId) -> Result<Counts, StoreError> {
        self.readers
            .long(move |connection| counts::read(connection, site))
            .await
    }

    async fn site_labels(&self, site: SiteId, limit: usize) -> Result<Vec<SiteLabel>, StoreError> {
        self.readers
            .long(move |connection| taught::newest(connection, site, limit))
            .await
    }

    async fn labelled_comments(
        &self,
        site: SiteId,
        labels: Vec<SiteLabel>,
    ) -> Result<Vec<(SiteLabel, Comment)>, StoreError> {
        self.readers
            .long(move |connection| taught::comments(connection, site, labels))
            .await
    }

    async fn samples(&self) -> Result<Vec<Sample>, StoreError> {
        self.readers.long(taught::samples).await
    }

    async fn given_labels(&self) -> Result<Vec<GivenLabel>, StoreError> {
        self.readers.long(taught::given).await
    }

    async fn purge(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let step = self
                .writer
                .run(move |connection| purge::step(connection, now))
                .await?;
            forgotten += step.comments;
            if !step.more {
                return Ok(forgotten);
            }
        }
    }
}
