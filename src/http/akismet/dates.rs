//! Times in the five forms that clients send.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// A time with its offset, in UTC where it has none, or in seconds since 1970.
pub fn time(text: &str) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Timestamp::from_second(seconds).ok();
    }
    text.parse::<Timestamp>().ok().or_else(|| {
        let civil: DateTime = text.parse().ok()?;
        Offset::UTC.to_timestamp(civil).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_was_seen_is_read() {
        let expected: Timestamp = "2026-11-23T09:00:45Z".parse().unwrap();
        for form in [
            "2026-11-23 09:00:45",
            "2026-11-23T09:00:45.000Z",
            "2026-11-23T09:00:45+00:00",
            "2026-11-23T10:00:45+01:00",
            "1795424445",
        ] {
            assert_eq!(time(form), Some(expected), "{form}");
        }
        for wrong in [
            "",
            "yesterday",
            "0000-00-00 00:00:00",
            "99999999999999999999",
        ] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
