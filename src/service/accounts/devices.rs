//! As whom somebody's attempts are counted: a device that was signed in to the
//! account before is counted apart from the rest of the world.

use std::time::Instant;

use super::attempts::Bucket;
use super::sign_in::SignIn;
use super::visit::{Guest, SignInError};
use crate::secret::Proof;

/// Names longer than any account's are one bucket, so none of them takes room.
const LONGEST_NAME: usize = 64;

impl SignIn {
    pub(super) fn begin(&self, buckets: &[Bucket]) -> Result<(), SignInError> {
        self.attempts
            .begin(buckets, Instant::now())
            .map_err(SignInError::TooMany)
    }

    pub(super) fn buckets(&self, account: &str, guest: &Guest) -> Vec<Bucket> {
        if let Some(nonce) = self.known_device(account, guest) {
            return vec![Bucket::Device(nonce)];
        }
        let network = guest.network();
        vec![
            Bucket::Pair(account.to_owned(), network.clone()),
            Bucket::Account(account.to_owned()),
            Bucket::Network(network),
        ]
    }

    /// The same for codes of the second factor.
    pub(super) fn code_buckets(&self, name: &str, guest: &Guest) -> Vec<Bucket> {
        let account = account_key(name);
        vec![match self.known_device(&account, guest) {
            Some(nonce) => Bucket::CodeOfDevice(nonce),
            None => Bucket::Code(account),
        }]
    }

    fn known_device(&self, account: &str, guest: &Guest) -> Option<String> {
        let (nonce, proof) = guest.device.as_deref()?.split_once('.')?;
        let value = device_value(nonce, account);
        let secret = &self.installation.secret;
        secret
            .is_proven(Proof::Device, &value, proof)
            .then(|| nonce.to_owned())
    }
}

/// By what attempts on an account are counted, whether it exists or not.
pub(super) fn account_key(name: &str) -> String {
    let name = name.trim().to_lowercase();
    match name.len() > LONGEST_NAME {
        true => String::new(),
        false => name,
    }
}

pub(super) fn device_value(nonce: &str, account: &str) -> String {
    format!("{nonce}\0{account}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::service::Installation;

    #[test]
    fn a_device_is_known_for_its_account_only_and_cannot_be_made_up() {
        let data = tempfile::tempdir().unwrap();
        let installation = Installation::open(data.path()).unwrap();
        let proof = installation
            .secret
            .prove(Proof::Device, &device_value("n", "mia"));
        let desk = SignIn::new(installation, &Config::default());
        let buckets = |account: &str, device: Option<String>| {
            let address = "192.0.2.7".parse().ok();
            let agent = String::new();
            let guest = Guest {
                address,
                device,
                agent,
            };
            desk.buckets(account, &guest).len()
        };
        assert_eq!(buckets("mia", Some(format!("n.{proof}"))), 1);
        assert_eq!(buckets("jo", Some(format!("n.{proof}"))), 3);
        for made_up in [
            format!("m.{proof}"),
            format!("n.{proof}a"),
            "n.".into(),
            "n".into(),
        ] {
            assert_eq!(buckets("mia", Some(made_up)), 3);
        }
        assert_eq!(buckets("mia", None), 3);
    }
}
