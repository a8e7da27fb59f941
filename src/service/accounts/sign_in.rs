//! Signing in, staying signed in, signing out.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

use super::access::Viewer;
use super::attempts::{Attempts, Bucket};
use super::passwords::{self, Passwords};
use super::visit::{Guest, SignInError, SignedIn, Signing};
use crate::config::Config;
use crate::domain::{Moderator, SessionId};
use crate::secret::{ClearToken, Proof};
use crate::service::{Installation, ServiceError};
use crate::store::{NewSession, StoreError};

/// A page is not worth a write of its own.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// Names longer than any account's are one bucket, so none of them takes room.
const LONGEST_NAME: usize = 64;
/// Of what a browser calls itself, this much is kept.
const AGENT_CHARS: usize = 200;

/// The desk's front door, shared by all requests.
pub struct SignIn {
    installation: Installation,
    passwords: Passwords,
    attempts: Attempts,
    idle: SignedDuration,
    longest: SignedDuration,
}

impl SignIn {
    pub fn new(installation: Installation, config: &Config) -> Self {
        let hours = |hours: u64| SignedDuration::from_hours(i64::try_from(hours).unwrap_or(24));
        Self {
            installation,
            passwords: Passwords::new(),
            attempts: Attempts::default(),
            idle: hours(config.desk.idle_hours),
            longest: hours(24 * config.desk.session_days),
        }
    }

    /// Opens a session for the name and the password.
    ///
    /// # Errors
    /// They do not fit, or were tried too often.
    pub async fn sign_in(&self, typed: Signing, guest: &Guest) -> Result<SignedIn, SignInError> {
        let account = account_key(&typed.name);
        let buckets = self.buckets(&account, guest);
        self.begin(&buckets)?;
        let known = match self.installation.store.credentials(typed.name.trim()).await {
            Ok(known) => Some(known),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let hash = known.as_ref().and_then(|known| known.password_hash.clone());
        let matched = self.passwords.matches(typed.password, hash.clone()).await?;
        let (Some(known), Some(matched)) = (known, matched) else {
            tracing::info!("refused a sign-in");
            return Err(SignInError::Refused);
        };
        self.attempts.succeeded(&buckets);
        if let (Some(old), Some(better)) = (hash, matched.better) {
            let id = known.moderator.id;
            self.installation.store.rehash(id, old, better).await?;
        }
        self.open(&known.moderator, guest).await
    }

    /// Whose one-time link it is.
    ///
    /// # Errors
    /// It does not work any more.
    pub async fn welcomes(&self, token: &str) -> Result<Moderator, SignInError> {
        let hash = ClearToken::hash(token);
        let moderator = self
            .installation
            .store
            .link(&hash, Timestamp::now())
            .await?;
        moderator.ok_or(SignInError::DeadLink)
    }

    /// Uses a one-time link up to set the password, and opens a session.
    ///
    /// # Errors
    /// The link does not work any more, or the password is refused.
    pub async fn welcome(
        &self,
        token: &str,
        password: String,
        guest: &Guest,
    ) -> Result<SignedIn, SignInError> {
        let moderator = self.welcomes(token).await?;
        passwords::check(&password, &moderator.name)?;
        let hash = self.passwords.hash(password).await?;
        let token = ClearToken::hash(token);
        let store = &self.installation.store;
        let moderator = match store.use_link(token, hash, Timestamp::now()).await {
            Err(StoreError::NotFound) => return Err(SignInError::DeadLink),
            outcome => outcome?,
        };
        self.open(&moderator, guest).await
    }

    /// Sets another password, ends every session, and opens a new one here.
    ///
    /// # Errors
    /// The present password is wrong or was tried too often, or the new one is
    /// refused.
    pub async fn change_password(
        &self,
        who: &Viewer,
        present: String,
        new: String,
        guest: &Guest,
    ) -> Result<SignedIn, SignInError> {
        let name = who.name().to_owned();
        passwords::check(&new, &name)?;
        let buckets = self.buckets(&account_key(&name), guest);
        self.begin(&buckets)?;
        let known = self.installation.store.credentials(&name).await?;
        let matched = self.passwords.matches(present, known.password_hash).await?;
        matched.ok_or(SignInError::Refused)?;
        self.attempts.succeeded(&buckets);
        let hash = self.passwords.hash(new).await?;
        let id = known.moderator.id;
        let moderator = self.installation.store.set_password(id, hash).await?;
        self.open(&moderator, guest).await
    }

    /// Who is signed in by this token.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn who(&self, token: &str) -> Result<Option<Viewer>, ServiceError> {
        let now = Timestamp::now();
        let hash = ClearToken::hash(token);
        let store = &self.installation.store;
        let Some((session, moderator)) = store.session(&hash, now).await? else {
            return Ok(None);
        };
        // The settings may have become stricter since the session began.
        let idle = now.duration_since(session.seen_at);
        if idle > self.idle || now.duration_since(session.created_at) > self.longest {
            store.end_session(moderator.id, session.id).await?;
            return Ok(None);
        }
        if idle > TOUCH_EVERY {
            store.touch_session(session.id, now).await?;
        }
        let viewer = Viewer::of(self.installation.clone(), moderator, session).await?;
        Ok(Some(viewer))
    }

    /// Ends one of somebody's own sessions.
    ///
    /// # Errors
    /// It is none of theirs, or the store is unavailable.
    pub async fn sign_out(&self, who: &Viewer, session: SessionId) -> Result<(), ServiceError> {
        let store = &self.installation.store;
        Ok(store.end_session(who.moderator().id, session).await?)
    }

    /// Ends all of somebody's sessions, this one too.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn sign_out_everywhere(&self, who: &Viewer) -> Result<(), ServiceError> {
        let store = &self.installation.store;
        Ok(store.end_sessions(who.moderator().id).await?)
    }

    /// What a form carries to show that it was made for that cookie.
    pub fn form_token(&self, cookie: &str) -> String {
        self.installation.secret.prove(Proof::Form, cookie)
    }

    /// Whether the form was made for that cookie.
    pub fn is_form_token(&self, cookie: &str, token: &str) -> bool {
        self.installation
            .secret
            .is_proven(Proof::Form, cookie, token)
    }

    async fn open(&self, moderator: &Moderator, guest: &Guest) -> Result<SignedIn, SignInError> {
        let session = ClearToken::generate().map_err(ServiceError::from)?;
        let at = Timestamp::now();
        self.installation
            .store
            .open_session(NewSession {
                moderator: moderator.id,
                epoch: moderator.epoch,
                token: ClearToken::hash(session.as_str()),
                agent: guest.agent.chars().take(AGENT_CHARS).collect(),
                at,
                ends_at: at.checked_add(self.longest).unwrap_or(Timestamp::MAX),
            })
            .await?;
        tracing::info!(moderator = moderator.id.0, "signed in");
        let nonce = ClearToken::generate().map_err(ServiceError::from)?;
        let nonce = nonce.as_str();
        let value = device_value(nonce, &account_key(&moderator.name));
        let proof = self.installation.secret.prove(Proof::Device, &value);
        Ok(SignedIn {
            session,
            device: format!("{nonce}.{proof}"),
        })
    }

    fn begin(&self, buckets: &[Bucket]) -> Result<(), SignInError> {
        self.attempts
            .begin(buckets, Instant::now())
            .map_err(SignInError::TooMany)
    }

    fn buckets(&self, account: &str, guest: &Guest) -> Vec<Bucket> {
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
fn account_key(name: &str) -> String {
    let name = name.trim().to_lowercase();
    match name.len() > LONGEST_NAME {
        true => String::new(),
        false => name,
    }
}

fn device_value(nonce: &str, account: &str) -> String {
    format!("{nonce}\0{account}")
}

#[cfg(test)]
mod tests {
    use super::*;

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
