//! Times as they are said.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::{Locale, Value};

impl Locale {
    /// How long ago, in one unit.
    pub fn ago(self, then: Timestamp, now: Timestamp) -> String {
        let seconds = now.duration_since(then).as_secs().max(0);
        let (key, number) = match seconds {
            0..60 => return self.say("ago-now"),
            60..3_600 => ("ago-minutes", seconds / 60),
            3_600..86_400 => ("ago-hours", seconds / 3_600),
            86_400..1_209_600 => ("ago-days", seconds / 86_400),
            1_209_600..5_184_000 => ("ago-weeks", seconds / 604_800),
            5_184_000..63_072_000 => ("ago-months", seconds / 2_592_000),
            _ => ("ago-years", seconds / 31_536_000),
        };
        self.count(key, number)
    }

    /// The day and the minute, in UTC; the script shows the reader's zone.
    pub fn exact(self, then: Timestamp) -> String {
        let then = zoned(then);
        self.with(
            "date-exact",
            &[
                ("day", Value::from(then.day())),
                ("month", Value::from(self.month_name(then.month()))),
                // A number would get no plural, but might get a separator.
                ("year", Value::from(then.year().to_string())),
                ("time", Value::from(then.strftime("%H:%M").to_string())),
            ],
        )
    }

    /// The month; with its year, if that is another one.
    pub fn month(self, then: Timestamp, now: Timestamp) -> String {
        let then = zoned(then);
        let name = self.month_name(then.month());
        if then.year() == zoned(now).year() {
            return name;
        }
        self.with(
            "date-month-year",
            &[
                ("month", Value::from(name)),
                ("year", Value::from(then.year().to_string())),
            ],
        )
    }

    fn month_name(self, month: i8) -> String {
        self.say(&format!("month-{month}"))
    }
}

fn zoned(time: Timestamp) -> ZonedDateTime {
    time.to_zoned_datetime(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_said_in_one_unit() {
        let now = at("2026-11-24T12:00:00Z");
        let english = Locale::english();
        for (then, said) in [
            ("2026-11-24T12:00:30Z", "just now"),
            ("2026-11-24T11:59:00Z", "1 minute ago"),
            ("2026-11-24T09:00:00Z", "3 hours ago"),
            ("2026-11-12T12:00:00Z", "12 days ago"),
            ("2026-11-03T12:00:00Z", "3 weeks ago"),
            ("2026-02-01T12:00:00Z", "9 months ago"),
            ("2023-01-01T12:00:00Z", "3 years ago"),
        ] {
            assert_eq!(english.ago(at(then), now), said, "{then}");
        }
        let morning = at("2026-03-05T07:08:09Z");
        assert_eq!(english.exact(morning), "5 March 2026, 07:08 UTC");
        assert_eq!(english.month(morning, now), "March");
        let earlier = at("2025-12-01T00:00:00Z");
        assert_eq!(english.month(earlier, now), "December 2025");
    }
}
