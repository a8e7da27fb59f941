//! What has to be read back, and so cannot be kept as a hash: encrypted with a
//! key that follows from the installation's secret.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use super::Secret;

/// Of the first byte: how the rest is to be read.
const VERSION: u8 = 1;
/// So long that random ones do not meet (XChaCha20, draft-irtf-cfrg-xchacha).
const NONCE_BYTES: usize = 24;

/// What a sealed text is. Each purpose has its own key, so that a text that was
/// put in another's place cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The secret that signs a webhook's messages.
    WebhookSecret,
    /// A blog's Akismet key, to be sent back to it.
    AkismetKey,
    /// What a moderator's app makes its codes from.
    SecondFactor,
}

impl Purpose {
    fn label(self) -> &'static str {
        match self {
            Self::WebhookSecret => "seal webhook secret",
            Self::AkismetKey => "seal akismet key",
            Self::SecondFactor => "seal second factor",
        }
    }
}

/// A text that only this installation can read: a version, a nonce, and
/// XChaCha20-Poly1305's output.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub Vec<u8>);

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

impl Secret {
    /// Encrypts a text that has to be read back.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn seal(&self, purpose: Purpose, text: &[u8]) -> Result<Sealed, getrandom::Error> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce)?;
        let payload = Payload {
            msg: text,
            aad: &[VERSION],
        };
        let encrypted = self
            .cipher(purpose)
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a text in memory is shorter than the cipher's bound");
        let mut sealed = vec![VERSION];
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&encrypted);
        Ok(Sealed(sealed))
    }

    /// The text; `None` if it was sealed with another secret or for another
    /// purpose, or was changed.
    pub fn open(&self, purpose: Purpose, sealed: &Sealed) -> Option<Vec<u8>> {
        let (version, rest) = sealed.0.split_first()?;
        let (nonce, encrypted) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload {
            msg: encrypted,
            aad: &[*version],
        };
        self.cipher(purpose)
            .decrypt(&XNonce::from(*nonce), payload)
            .ok()
            .filter(|_| *version == VERSION)
    }

    fn cipher(&self, purpose: Purpose) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.mac(purpose.label(), "")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_secret_opens_for_the_same_purpose() {
        let secret = Secret::from_bytes([7; 32]);
        let sealed = secret.seal(Purpose::AkismetKey, b"0123456789ab").unwrap();
        let opened = secret.open(Purpose::AkismetKey, &sealed);
        assert_eq!(opened.as_deref(), Some(&b"0123456789ab"[..]));
        assert!(secret.open(Purpose::WebhookSecret, &sealed).is_none());
        let other = Secret::from_bytes([8; 32]);
        assert!(other.open(Purpose::AkismetKey, &sealed).is_none());
        let again = secret.seal(Purpose::AkismetKey, b"0123456789ab").unwrap();
        assert_ne!(again, sealed, "equal texts do not show");
    }

    #[test]
    fn what_was_changed_does_not_open() {
        let secret = Secret::from_bytes([7; 32]);
        let sealed = secret.seal(Purpose::WebhookSecret, b"text").unwrap();
        for place in 0..sealed.0.len() {
            let mut changed = sealed.clone();
            changed.0[place] ^= 1;
            assert!(secret.open(Purpose::WebhookSecret, &changed).is_none());
            let cut = Sealed(sealed.0[..place].to_vec());
            assert!(secret.open(Purpose::WebhookSecret, &cut).is_none());
        }
    }
}
