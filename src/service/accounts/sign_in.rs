//! Signing in, staying signed in, signing out.

use jiff::{SignedDuration, Timestamp};

use super::access::Viewer;
use super::attempts::Attempts;
use super::devices::{account_key, device_value};
use super::passwords::{self, Passwords};
use super::second_factor::Entered;
use super::visit::{Guest, SignInError, SignedIn, Signing};
use crate::config::Config;
use crate::domain::{Moderator, SessionId};
use crate::secret::{ClearToken, Proof};
use crate::service::{Installation, ServiceError};
use crate::store::{NewSession, StoreError};

/// A page is not worth a write of its own.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// Of what a browser calls itself, this much is kept.
const AGENT_CHARS: usize = 200;

/// The desk's front door, shared by all requests.
pub struct SignIn {
    pub(super) installation: Installation,
    passwords: Passwords,
    pub(super) attempts: Attempts,
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

    /// Opens a session for the name and the password, or comes halfway to it.
    ///
    /// # Errors
    /// They do not fit, or were tried too often.
    pub async fn sign_in(&self, typed: Signing, guest: &Guest) -> Result<Entered, SignInError> {
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
        self.enter(&known.moderator, guest).await
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

    /// Uses a one-time link up to set the password, and opens a session or comes
    /// halfway to it.
    ///
    /// # Errors
    /// The link does not work any more, or the password is refused.
    pub async fn welcome(
        &self,
        token: &str,
        password: String,
        guest: &Guest,
    ) -> Result<Entered, SignInError> {
        let moderator = self.welcomes(token).await?;
        passwords::check(&password, &moderator.name)?;
        let hash = self.passwords.hash(password).await?;
        let token = ClearToken::hash(token);
        let store = &self.installation.store;
        let moderator = match store.use_link(token, hash, Timestamp::now()).await {
            Err(StoreError::NotFound) => return Err(SignInError::DeadLink),
            outcome => outcome?,
        };
        self.enter(&moderator, guest).await
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
        passwords::check(&new, who.name())?;
        self.is_own_password(who, present, guest).await?;
        let hash = self.passwords.hash(new).await?;
        let id = who.moderator().id;
        let moderator = self.installation.store.set_password(id, hash).await?;
        self.open(&moderator, guest).await
    }

    /// Asks somebody who is signed in for the password once more.
    ///
    /// # Errors
    /// It is wrong, or was tried too often.
    pub(super) async fn is_own_password(
        &self,
        who: &Viewer,
        password: String,
        guest: &Guest,
    ) -> Result<(), SignInError> {
        let buckets = self.buckets(&account_key(who.name()), guest);
        self.begin(&buckets)?;
        let known = self.installation.store.credentials(who.name()).await?;
        let matched = self
            .passwords
            .matches(password, known.password_hash)
            .await?;
        matched.ok_or(SignInError::Refused)?;
        self.attempts.succeeded(&buckets);
        Ok(())
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

    pub(super) async fn open(
        &self,
        moderator: &Moderator,
        guest: &Guest,
    ) -> Result<SignedIn, SignInError> {
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
}
