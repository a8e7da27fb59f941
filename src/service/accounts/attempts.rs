//! Limits attempts to sign in so that guessing is hopeless, and nobody can lock
//! somebody else out: who signed in from a device before is counted apart from
//! the rest of the world (OWASP, "device cookies"), and no wait is for ever.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Buckets that are remembered; above that the calmest goes first.
const BUCKETS: usize = 20_000;
/// A bucket is forgotten after so long without an attempt.
const CALM: Duration = Duration::from_secs(3_600);

/// Who attempts, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Bucket {
    /// A device that was signed in to this account before.
    Device(String),
    /// An account from one network (/24 of IPv4, /64 of IPv6).
    Pair(String, String),
    /// An account from all devices that were never signed in to it.
    Account(String),
    /// One network, whatever the account.
    Network(String),
    /// Codes of an account's second factor, for who knows the password. Only a
    /// right code is forgiven, or signing in halfway would forgive them all.
    Code(String),
    /// The same from a device that was signed in to this account before.
    CodeOfDevice(String),
}

impl Bucket {
    /// Failures without a wait, and the longest wait.
    fn limits(&self) -> (u32, Duration) {
        match self {
            Self::Device(_) | Self::Pair(..) => (2, Duration::from_secs(15 * 60)),
            // Some 100 guesses a day at most, each with a chance of 3 in 10^6.
            Self::Code(_) | Self::CodeOfDevice(_) => (4, Duration::from_secs(15 * 60)),
            // 20 and then 80 an hour: at most 100 guesses in any hour, wherever
            // they come from, and a stranger's device still gets its turn.
            Self::Account(_) => (20, Duration::from_secs(45)),
            Self::Network(_) => (20, Duration::from_secs(60)),
        }
    }

    /// The wait after so many failures: none, then 1 s, doubling.
    fn wait(&self, failures: u32) -> Duration {
        let (free, longest) = self.limits();
        match failures.checked_sub(free + 1) {
            None => Duration::ZERO,
            Some(doublings) => Duration::from_secs(1 << doublings.min(20)).min(longest),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Count {
    failures: u32,
    last: Instant,
    next: Instant,
}

/// All buckets. In memory: a restart forgives, and nothing else is lost.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<HashMap<Bucket, Count>>);

impl Attempts {
    /// Counts an attempt in each bucket as if it failed, so that attempts at
    /// the same time do not slip through together.
    ///
    /// # Errors
    /// How long to wait, if any bucket wants that; then nothing is counted.
    pub(super) fn begin(&self, buckets: &[Bucket], now: Instant) -> Result<(), Duration> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = buckets
            .iter()
            .filter_map(|bucket| counts.get(bucket))
            .map(|count| count.next.saturating_duration_since(now))
            .max()
            .unwrap_or_default();
        if !wait.is_zero() {
            return Err(wait);
        }
        for bucket in buckets {
            make_room(&mut counts, now);
            let count = counts.entry(bucket.clone()).or_insert(Count {
                failures: 0,
                last: now,
                next: now,
            });
            if now.saturating_duration_since(count.last) >= CALM {
                count.failures = 0;
            }
            count.failures = count.failures.saturating_add(1);
            count.last = now;
            count.next = now + bucket.wait(count.failures);
        }
        Ok(())
    }

    /// The attempt succeeded: what is this person's own is forgiven, what is
    /// shared with strangers is as if they had not come.
    pub(super) fn succeeded(&self, buckets: &[Bucket]) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for bucket in buckets {
            match bucket {
                Bucket::Device(_)
                | Bucket::Pair(..)
                | Bucket::Code(_)
                | Bucket::CodeOfDevice(_) => {
                    counts.remove(bucket);
                }
                Bucket::Account(_) | Bucket::Network(_) => {
                    if let Some(count) = counts.get_mut(bucket) {
                        count.failures = count.failures.saturating_sub(1);
                        count.next = count.last;
                    }
                }
            }
        }
    }
}

fn make_room(counts: &mut HashMap<Bucket, Count>, now: Instant) {
    if counts.len() < BUCKETS {
        return;
    }
    counts.retain(|_, count| now.saturating_duration_since(count.last) < CALM);
    if counts.len() >= BUCKETS
        && let Some(calmest) = counts
            .iter()
            .min_by_key(|(_, count)| (count.failures, count.last))
            .map(|(bucket, _)| bucket.clone())
    {
        counts.remove(&calmest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(network: &str) -> Vec<Bucket> {
        vec![
            Bucket::Pair("mia".into(), network.into()),
            Bucket::Account("mia".into()),
            Bucket::Network(network.into()),
        ]
    }

    #[test]
    fn waits_double_and_end() {
        let (attempts, mut now) = (Attempts::default(), Instant::now());
        let device = [Bucket::Device("d".into())];
        let mut waits = Vec::new();
        for _ in 0..16 {
            attempts.begin(&device, now).unwrap();
            let wait = attempts.0.lock().unwrap()[&device[0]].next - now;
            if !wait.is_zero() {
                assert_eq!(attempts.begin(&device, now), Err(wait));
            }
            waits.push(wait.as_secs());
            now += wait;
        }
        assert_eq!(waits[..6], [0, 0, 1, 2, 4, 8]);
        assert_eq!(waits[14..], [900, 900], "never more than 15 minutes");
        attempts.succeeded(&device);
        assert!(attempts.begin(&device, now).is_ok());
    }

    /// S12: from 1,000 networks an hour brings 100 guesses, and the owner signs
    /// in from a known device at any moment.
    #[test]
    fn many_networks_guess_slowly_and_lock_nobody_out() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        let mut tries = 0;
        for second in 0..3_600 {
            let network = format!("net {}", second % 1_000);
            let now = start + Duration::from_secs(second);
            tries += u32::from(attempts.begin(&from(&network), now).is_ok());
            let owner = [Bucket::Device("hers".into())];
            assert!(attempts.begin(&owner, now).is_ok());
            attempts.succeeded(&owner);
        }
        assert!((50..=110).contains(&tries), "{tries} tries");
    }

    #[test]
    fn attempts_at_the_same_moment_do_not_slip_through_together() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        let through = (0..100)
            .filter(|_| attempts.begin(&from("one"), now).is_ok())
            .count();
        assert_eq!(through, 3);
    }

    #[test]
    fn memory_is_bounded() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        for number in 0..BUCKETS + 500 {
            let _ = attempts.begin(&[Bucket::Network(number.to_string())], now);
        }
        assert!(attempts.0.lock().unwrap().len() <= BUCKETS);
    }
}
