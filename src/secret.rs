//! The installation's secret, and what is made with it: keys and the keyed
//! hashes by which keys, authors and links are recognised.

mod seal;

use std::fmt;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub use seal::{Purpose, Sealed};

use crate::domain::{KeyKind, KeyMac, Subject, TokenHash, Trace};

/// 32 random bytes, made at the first start and kept beside the database.
/// Without them no stored key or trace can be matched.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A credential in the clear. It is shown once and never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct ClearKey(String);

impl fmt::Debug for ClearKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClearKey(…)")
    }
}

impl ClearKey {
    /// A fresh key from the system's random source: 160 bits for `/v1`,
    /// 48 bits in the only form Akismet's plugin takes.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn generate(kind: KeyKind) -> Result<Self, getrandom::Error> {
        Ok(Self(match kind {
            KeyKind::Api => {
                let mut bytes = [0; 20];
                getrandom::fill(&mut bytes)?;
                format!("hg_{}", BASE32_NOPAD.encode(&bytes).to_lowercase())
            }
            KeyKind::Akismet => {
                let mut bytes = [0; 6];
                getrandom::fill(&mut bytes)?;
                HEXLOWER.encode(&bytes)
            }
        }))
    }

    /// A key that a blog already has; `None` unless it is 12 hexadecimal digits.
    pub fn akismet(text: &str) -> Option<Self> {
        let key = text.trim().to_ascii_lowercase();
        (key.len() == 12 && key.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(Self(key))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A random token of 256 bits in the clear: a session's cookie, or the end of a
/// one-time link.
#[derive(Clone)]
pub struct ClearToken(String);

impl fmt::Debug for ClearToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClearToken(…)")
    }
}

impl ClearToken {
    /// # Errors
    /// The system has no randomness to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(BASE32_NOPAD.encode(&bytes).to_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of a token, whoever sends it.
    pub fn hash(token: &str) -> TokenHash {
        TokenHash(Sha256::digest(token.as_bytes()).into())
    }
}

/// What a proof is good for; one of one kind is none of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A form was made for the browser whose cookie is the value.
    Form,
    /// The account in the value was signed in to by this browser before.
    Device,
    /// The password of the account in the value was right a moment ago.
    HalfWay,
    /// Of a recovery code, all that is kept.
    RecoveryCode,
}

impl Proof {
    fn purpose(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Device => "device",
            Self::HalfWay => "half way",
            Self::RecoveryCode => "recovery code",
        }
    }
}

impl Secret {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// # Errors
    /// The system has no randomness to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// What is stored of a key. Letters' case does not matter.
    pub fn key_mac(&self, kind: KeyKind, key: &str) -> KeyMac {
        KeyMac(self.mac(kind.as_str(), &key.trim().to_ascii_lowercase()))
    }

    /// What is stored of something a later comment may share.
    pub fn trace(&self, subject: Subject, value: &str) -> Trace {
        let mac = self.mac(&format!("trace {}", subject as u8), value);
        let mut hash = [0; 16];
        hash.copy_from_slice(&mac[..16]);
        Trace { subject, hash }
    }

    /// By what equal texts are found; `about` says equal in what.
    pub fn text_mark(&self, about: &str, value: &str) -> [u8; 16] {
        let mac = self.mac(&format!("text {about}"), value);
        let mut mark = [0; 16];
        mark.copy_from_slice(&mac[..16]);
        mark
    }

    /// Shows later that the value was known here.
    pub fn prove(&self, kind: Proof, value: &str) -> String {
        BASE32_NOPAD
            .encode(&self.mac(kind.purpose(), value))
            .to_lowercase()
    }

    /// Whether `proof` is what [`Secret::prove`] gave; takes as long for any.
    pub fn is_proven(&self, kind: Proof, value: &str, proof: &str) -> bool {
        let proof = BASE32_NOPAD
            .decode(proof.to_ascii_uppercase().as_bytes())
            .unwrap_or_default();
        self.keyed(kind.purpose(), value)
            .verify_slice(&proof)
            .is_ok()
    }

    fn mac(&self, purpose: &str, value: &str) -> [u8; 32] {
        self.keyed(purpose, value).finalize().into_bytes().into()
    }

    fn keyed(&self, purpose: &str, value: &str) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        mac
    }
}
