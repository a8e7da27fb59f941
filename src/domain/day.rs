//! A day, in UTC, as things are counted by.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

/// Days since 1 January 1970, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

const MICROSECONDS: i64 = 86_400_000_000;

impl Day {
    /// The day that holds the time.
    pub fn of(time: Timestamp) -> Self {
        let days = time.as_microsecond().div_euclid(MICROSECONDS);
        // Ten thousand years of days fit by far.
        Self(i32::try_from(days).unwrap_or_default())
    }

    /// So many days earlier.
    pub fn before(self, days: i32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// The day of the calendar.
    pub fn date(self) -> Date {
        let since = SignedDuration::from_hours(24 * i64::from(self.0));
        let epoch = date(1970, 1, 1);
        epoch.checked_add(since).unwrap_or(epoch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_calendars() {
        for (time, day) in [
            ("1970-01-01T00:00:00Z", "1970-01-01"),
            ("1969-12-31T23:59:59Z", "1969-12-31"),
            ("2026-11-24T23:59:59.999999Z", "2026-11-24"),
            ("2028-02-29T12:00:00Z", "2028-02-29"),
        ] {
            let found = Day::of(time.parse().unwrap());
            assert_eq!(found.date().to_string(), day);
            assert_eq!(found.before(1).date(), found.date().yesterday().unwrap());
        }
    }
}
