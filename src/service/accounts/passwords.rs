//! Passwords: which are taken, and how they are hashed without starving the
//! rest of the service.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use super::visit::SignInError;
use crate::domain::FieldError;
use crate::service::ServiceError;

/// Kibibytes, passes and lanes: above the floors of OWASP ASVS 5, 11.4.2
/// (46 MiB and one pass).
const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// A stored hash that asks for more memory is not ours.
const MOST_MEMORY: u32 = 256 * 1024;
/// ASVS 5, 6.2.1 and 6.2.9; any characters, taken as they are.
const SHORTEST_CHARS: usize = 15;
const LONGEST_BYTES: usize = 1_024;
/// Hashes at once, each with its 64 MiB, and how many may wait for how long.
const AT_ONCE: usize = 2;
const WAITING: usize = 16;
const WAIT: Duration = Duration::from_secs(2);

/// Compared with where there is no account, so that both cost the same.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

/// The way to the processors: only so many hashes run and wait at once.
pub(super) struct Passwords {
    running: Semaphore,
    waiting: AtomicUsize,
}

impl Passwords {
    pub(super) fn new() -> Self {
        Self {
            running: Semaphore::new(AT_ONCE),
            waiting: AtomicUsize::new(0),
        }
    }

    /// The hash of a new password, as a PHC string.
    pub(super) async fn hash(&self, password: String) -> Result<String, SignInError> {
        Ok(self.work(move || hash(&password)).await??)
    }

    /// Whether it is the password of the hash; where there is no hash, it takes
    /// as long to say no. `Some` also has a better hash, if ours are better now.
    pub(super) async fn matches(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<Option<Matched>, SignInError> {
        if password.len() > LONGEST_BYTES {
            return Ok(None);
        }
        self.work(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.clone());
            let parsed = PasswordHash::new(&stored).ok()?;
            let theirs = Params::try_from(&parsed).ok()?;
            if theirs.m_cost() > MOST_MEMORY {
                return None;
            }
            let right = Argon2::default()
                .verify_password(password.as_bytes(), &parsed)
                .is_ok();
            let outdated = (theirs.m_cost(), theirs.t_cost()) != (MEMORY, PASSES);
            (right && known).then(|| Matched {
                better: outdated.then(|| hash(&password).ok()).flatten(),
            })
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, SignInError> {
        let _place = Place::take(&self.waiting).ok_or(SignInError::Busy)?;
        let permit = tokio::time::timeout(WAIT, self.running.acquire()).await;
        let _permit = match permit {
            Ok(Ok(permit)) => permit,
            _ => return Err(SignInError::Busy),
        };
        Ok(tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| ServiceError::Panicked)?)
    }
}

/// A password was right.
pub(super) struct Matched {
    pub better: Option<String>,
}

/// A place among those who run or wait; given back however the work ends.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(taken: &'a AtomicUsize) -> Option<Self> {
        let place = Self(taken);
        (taken.fetch_add(1, Ordering::Relaxed) < AT_ONCE + WAITING).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Argon2id (RFC 9106); slow on purpose, so never on a thread that serves.
pub(super) fn hash(password: &str) -> Result<String, ServiceError> {
    let params = Params::new(MEMORY, PASSES, LANES, None).expect("the parameters are in bounds");
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)?;
    let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| ServiceError::Panicked)?;
    Ok(hashed.to_string())
}

/// Refuses passwords that are short or soon guessed.
///
/// # Errors
/// What is wrong, and what would be better.
pub(super) fn check(password: &str, name: &str) -> Result<(), FieldError> {
    let refused = |problem: &str, remedy: &str| Err(FieldError::new("password", problem, remedy));
    if password.chars().count() < SHORTEST_CHARS {
        return refused(
            "is shorter than 15 characters",
            "take four or five words that do not belong together, or let a password manager choose",
        );
    }
    if password.len() > LONGEST_BYTES {
        return refused("is longer than 1024 bytes", "take a shorter one");
    }
    // Knows 30,000 common passwords, names, dates, rows of keys and repetitions.
    if zxcvbn(password, &[name, "hamgate", "moderator", "comments"]).score() < Score::Three {
        return refused(
            "is one that is guessed early",
            "take words that do not belong together, without names, dates or repetition",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_is_not_enough() {
        for bad in [
            "short",
            "passwordpassword",
            "aaaaaaaaaaaaaaaaaaaa",
            "123456789012345",
            "qwertyuiopasdfgh",
            "mia-the-moderator",
        ] {
            assert!(check(bad, "mia-the-moderator").is_err(), "{bad}");
        }
        for good in ["otter violin gravel teapot", "Zwölf Ähren im Wind, grün"] {
            assert_eq!(check(good, "mia"), Ok(()), "{good}");
        }
        assert!(check(&"x".repeat(1_025), "mia").is_err());
    }

    #[test]
    fn a_hash_names_its_parameters_and_never_repeats() {
        let (one, two) = (hash("a password").unwrap(), hash("a password").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{one}");
        assert_ne!(one, two);
    }
}
