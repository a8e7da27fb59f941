//! When a message that failed is sent again.

use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};

/// After each failed attempt, on average: the schedule that Standard Webhooks
/// recommends, 75 hours and 35 minutes in all.
const STEPS: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];
/// A receiver cannot put off a message for longer.
const LONGEST_ASKED: Duration = Duration::from_hours(24);

/// When to try again after attempt number `step`, counted from 0; `None` if it
/// was the last. `chance` is from 0 to 1: full jitter spreads a crowd over all
/// the time up to twice the step. A wait that the receiver asked for is kept.
pub(super) fn again(
    step: u32,
    chance: f64,
    asked: Option<Duration>,
    now: Timestamp,
) -> Option<Timestamp> {
    let step = STEPS.get(usize::try_from(step).ok()?)?;
    let own = step.mul_f64(2.0 * chance.clamp(0.0, 1.0));
    let wait = own.max(asked.unwrap_or_default().min(LONGEST_ASKED));
    let wait = SignedDuration::try_from(wait).ok()?;
    now.checked_add(wait).ok()
}

/// What a `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date.
pub(super) fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = rfc2822::parse(header).ok()?.timestamp();
    Duration::try_from(at.duration_since(now)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule_spans_three_days_on_average() {
        let now = Timestamp::UNIX_EPOCH;
        let waits: Vec<i64> = (0..)
            .map_while(|step| again(step, 0.5, None, now))
            .map(Timestamp::as_second)
            .collect();
        assert_eq!(waits[..2], [5, 300]);
        assert_eq!(waits.iter().sum::<i64>(), 75 * 3600 + 35 * 60 + 5);
        assert_eq!(waits.len(), 9, "ten attempts in all");
        assert_eq!(again(1, 0.0, None, now), Some(now));
        assert_eq!(again(1, 1.0, None, now).unwrap().as_second(), 600);
    }

    #[test]
    fn a_receiver_may_ask_for_a_day_at_most() {
        let now = Timestamp::UNIX_EPOCH;
        let asked = |header| {
            let asked = retry_after(header, now);
            again(0, 0.5, asked, now).unwrap().as_second()
        };
        assert_eq!(asked("120"), 120);
        assert_eq!(asked("1"), 5, "never earlier than the schedule");
        assert_eq!(asked("99999999999"), 86_400);
        assert_eq!(asked("Thu, 01 Jan 1970 00:02:00 GMT"), 120);
        assert_eq!(asked("Sun, 06 Nov 2044 08:49:37 GMT"), 86_400);
        for nonsense in ["", "soon", "-5", "1.5", "Wed, 31 Dec 1969 23:59:00 GMT"] {
            assert_eq!(asked(nonsense), 5, "{nonsense}");
        }
        assert_eq!(again(9, 0.5, Some(Duration::from_secs(1)), now), None);
    }
}
