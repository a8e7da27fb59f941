//! What a page of the queue is narrowed by: read from an address or a form, and
//! written into the next one.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use url::form_urlencoded::Serializer;

use crate::store::{CampaignId, Narrowing};

/// Longest search and longest name of a reason, in bytes.
const LONGEST: usize = 500;
/// The language of what has none that can be told (BCP 47).
const UNDETERMINED: &str = "und";

/// Nothing by default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narrowed {
    pub words: String,
    /// ISO 639-3, or [`UNDETERMINED`].
    pub language: String,
    pub reason: String,
    /// Probability of spam in per cent: from this, and below that.
    pub from: Option<u8>,
    pub below: Option<u8>,
    pub has_link: Option<bool>,
    pub new_author: Option<bool>,
    /// Days in UTC, both included.
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub campaign: Option<i64>,
}

impl Narrowed {
    /// Takes a pair of a query, if it is one of these. What cannot be understood
    /// is as if it were not there.
    pub fn take(&mut self, name: &str, value: &str) {
        let value = value.trim();
        let text = || match value.len() <= LONGEST {
            true => value.to_owned(),
            false => String::new(),
        };
        let percent = || value.parse().ok().filter(|percent| *percent <= 100);
        match name {
            "q" => self.words = text(),
            "lang" => self.language = text(),
            "reason" => self.reason = text(),
            "from" => self.from = percent().filter(|from| *from > 0),
            "below" => self.below = percent().filter(|below| *below < 100),
            "link" => self.has_link = either(value, ["yes", "no"]),
            "author" => self.new_author = either(value, ["new", "known"]),
            "since" => self.since = value.parse().ok(),
            "until" => self.until = value.parse().ok(),
            "campaign" => self.campaign = value.parse().ok(),
            _ => {}
        }
    }

    /// Writes what [`Narrowed::take`] takes.
    pub fn write(&self, query: &mut Serializer<'_, String>) {
        for (name, value) in self.pairs() {
            query.append_pair(name, &value);
        }
    }

    /// Names and values of what is set.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let word = |is: Option<bool>, words: [&str; 2]| {
            is.map(|is| if is { words[0] } else { words[1] }.to_owned())
        };
        let pairs = [
            ("q", text(&self.words)),
            ("lang", text(&self.language)),
            ("reason", text(&self.reason)),
            ("from", self.from.map(|from| from.to_string())),
            ("below", self.below.map(|below| below.to_string())),
            ("link", word(self.has_link, ["yes", "no"])),
            ("author", word(self.new_author, ["new", "known"])),
            ("since", self.since.map(|since| since.to_string())),
            ("until", self.until.map(|until| until.to_string())),
            ("campaign", self.campaign.map(|number| number.to_string())),
        ];
        let set = pairs.into_iter();
        set.filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// The same without one of its pairs.
    pub fn without(&self, name: &str) -> Self {
        let mut rest = Self::default();
        for (other, value) in self.pairs() {
            if other != name {
                rest.take(other, &value);
            }
        }
        rest
    }

    /// As the store takes it.
    pub fn narrowing(&self) -> Narrowing {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Narrowing {
            words: text(&self.words),
            language: match self.language.as_str() {
                UNDETERMINED => Some(String::new()),
                code => text(code),
            },
            has_link: self.has_link,
            new_author: self.new_author,
            reason: text(&self.reason),
            odds_from: self.from.map(log_odds),
            odds_below: self.below.map(log_odds),
            since: self.since.and_then(midnight),
            before: self
                .until
                .and_then(|until| until.checked_add(1.day()).ok())
                .and_then(midnight),
            campaign: self.campaign.map(CampaignId),
        }
    }
}

fn either(value: &str, words: [&str; 2]) -> Option<bool> {
    match value {
        value if value == words[0] => Some(true),
        value if value == words[1] => Some(false),
        _ => None,
    }
}

/// Of 0 and 100 per cent the smallest and the largest number there is.
fn log_odds(percent: u8) -> f64 {
    let probability = f64::from(percent) / 100.0;
    (probability / (1.0 - probability))
        .ln()
        .clamp(f64::MIN, f64::MAX)
}

fn midnight(day: Date) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Narrowed {
        let mut narrowed = Narrowed::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            narrowed.take(&name, &value);
        }
        narrowed
    }

    #[test]
    fn what_is_written_is_read_again_and_each_can_be_left_out() {
        let query = "q=%22a+b%22+%E2%98%83&lang=deu&reason=links%2Fonly&from=20&below=80&link=no\
                     &author=new&since=2026-11-01&until=2026-11-24&campaign=7";
        let narrowed = read(query);
        let mut written = Serializer::new(String::new());
        narrowed.write(&mut written);
        assert_eq!(written.finish(), query);
        assert_eq!(narrowed.pairs().len(), 10);
        for (name, _) in narrowed.pairs() {
            let rest = narrowed.without(name).pairs();
            assert_eq!(rest.len(), 9);
            assert!(rest.iter().all(|(other, _)| *other != name));
        }
    }

    #[test]
    fn nonsense_narrows_nothing() {
        let long = format!("q={}", "x".repeat(501));
        for query in [
            "",
            "q=+&lang=&reason=",
            "from=x&below=101",
            "from=-1",
            "link=1&author=2",
            "from=0&below=100",
            "since=yesterday&until=2026-13-01",
            "campaign=one",
            &long,
        ] {
            assert_eq!(read(query), Narrowed::default(), "{query}");
            assert_eq!(read(query).narrowing(), Narrowing::default(), "{query}");
        }
    }

    #[test]
    fn days_are_whole_and_per_cents_are_odds() {
        let narrowing =
            read("since=2026-11-01&until=2026-11-01&from=50&below=73&lang=und").narrowing();
        let [since, before] = [narrowing.since, narrowing.before].map(Option::unwrap);
        assert_eq!(before.duration_since(since).as_hours(), 24);
        assert_eq!(narrowing.odds_from, Some(0.0));
        assert!((narrowing.odds_below.unwrap() - 0.9946).abs() < 1e-3);
        assert_eq!(narrowing.language.as_deref(), Some(""));
        assert!(read("until=9999-12-31").narrowing().before.is_none());
        assert!(read("from=100").narrowing().odds_from.unwrap() > 1e9);
    }
}
