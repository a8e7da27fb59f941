//! How other systems write what they know of a comment, read leniently: what
//! cannot be understood is not known.

use std::net::IpAddr;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, tz};

use crate::domain::Label;
use crate::service::Moderation;

/// Text that says something.
pub fn said(text: impl AsRef<str>) -> Option<String> {
    let text = text.as_ref().trim();
    let nothing = text.is_empty() || text == "NULL" || text == "\\N";
    (!nothing).then(|| text.to_owned())
}

pub fn ip(text: &str) -> Option<IpAddr> {
    text.trim().split('%').next()?.parse().ok()
}

/// RFC 3339, RFC 2822, MySQL's form (as UTC), or seconds or milliseconds since
/// 1970.
pub fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() || text.starts_with("0000") || text.starts_with("0001-01-01") {
        return None;
    }
    if let Ok(exact) = text.parse::<Timestamp>() {
        return Some(exact);
    }
    if let Ok(civil) = text
        .trim_end_matches([' ', 'U', 'T', 'C', 'Z'])
        .parse::<DateTime>()
    {
        return civil
            .to_zoned_datetime(tz::TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp());
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(zoned.timestamp());
    }
    text.parse::<f64>().ok().and_then(unix)
}

/// Seconds since 1970, or milliseconds where they would be past the year 5000.
pub fn unix(number: f64) -> Option<Timestamp> {
    const YEAR_5000: f64 = 95_617_584_000.0;
    let seconds = if number > YEAR_5000 {
        number / 1_000.0
    } else {
        number
    };
    if !(1.0..YEAR_5000).contains(&seconds) {
        return None;
    }
    let since = SignedDuration::try_from_secs_f64(seconds).ok()?;
    Timestamp::UNIX_EPOCH.checked_add(since).ok()
}

/// The status of a comment, in the words of the systems that are read.
pub fn moderation(word: &str) -> Option<Moderation> {
    Some(match word.trim().to_lowercase().as_str() {
        "1" | "approve" | "approved" | "publish" | "published" | "accept" | "accepted"
        | "visible" | "valid" | "ham" => Moderation::Approved,
        "spam" | "junk" => Moderation::Spam,
        "trash" | "trashed" | "reject" | "rejected" | "removed" | "hidden" | "deleted" => {
            Moderation::Trashed
        }
        "0" | "hold" | "held" | "pending" | "unapproved" | "unpublished" | "moderated"
        | "waiting" | "queued" | "flagged" => Moderation::Pending,
        _ => return None,
    })
}

/// The label of a comment, or whether it is spam.
pub fn label(word: &str) -> Option<Label> {
    Some(match word.trim().to_lowercase().as_str() {
        "ham" | "0" | "false" | "no" | "not spam" => Label::Ham,
        "spam" | "1" | "true" | "yes" => Label::Spam,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_other_systems_write_them() {
        for text in [
            "2013-11-07T06:20:48Z",
            "2013-11-07T07:20:48+01:00",
            "2013-11-07 06:20:48",
            "2013-11-07 06:20:48 UTC",
            "Thu, 07 Nov 2013 06:20:48 +0000",
            "1383805248",
            "1383805248.0",
            "1383805248000",
        ] {
            let read = date(text).map(|date| date.as_second());
            assert_eq!(read, Some(1_383_805_248), "{text}");
        }
        for text in [
            "0000-00-00 00:00:00",
            "0001-01-01T00:00:00Z",
            "soon",
            "",
            "-1",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
