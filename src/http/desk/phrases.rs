//! Numbers, times and reasons in plain words.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::shown;
use crate::domain::{Decision, DecisionKind, Source, Verdict};
use crate::store::AuthorRecord;

/// How likely it is spam, to be read beside the number.
pub fn likelihood(probability: f64) -> &'static str {
    match probability {
        p if p < 0.02 => "almost surely honest",
        p if p < 0.15 => "probably honest",
        p if p < 0.40 => "rather honest",
        p if p <= 0.60 => "could be either",
        p if p <= 0.85 => "rather spam",
        p if p <= 0.98 => "probably spam",
        _ => "almost surely spam",
    }
}

/// In whole per cent; never 0 or 100, for nothing is that sure.
pub fn percent(probability: f64) -> String {
    match (100.0 * probability).round() {
        p if p < 1.0 => "under 1 %".into(),
        p if p > 99.0 => "over 99 %".into(),
        p => format!("{p:.0} %"),
    }
}

/// How long ago, in one unit.
pub fn ago(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(then).as_secs().max(0);
    let (number, unit) = match seconds {
        0..60 => return "just now".into(),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        86_400..1_209_600 => (seconds / 86_400, "day"),
        1_209_600..5_184_000 => (seconds / 604_800, "week"),
        5_184_000..63_072_000 => (seconds / 2_592_000, "month"),
        _ => (seconds / 31_536_000, "year"),
    };
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{s} ago")
}

/// The day and the minute, in UTC.
pub fn exact(then: Timestamp) -> String {
    zoned(then).strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// The month; with its year, if that is another one.
fn month(then: Timestamp, now: Timestamp) -> String {
    let then = zoned(then);
    let form = if then.year() == zoned(now).year() {
        "%B"
    } else {
        "%B %Y"
    };
    then.strftime(form).to_string()
}

fn zoned(time: Timestamp) -> ZonedDateTime {
    time.to_zoned_datetime(TimeZone::UTC)
}

/// What became of an author's other comments here.
pub fn history(author: Option<AuthorRecord>, now: Timestamp) -> String {
    let Some(record) = author else {
        return "No e-mail address, so no history".into();
    };
    let Some(since) = record.since else {
        return "First comment with this e-mail address".into();
    };
    let waiting = match record.waiting {
        0 => String::new(),
        number => format!(", {number} waiting"),
    };
    format!(
        "{} accepted, {} rejected{waiting} with this e-mail address since {}",
        record.accepted,
        record.rejected,
        month(since, now)
    )
}

/// What the filter answered.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accepted by the filter",
        Verdict::Hold => "held by the filter",
        Verdict::Reject => "rejected by the filter",
    }
}

/// What a moderator did.
pub fn done(decision: &Decision) -> &'static str {
    match (decision.decision, decision.learn) {
        (DecisionKind::Accept, _) => "accepted",
        (DecisionKind::Reject, true) => "rejected as spam",
        (DecisionKind::Reject, false) => "rejected without learning",
    }
}

/// Who did, for those who cannot know it: `api` is the blog itself.
pub fn by(decision: &Decision) -> &str {
    match decision.by.as_str() {
        "api" => "The blog",
        name => name,
    }
}

/// Where a reason comes from, in a word or two.
pub fn source(source: Source) -> &'static str {
    match source {
        Source::Model => "Start",
        Source::Words => "Word",
        Source::Pairs => "Words",
        Source::Links => "Link",
        Source::Author => "Author",
        Source::Shape => "Form",
        Source::Rules => "Rule",
        Source::History => "History",
        Source::Campaign => "Copies",
        Source::Site => "This site",
        Source::Policy => "Limit",
    }
}

/// A browser and its system, by the words in what it calls itself; its own
/// words where they are not known.
pub fn browser(agent: &str) -> String {
    let named = |names: &[(&'static str, &'static str)]| {
        let mut names = names.iter();
        names
            .find(|(word, _)| agent.contains(word))
            .map(|(_, name)| *name)
    };
    // Each calls itself what those after it are called, too.
    let browser = named(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = named(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        _ if agent.is_empty() => "A browser that does not say its name".into(),
        _ => shown::plain(agent),
    }
}

/// How strongly a weight speaks, from 0 to 4; a whole unit of log-odds is
/// nearly three to one.
pub fn strength(log_odds: f64) -> u8 {
    match log_odds.abs() {
        w if w < 0.005 => 0,
        w if w < 0.3 => 1,
        w if w < 1.0 => 2,
        w if w < 2.5 => 3,
        _ => 4,
    }
}

/// A weight with its sign, to one hundredth.
pub fn weight(log_odds: f64) -> String {
    match log_odds {
        w if w >= 0.005 => format!("+{w:.2}"),
        w if w <= -0.005 => format!("−{:.2}", -w),
        _ => "0".into(),
    }
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
        for (then, said) in [
            ("2026-11-24T12:00:30Z", "just now"),
            ("2026-11-24T11:59:00Z", "1 minute ago"),
            ("2026-11-24T09:00:00Z", "3 hours ago"),
            ("2026-11-12T12:00:00Z", "12 days ago"),
            ("2026-11-03T12:00:00Z", "3 weeks ago"),
            ("2026-02-01T12:00:00Z", "9 months ago"),
            ("2023-01-01T12:00:00Z", "3 years ago"),
        ] {
            assert_eq!(ago(at(then), now), said, "{then}");
        }
        assert_eq!(exact(at("2026-03-05T07:08:09Z")), "5 March 2026, 07:08 UTC");
    }

    #[test]
    fn histories_are_said_as_they_are() {
        let now = at("2026-11-24T12:00:00Z");
        let record = |accepted, rejected, waiting, since: &str| AuthorRecord {
            accepted,
            rejected,
            waiting,
            since: Some(at(since)),
        };
        assert_eq!(
            history(Some(record(3, 0, 0, "2026-03-01T00:00:00Z")), now),
            "3 accepted, 0 rejected with this e-mail address since March"
        );
        assert_eq!(
            history(Some(record(0, 2, 1, "2025-12-01T00:00:00Z")), now),
            "0 accepted, 2 rejected, 1 waiting with this e-mail address since December 2025"
        );
        assert!(history(None, now).starts_with("No e-mail"));
        assert!(history(Some(AuthorRecord::default()), now).starts_with("First comment"));
    }

    #[test]
    fn browsers_are_known_by_their_words() {
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser(safari), "Safari on iPhone");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser(edge), "Edge on Windows");
        assert_eq!(browser("curl/8.0 \u{202E}x"), "curl/8.0 [U+202E]x");
    }

    #[test]
    fn nothing_is_sure() {
        assert_eq!(percent(0.000_1), "under 1 %");
        assert_eq!(percent(0.999_9), "over 99 %");
        assert_eq!(percent(0.5), "50 %");
        assert_eq!(likelihood(0.5), "could be either");
        assert_eq!(
            (weight(0.314), weight(-1.5), weight(0.001)),
            ("+0.31".into(), "−1.50".into(), "0".into())
        );
    }
}
