//! Hands each call about moderators to the writer or a reader.

use async_trait::async_trait;
use jiff::Timestamp;

use super::engine::SqliteStore;
use super::{moderators, sessions};
use crate::domain::{Moderator, ModeratorId, Role, Session, SessionId, SiteId, TokenHash};
use crate::store::{Accounts, Credentials, NewLink, NewModerator, NewSession, StoreError};

#[async_trait]
impl Accounts for SqliteStore {
    async fn add_moderator(&self, new: NewModerator) -> Result<Moderator, StoreError> {
        self.writer
            .run(move |connection| moderators::add(connection, &new))
            .await
    }

    async fn moderators(&self) -> Result<Vec<Moderator>, StoreError> {
        self.readers.short(moderators::all)
    }

    async fn credentials(&self, name: &str) -> Result<Credentials, StoreError> {
        self.readers
            .short(|connection| moderators::credentials(connection, name))
    }

    async fn change_rights(
        &self,
        id: ModeratorId,
        role: Role,
        sites: Vec<SiteId>,
    ) -> Result<Moderator, StoreError> {
        self.writer
            .run(move |connection| moderators::change_rights(connection, id, role, &sites))
            .await
    }

    async fn remove_moderator(&self, id: ModeratorId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| moderators::remove(connection, id))
            .await
    }

    async fn set_password(&self, id: ModeratorId, hash: String) -> Result<Moderator, StoreError> {
        self.writer
            .run(move |connection| moderators::set_password(connection, id, Some(&hash)))
            .await
    }

    async fn rehash(
        &self,
        id: ModeratorId,
        old_hash: String,
        new_hash: String,
    ) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| moderators::rehash(connection, id, &old_hash, &new_hash))
            .await
    }

    async fn drop_password(&self, id: ModeratorId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| moderators::set_password(connection, id, None).map(drop))
            .await
    }

    async fn add_link(&self, link: NewLink) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| moderators::add_link(connection, &link))
            .await
    }

    async fn link(
        &self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<Moderator>, StoreError> {
        self.readers
            .short(|connection| moderators::by_link(connection, token, now))
    }

    async fn use_link(
        &self,
        token: TokenHash,
        hash: String,
        now: Timestamp,
    ) -> Result<Moderator, StoreError> {
        self.writer
            .run(move |connection| moderators::use_link(connection, &token, &hash, now))
            .await
    }

    async fn open_session(&self, new: NewSession) -> Result<Session, StoreError> {
        self.writer
            .run(move |connection| sessions::open(connection, &new))
            .await
    }

    async fn session(
        &self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<(Session, Moderator)>, StoreError> {
        self.readers
            .short(|connection| sessions::by_token(connection, token, now))
    }

    async fn touch_session(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| sessions::touch(connection, id, at))
            .await
    }

    async fn sessions(
        &self,
        moderator: ModeratorId,
        now: Timestamp,
    ) -> Result<Vec<Session>, StoreError> {
        self.readers
            .short(|connection| sessions::of_moderator(connection, moderator, now))
    }

    async fn end_session(&self, moderator: ModeratorId, id: SessionId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| sessions::end(connection, moderator, id))
            .await
    }

    async fn end_sessions(&self, moderator: ModeratorId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| moderators::begin_epoch(connection, moderator))
            .await
    }
}
