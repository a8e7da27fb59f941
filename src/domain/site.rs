//! Who asks: a blog and its credentials.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::site_settings::SiteSettings;

/// The store's number of a site; 0 is no site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(pub i64);

/// A blog that asks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Site {
    #[serde(skip)]
    pub id: SiteId,
    pub name: String,
    pub url: String,
    /// In the addresses of its pages for commenters: random, and no secret.
    pub public_id: String,
    pub created_at: Timestamp,
    /// How many API keys are live: 0 after a revocation.
    pub live_keys: u32,
    pub settings: SiteSettings,
}

/// The two credentials of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// `hg_` and 32 characters of base32: for `/v1`.
    Api,
    /// 12 hexadecimal digits: for Akismet's protocol, where it only checks
    /// and reports.
    Akismet,
}

impl KeyKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Akismet => "akismet",
        }
    }
}

/// HMAC-SHA-256 of a key with the installation's secret: all that is stored.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyMac(pub [u8; 32]);

impl fmt::Debug for KeyMac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyMac(…)")
    }
}
