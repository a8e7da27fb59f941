//! Numbers, times and reasons in plain words.

use jiff::Timestamp;

use super::shown;
use crate::domain::{Decision, DecisionKind, Role, Source, Verdict, Why};
use crate::http::locale::{Locale, Value};
use crate::store::AuthorRecord;

/// How likely it is spam, to be read beside the number.
pub fn likelihood(l: Locale, probability: f64) -> String {
    l.say(match probability {
        p if p < 0.02 => "likelihood-1",
        p if p < 0.15 => "likelihood-2",
        p if p < 0.40 => "likelihood-3",
        p if p <= 0.60 => "likelihood-4",
        p if p <= 0.85 => "likelihood-5",
        p if p <= 0.98 => "likelihood-6",
        _ => "likelihood-7",
    })
}

/// In whole per cent; never 0 or 100, for nothing is that sure.
pub fn percent(l: Locale, probability: f64) -> String {
    match (100.0 * probability).round() {
        p if p < 1.0 => l.say("percent-under"),
        p if p > 99.0 => l.say("percent-over"),
        p => l.with("percent", &[("number", Value::from(p))]),
    }
}

/// What became of an author's other comments here.
pub fn history(l: Locale, author: Option<AuthorRecord>, now: Timestamp) -> String {
    let Some(record) = author else {
        return l.say("history-no-email");
    };
    let Some(since) = record.since else {
        return l.say("history-first");
    };
    let key = match record.waiting {
        0 => "history-record",
        _ => "history-record-waiting",
    };
    l.with(
        key,
        &[
            ("accepted", Value::from(record.accepted)),
            ("rejected", Value::from(record.rejected)),
            ("waiting", Value::from(record.waiting)),
            ("since", Value::from(l.month(since, now))),
        ],
    )
}

/// What the filter answered.
pub fn verdict(l: Locale, verdict: Verdict) -> String {
    l.say(match verdict {
        Verdict::Accept => "verdict-accept",
        Verdict::Hold => "verdict-hold",
        Verdict::Reject => "verdict-reject",
    })
}

/// The end of the keys of messages that say what a moderator did.
pub fn done_word(decision: &Decision) -> &'static str {
    match (decision.decision, decision.learn) {
        (DecisionKind::Accept, _) => "accept",
        (DecisionKind::Reject, true) => "reject",
        (DecisionKind::Reject, false) => match decision.why {
            Some(Why::OffTopic) => "reject-off-topic",
            Some(Why::Abuse) => "reject-abuse",
            None => "reject-only",
        },
    }
}

/// Who did, for those who cannot know it: `api` is the blog itself.
pub fn by(l: Locale, decision: &Decision) -> String {
    match decision.by.as_str() {
        "api" => l.say("by-blog"),
        name => name.to_owned(),
    }
}

/// What somebody may do, in a word.
pub fn role(l: Locale, role: Role) -> String {
    l.say(&format!("role-{}", role.as_str()))
}

/// Where a reason comes from, in a word or two.
pub fn source(l: Locale, source: Source) -> String {
    l.say(match source {
        Source::Model => "source-model",
        Source::Words => "source-words",
        Source::Pairs => "source-pairs",
        Source::Links => "source-links",
        Source::Author => "source-author",
        Source::Shape => "source-shape",
        Source::Rules => "source-rules",
        Source::History => "source-history",
        Source::Campaign => "source-campaign",
        Source::Site => "source-site",
        Source::Policy => "source-policy",
    })
}

/// A browser and its system, by the words in what it calls itself; its own
/// words where they are not known.
pub fn browser(l: Locale, agent: &str) -> String {
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
        (Some(browser), Some(system)) => l.with(
            "browser-on-system",
            &[("browser", browser.into()), ("system", system.into())],
        ),
        _ if agent.is_empty() => l.say("browser-unnamed"),
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
    fn histories_are_said_as_they_are() {
        let english = Locale::english();
        let now = at("2026-11-24T12:00:00Z");
        let record = |accepted, rejected, waiting, since: &str| AuthorRecord {
            accepted,
            rejected,
            waiting,
            since: Some(at(since)),
        };
        assert_eq!(
            history(english, Some(record(3, 0, 0, "2026-03-01T00:00:00Z")), now),
            "3 accepted, 0 rejected with this e-mail address since March"
        );
        assert_eq!(
            history(english, Some(record(0, 2, 1, "2025-12-01T00:00:00Z")), now),
            "0 accepted, 2 rejected, 1 waiting with this e-mail address since December 2025"
        );
        assert!(history(english, None, now).starts_with("No e-mail"));
        assert!(history(english, Some(AuthorRecord::default()), now).starts_with("First comment"));
    }

    #[test]
    fn browsers_are_known_by_their_words() {
        let english = Locale::english();
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser(english, safari), "Safari on iPhone");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser(english, edge), "Edge on Windows");
        assert_eq!(browser(english, "curl/8.0 \u{202E}x"), "curl/8.0 [U+202E]x");
    }

    #[test]
    fn nothing_is_sure() {
        let english = Locale::english();
        assert_eq!(percent(english, 0.000_1), "under 1 %");
        assert_eq!(percent(english, 0.999_9), "over 99 %");
        assert_eq!(percent(english, 0.5), "50 %");
        assert_eq!(likelihood(english, 0.5), "could be either");
        assert_eq!(
            (weight(0.314), weight(-1.5), weight(0.001)),
            ("+0.31".into(), "−1.50".into(), "0".into())
        );
    }
}
