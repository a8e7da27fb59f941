//! What every store engine promises about second factors: what a moderator
//! shows beside the password.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::domain::ModeratorId;
use crate::secret::Sealed;

/// A moderator's shared secret with an app that makes codes (RFC 6238).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    pub secret: Sealed,
    /// `None` until a code has shown that the app has the secret; nobody is
    /// asked for one before.
    pub confirmed_at: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    pub codes_left: u32,
}

/// Second factors. Of two calls at once with the same code, one succeeds.
#[async_trait]
pub trait SecondFactors: Send + Sync {
    async fn second_factor(&self, of: ModeratorId) -> Result<Option<SecondFactor>, StoreError>;
    /// Begins with a secret, in the place of one that was not confirmed.
    /// `Changed`, and nothing is written, if one is.
    async fn begin_second_factor(&self, of: ModeratorId, secret: Sealed) -> Result<(), StoreError>;
    /// From now on the second factor is asked for. `step` is the time step of
    /// the code that was shown; `codes` are hashes of recovery codes. `Changed`
    /// if there is none to confirm.
    async fn confirm_second_factor(
        &self,
        of: ModeratorId,
        step: u64,
        codes: Vec<String>,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Uses the code of a time step up; `false` if it, or a later one, was used
    /// before.
    async fn use_step(&self, of: ModeratorId, step: u64) -> Result<bool, StoreError>;
    /// Uses a recovery code up; `false` if there is no such code.
    async fn use_recovery_code(&self, of: ModeratorId, code: String) -> Result<bool, StoreError>;
    /// Exchanges all recovery codes. `NotFound` without a confirmed second
    /// factor.
    async fn set_recovery_codes(
        &self,
        of: ModeratorId,
        codes: Vec<String>,
    ) -> Result<(), StoreError>;
    /// Only the password is asked for again. `NotFound` if it was so before.
    async fn end_second_factor(&self, of: ModeratorId) -> Result<(), StoreError>;
}
