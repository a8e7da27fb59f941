//! Wrong keys, answered ever more slowly. A right key is never delayed, so
//! nobody locks a blog out by guessing from its address; 48 bits are far more
//! than can be guessed at this pace.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Wrong keys of an address that are answered at once.
const FREE: u32 = 5;
const FIRST_DELAY: Duration = Duration::from_millis(50);
/// Well below the second that some clients wait.
const LONGEST_DELAY: Duration = Duration::from_millis(500);
/// An address without a wrong key for so long begins anew.
const FORGOTTEN: Duration = Duration::from_mins(10);
/// Addresses that are remembered at most.
const ADDRESSES: usize = 10_000;

/// How many wrong keys came from where.
#[derive(Debug, Default)]
pub struct WrongKeys(Mutex<HashMap<IpAddr, (u32, Instant)>>);

impl WrongKeys {
    /// Counts a wrong key; its answer waits for so long.
    pub fn delay(&self, address: Option<IpAddr>) -> Duration {
        let Some(address) = address else {
            return FIRST_DELAY;
        };
        let (address, now) = (network(address), Instant::now());
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= ADDRESSES && !known.contains_key(&address) {
            known.retain(|_, (_, last)| now.duration_since(*last) < FORGOTTEN);
            if known.len() >= ADDRESSES {
                known.clear();
            }
        }
        let (count, last) = known.entry(address).or_insert((0, now));
        if now.duration_since(*last) >= FORGOTTEN {
            *count = 0;
        }
        *count += 1;
        *last = now;
        match count.checked_sub(FREE + 1) {
            None => Duration::ZERO,
            Some(beyond) => (FIRST_DELAY * 2_u32.pow(beyond.min(5))).min(LONGEST_DELAY),
        }
    }
}

/// Who has one IPv6 address has the 2^64 of its network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) >> 64 << 64).into()),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_gets_slower_for_the_address_that_guesses() {
        let wrong = WrongKeys::default();
        let (guesser, other) = ("192.0.2.1".parse().ok(), "192.0.2.2".parse().ok());
        let delays: Vec<Duration> = (0..12).map(|_| wrong.delay(guesser)).collect();
        assert!(delays[..5].iter().all(Duration::is_zero));
        assert!(delays.is_sorted() && delays[11] == LONGEST_DELAY);
        assert_eq!(wrong.delay(other), Duration::ZERO);
        for host in 1..=5 {
            wrong.delay(format!("2001:db8::{host}").parse().ok());
        }
        assert!(!wrong.delay("2001:db8::9:9".parse().ok()).is_zero());
        assert!(wrong.delay("2001:db8:0:1::1".parse().ok()).is_zero());
    }
}
