//! The second factor: codes that an app makes by the time (RFC 6238), and
//! recovery codes for when the app is lost.

use jiff::{SignedDuration, Timestamp};

use super::access::Viewer;
use super::codes::{self, App, Enrolment};
use super::sign_in::SignIn;
use super::visit::{Guest, SignInError, SignedIn};
use crate::domain::{Moderator, ModeratorId};
use crate::secret::{Proof, Purpose, Sealed};
use crate::service::ServiceError;
use crate::store::StoreError;

/// How long the password counts while its owner looks for the code.
const HALF_WAY: SignedDuration = SignedDuration::from_mins(5);

/// How far somebody has come.
#[derive(Debug)]
pub enum Entered {
    SignedIn(SignedIn),
    /// The password was right; the code is still wanted. The value shows the
    /// first for a few minutes, and opens nothing.
    HalfWay(String),
}

/// Somebody's second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondFactorState {
    Off,
    /// Its app has to show a first code.
    Begun(Enrolment),
    On {
        since: Timestamp,
        codes_left: u32,
    },
}

impl Viewer {
    /// Whether a second factor is asked for when this person signs in.
    pub fn has_second_factor(&self) -> bool {
        self.moderator().has_second_factor
    }
}

impl SignIn {
    /// Somebody's own second factor.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn second_factor(&self, who: &Viewer) -> Result<SecondFactorState, ServiceError> {
        let moderator = who.moderator();
        let known = self.installation.store.second_factor(moderator.id).await?;
        Ok(match known {
            None => SecondFactorState::Off,
            Some(known) => match known.confirmed_at {
                Some(since) => SecondFactorState::On {
                    since,
                    codes_left: known.codes_left,
                },
                None => {
                    let app = self.app(&known.secret, &moderator.name)?;
                    SecondFactorState::Begun(app.enrolment().ok_or_else(broken)?)
                }
            },
        })
    }

    /// Makes a secret for an app, which then has to show a first code.
    ///
    /// # Errors
    /// The password is wrong or was tried too often, or there is a second
    /// factor already.
    pub async fn begin_second_factor(
        &self,
        who: &Viewer,
        password: String,
        guest: &Guest,
    ) -> Result<(), SignInError> {
        self.is_own_password(who, password, guest).await?;
        let secret = codes::fresh_secret().map_err(ServiceError::from)?;
        let sealed = self
            .installation
            .secret
            .seal(Purpose::SecondFactor, &secret)
            .map_err(ServiceError::from)?;
        let store = &self.installation.store;
        Ok(store
            .begin_second_factor(who.moderator().id, sealed)
            .await?)
    }

    /// From now on the second factor is asked for. Returns recovery codes, to be
    /// shown once.
    ///
    /// # Errors
    /// The code is wrong or was tried too often, or there is nothing to confirm.
    pub async fn confirm_second_factor(
        &self,
        who: &Viewer,
        code: &str,
        guest: &Guest,
    ) -> Result<Vec<String>, SignInError> {
        let moderator = who.moderator();
        let buckets = self.code_buckets(&moderator.name, guest);
        self.begin(&buckets)?;
        let store = &self.installation.store;
        let begun = store.second_factor(moderator.id).await?;
        let begun = begun.filter(|known| known.confirmed_at.is_none());
        let begun = begun.ok_or(StoreError::Changed)?;
        let step = self.step_of(&begun.secret, moderator, code)?;
        let step = step.ok_or(SignInError::WrongCode)?;
        self.attempts.succeeded(&buckets);
        let (shown, kept) = self.recovery_codes(moderator.id)?;
        let now = Timestamp::now();
        store
            .confirm_second_factor(moderator.id, step, kept, now)
            .await?;
        tracing::info!(moderator = moderator.id.0, "a second factor is on");
        Ok(shown)
    }

    /// Ends the second factor, or what was begun of one.
    ///
    /// # Errors
    /// The password is wrong or was tried too often, or there is none.
    pub async fn end_second_factor(
        &self,
        who: &Viewer,
        password: String,
        guest: &Guest,
    ) -> Result<(), SignInError> {
        self.is_own_password(who, password, guest).await?;
        let moderator = who.moderator().id;
        self.installation.store.end_second_factor(moderator).await?;
        tracing::info!(moderator = moderator.0, "a second factor is off");
        Ok(())
    }

    /// Exchanges the recovery codes; returns the new ones, to be shown once.
    ///
    /// # Errors
    /// The password is wrong or was tried too often, or there is no second
    /// factor.
    pub async fn renew_recovery_codes(
        &self,
        who: &Viewer,
        password: String,
        guest: &Guest,
    ) -> Result<Vec<String>, SignInError> {
        self.is_own_password(who, password, guest).await?;
        let moderator = who.moderator().id;
        let (shown, kept) = self.recovery_codes(moderator)?;
        let store = &self.installation.store;
        store.set_recovery_codes(moderator, kept).await?;
        Ok(shown)
    }

    /// Opens a session for who came halfway and shows a code.
    ///
    /// # Errors
    /// The password is too long ago, or the code is wrong or was tried too often.
    pub async fn second_step(
        &self,
        half_way: &str,
        code: &str,
        guest: &Guest,
    ) -> Result<SignedIn, SignInError> {
        let moderator = self.came_half_way(half_way).await?;
        let buckets = self.code_buckets(&moderator.name, guest);
        self.begin(&buckets)?;
        if !self.is_code(&moderator, code).await? {
            tracing::info!(moderator = moderator.id.0, "refused a code");
            return Err(SignInError::WrongCode);
        }
        self.attempts.succeeded(&buckets);
        self.open(&moderator, guest).await
    }

    /// Whether somebody came halfway with that value, a moment ago.
    ///
    /// # Errors
    /// They did not, or it is too long ago.
    pub async fn came_half_way(&self, half_way: &str) -> Result<Moderator, SignInError> {
        let passed = || {
            let (value, proof) = half_way.split_once('.')?;
            let secret = &self.installation.secret;
            secret
                .is_proven(Proof::HalfWay, value, proof)
                .then_some(())?;
            let mut parts = value.split('-');
            let id = ModeratorId(parts.next()?.parse().ok()?);
            let epoch: u32 = parts.next()?.parse().ok()?;
            let ends_at: i64 = parts.next()?.parse().ok()?;
            (Timestamp::now().as_second() < ends_at).then_some((id, epoch))
        };
        let (id, epoch) = passed().ok_or(SignInError::TooLate)?;
        let everybody = self.installation.store.moderators().await?;
        let found = everybody
            .into_iter()
            .find(|moderator| moderator.id == id && moderator.epoch == epoch);
        found.ok_or(SignInError::TooLate)
    }

    /// A session, or halfway to it.
    pub(super) async fn enter(
        &self,
        moderator: &Moderator,
        guest: &Guest,
    ) -> Result<Entered, SignInError> {
        if !moderator.has_second_factor {
            return Ok(Entered::SignedIn(self.open(moderator, guest).await?));
        }
        let ends_at = Timestamp::now().checked_add(HALF_WAY);
        let ends_at = ends_at.unwrap_or(Timestamp::MAX).as_second();
        let value = format!("{}-{}-{ends_at}", moderator.id.0, moderator.epoch);
        let proof = self.installation.secret.prove(Proof::HalfWay, &value);
        Ok(Entered::HalfWay(format!("{value}.{proof}")))
    }

    /// Uses the code up, if it is one.
    async fn is_code(&self, moderator: &Moderator, code: &str) -> Result<bool, SignInError> {
        let store = &self.installation.store;
        let known = store.second_factor(moderator.id).await?;
        let Some(known) = known.filter(|known| known.confirmed_at.is_some()) else {
            return Ok(false);
        };
        let kept = self.kept(moderator.id, code);
        match self.step_of(&known.secret, moderator, code)? {
            Some(step) => Ok(store.use_step(moderator.id, step).await?),
            None => Ok(store.use_recovery_code(moderator.id, kept).await?),
        }
    }

    /// The time step that the code is of: the present one, or one beside it.
    fn step_of(
        &self,
        secret: &Sealed,
        moderator: &Moderator,
        code: &str,
    ) -> Result<Option<u64>, ServiceError> {
        let app = self.app(secret, &moderator.name)?;
        Ok(app.step_of(code, Timestamp::now()))
    }

    fn app(&self, secret: &Sealed, name: &str) -> Result<App, ServiceError> {
        let opened = self.installation.secret.open(Purpose::SecondFactor, secret);
        opened
            .and_then(|secret| App::of(secret, name))
            .ok_or_else(broken)
    }

    /// Fresh codes as they are shown, and as they are kept.
    fn recovery_codes(&self, of: ModeratorId) -> Result<(Vec<String>, Vec<String>), ServiceError> {
        let shown = codes::fresh_recovery_codes()?;
        let kept = shown.iter().map(|code| self.kept(of, code)).collect();
        Ok((shown, kept))
    }

    /// Of a recovery code, what is stored; a copy of the database alone opens
    /// nothing.
    fn kept(&self, of: ModeratorId, code: &str) -> String {
        let value = format!("{}\0{}", of.0, codes::bare(code));
        self.installation.secret.prove(Proof::RecoveryCode, &value)
    }
}

fn broken() -> ServiceError {
    let what = "a second factor, sealed by another installation";
    StoreError::Corrupt(what.into()).into()
}
