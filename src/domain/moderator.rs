//! Who moderates: people, what they may do, and where they are signed in.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::site::SiteId;

/// The store's number of a moderator. It is never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModeratorId(pub i64);

/// What a person may do at the moderator's desk. Each may do what the one
/// before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks.
    Viewer,
    /// Decides on comments.
    Moderator,
    /// Sees every site, and who moderates.
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Moderator, Self::Admin];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Moderator => "moderator",
            Self::Admin => "admin",
        }
    }
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderator {
    pub id: ModeratorId,
    /// As it was given; two names differ in more than the case of letters.
    pub name: String,
    pub role: Role,
    /// Sites that this person sees; of no meaning for an admin, who sees all.
    pub sites: Vec<SiteId>,
    /// Raised by whatever ends every session: a new password, a reset, signing
    /// out everywhere.
    pub epoch: u32,
    /// Whether a password is set: not before the one-time link was used.
    pub has_password: bool,
    /// Whether a second factor is asked for beside it.
    pub has_second_factor: bool,
    pub created_at: Timestamp,
    pub last_sign_in: Option<Timestamp>,
}

impl Moderator {
    pub fn sees(&self, site: SiteId) -> bool {
        self.role == Role::Admin || self.sites.contains(&site)
    }
}

/// The store's number of a session. It is never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(pub i64);

/// One browser in which somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub created_at: Timestamp,
    /// To the minute: a page is not worth a write of its own.
    pub seen_at: Timestamp,
    /// What the browser calls itself, shortened, for its owner to know it by.
    pub agent: String,
}

/// SHA-256 of a random token of 256 bits: all that is stored of a session's
/// cookie or of a one-time link. So much randomness needs no keyed hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}
