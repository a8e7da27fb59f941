//! Signatures after the Standard Webhooks specification 1.0.0, symmetric scheme.

use std::fmt;

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The specification asks for 24 to 64.
const SECRET_BYTES: usize = 32;

/// The secret that a webhook's messages are signed with.
pub(super) struct SigningKey(Vec<u8>);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    pub(super) fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = vec![0; SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub(super) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As it is handed to the receiver's developer.
    pub(super) fn shown(&self) -> String {
        format!("whsec_{}", BASE64.encode(&self.0))
    }

    fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
    }
}

/// The header `webhook-signature`: one signature for each secret in force.
/// `timestamp` is the attempt's, in seconds since 1970.
pub(super) fn signatures(keys: &[SigningKey], id: &str, timestamp: i64, body: &str) -> String {
    let signed: Vec<String> = keys
        .iter()
        .map(|key| key.sign(id, timestamp, body))
        .collect();
    signed.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the specification's reference libraries, `test_sign` and its like.
    #[test]
    fn a_signature_is_the_reference_libraries_own() {
        let bytes = BASE64.decode(b"C2FVsBQIhrscChlQIMV+b5sSYspob7oD").unwrap();
        let key = SigningKey::from_bytes(bytes);
        assert_eq!(key.shown(), "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        let signed = signatures(
            &[key],
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            r#"{"email":"test@example.com","username":"test_user"}"#,
        );
        assert_eq!(signed, "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }
}
