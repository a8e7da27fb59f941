//! What every store engine promises about moderators: their accounts, their
//! one-time links and their sessions.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::domain::{Moderator, ModeratorId, Role, Session, SessionId, SiteId, TokenHash};

/// A moderator to be made.
#[derive(Debug, Clone)]
pub struct NewModerator {
    pub name: String,
    pub role: Role,
    pub sites: Vec<SiteId>,
    pub at: Timestamp,
}

/// A moderator with what a password is compared with: a PHC string, or `None`
/// before the first password.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub moderator: Moderator,
    pub password_hash: Option<String>,
}

/// A link by which a moderator sets a password, once.
#[derive(Debug, Clone)]
pub struct NewLink {
    pub moderator: ModeratorId,
    pub token: TokenHash,
    pub ends_at: Timestamp,
}

/// A session to be opened.
#[derive(Debug, Clone)]
pub struct NewSession {
    pub moderator: ModeratorId,
    /// The epoch of which the password was found right. If another one began
    /// since, the session is not opened.
    pub epoch: u32,
    pub token: TokenHash,
    pub agent: String,
    pub at: Timestamp,
    /// When it ends however much it is used.
    pub ends_at: Timestamp,
}

/// Moderators and their sessions. All methods may be called at once from many
/// tasks; a call that returned `Ok` is on disk.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// `NameTaken` if one has the name in any case of letters, `NotFound` if
    /// there is no such site.
    async fn add_moderator(&self, new: NewModerator) -> Result<Moderator, StoreError>;
    /// By name.
    async fn moderators(&self) -> Result<Vec<Moderator>, StoreError>;
    /// By name, in any case of letters; `NotFound` if there is none.
    async fn credentials(&self, name: &str) -> Result<Credentials, StoreError>;
    /// Says what the moderator may do, and where; it holds from the next page
    /// on. `NotFound` if there is no such moderator or site.
    async fn change_rights(
        &self,
        id: ModeratorId,
        role: Role,
        sites: Vec<SiteId>,
    ) -> Result<Moderator, StoreError>;
    /// Forgets the account, its links and its sessions. What the moderator
    /// decided stays, under the name.
    async fn remove_moderator(&self, id: ModeratorId) -> Result<(), StoreError>;
    /// Sets the password, begins a new epoch, and ends every link and session.
    /// Returns the moderator as it is now.
    async fn set_password(&self, id: ModeratorId, hash: String) -> Result<Moderator, StoreError>;
    /// Exchanges the hash of the same password for one of newer parameters;
    /// nothing happens if the password was changed meanwhile.
    async fn rehash(
        &self,
        id: ModeratorId,
        old_hash: String,
        new_hash: String,
    ) -> Result<(), StoreError>;
    /// Takes the password away, as [`Accounts::set_password`] sets one: only a
    /// link lets the moderator in again.
    async fn drop_password(&self, id: ModeratorId) -> Result<(), StoreError>;

    /// Adds a link, and ends every earlier one of the moderator.
    async fn add_link(&self, link: NewLink) -> Result<(), StoreError>;
    /// Whose link it is; `None` for an unknown, used or ended one.
    async fn link(
        &self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<Moderator>, StoreError>;
    /// Uses the link up and sets the password, as [`Accounts::set_password`];
    /// `NotFound` for an unknown, used or ended one. Of two calls at once, one
    /// succeeds.
    async fn use_link(
        &self,
        token: TokenHash,
        hash: String,
        now: Timestamp,
    ) -> Result<Moderator, StoreError>;

    /// Opens a session, and notes the sign-in. `NotFound` if the moderator is
    /// gone or of another epoch.
    async fn open_session(&self, new: NewSession) -> Result<Session, StoreError>;
    /// Who is signed in by that token; `None` if it is unknown, ended, past its
    /// `ends_at`, or of an earlier epoch.
    async fn session(
        &self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<(Session, Moderator)>, StoreError>;
    /// Notes that the session was used.
    async fn touch_session(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError>;
    /// The moderator's sessions that are not past their end, last used first.
    async fn sessions(
        &self,
        moderator: ModeratorId,
        now: Timestamp,
    ) -> Result<Vec<Session>, StoreError>;
    /// `NotFound` unless it is one of this moderator's.
    async fn end_session(&self, moderator: ModeratorId, id: SessionId) -> Result<(), StoreError>;
    /// Begins a new epoch; every session of the moderator is dead at once.
    async fn end_sessions(&self, moderator: ModeratorId) -> Result<(), StoreError>;
}
