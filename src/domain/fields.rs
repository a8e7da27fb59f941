//! How single fields are read: lenient where people's software differs, and
//! an error that names the field and the remedy where it cannot be understood.

use std::fmt;
use std::marker::PhantomData;
use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A field that cannot be used as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[error("`{field}` {problem}: {remedy}")]
pub struct FieldError {
    /// Path of the field in the body, such as `author.email`.
    pub field: String,
    /// What is wrong with it, to be read after its name.
    pub problem: String,
    /// What the sender can do.
    pub remedy: String,
}

impl FieldError {
    pub fn new(
        field: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// `null` means absent.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// `null` means absent. serde would take a list for a struct's fields in order.
pub(super) fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    struct Object<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Object<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_unit<E>(self) -> Result<T, E> {
            Ok(T::default())
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_any(Object(PhantomData))
}

/// Blogs number their comments as often as they name them.
pub(crate) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a string or a whole number")]
    enum TextOrNumber {
        Text(String),
        Number(i64),
    }
    Ok(match Option::<TextOrNumber>::deserialize(deserializer)? {
        None => None,
        Some(TextOrNumber::Text(text)) => Some(text).filter(|text| !text.is_empty()),
        Some(TextOrNumber::Number(number)) => Some(number.to_string()),
    })
}

/// An address, with or without an IPv6 zone; empty means unknown.
pub(super) fn ip<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<IpAddr>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let bare = text.trim().split('%').next().unwrap_or_default();
    if bare.is_empty() {
        return Ok(None);
    }
    bare.parse().map(Some).map_err(|_| {
        de::Error::custom("expected an IPv4 or IPv6 address; leave it out if it is unknown")
    })
}

/// RFC 3339, also with a space for the `T` and without a zone (read as UTC).
/// Times past the calendar's end are held at its end.
pub(super) fn timestamp<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Timestamp>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    parse_timestamp(text).map(Some).ok_or_else(|| {
        de::Error::custom("expected a time after RFC 3339, such as 2026-11-24T08:30:00Z")
    })
}

/// See [`timestamp`].
fn parse_timestamp(text: &str) -> Option<Timestamp> {
    if let Ok(exact) = text.parse::<Timestamp>() {
        return Some(exact);
    }
    let civil = text.trim_end_matches(['Z', 'z']).parse::<DateTime>().ok()?;
    Some(match civil.to_zoned_datetime(jiff::tz::TimeZone::UTC) {
        Ok(zoned) => zoned.timestamp(),
        Err(_) if civil.year() > 0 => Timestamp::MAX,
        Err(_) => Timestamp::MIN,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_forms_that_blogs_send() {
        for (text, year) in [
            ("2026-11-24T08:30:00Z", 2026),
            ("2026-11-24T08:30:00+02:00", 2026),
            ("2013-11-07T06:20:48", 2013),
            ("2013-11-07 06:20:48", 2013),
            ("0000-01-01T00:00:00Z", 0),
            ("9999-12-31T23:59:59Z", 9999),
        ] {
            let read = parse_timestamp(text).unwrap_or_else(|| panic!("{text} was refused"));
            assert_eq!(
                read.to_zoned_datetime(jiff::tz::TimeZone::UTC).year(),
                year,
                "{text}"
            );
        }
        assert_eq!(parse_timestamp("yesterday"), None);
    }
}
