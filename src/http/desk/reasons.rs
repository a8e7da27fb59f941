//! A reason in the reader's words. Evidence is kept as the API says it, in
//! English; what has an id is said anew by it.

use crate::domain::{Evidence, Source};
use crate::filter::TALLIES;
use crate::http::locale::{Locale, Value, isolated};
use crate::rules;

/// Keys of [`TALLIES`].
const TALLY_KEYS: [&str; 4] = [
    "tally-spam-here",
    "tally-ham-here",
    "tally-spam-elsewhere",
    "tally-ham-elsewhere",
];

/// The reason; `detail` is the evidence's, made fit to be shown.
pub fn worded(l: Locale, piece: &Evidence, detail: String) -> String {
    let with = |key: &str, name: &str, text: &str| l.with(key, &[(name, isolated(text))]);
    match (piece.source, piece.reason.as_str()) {
        (_, "word" | "pair") => with("reason-words", "words", &detail),
        (_, "others") => l.count("reason-others", number(&detail)),
        (Source::Links, "link") => match detail.strip_prefix("link to ") {
            Some(host) => with("reason-link", "host", host),
            None => detail,
        },
        (Source::Author, "url") => with("reason-url", "host", last_word(&detail)),
        (Source::Author, "name") => l.say("reason-name"),
        (_, "pasted") => l.say("reason-pasted"),
        (
            Source::History,
            "trusted_author" | "trusted_elsewhere" | "trusted_links" | "blocked_author",
        ) => l.say(&format!("reason-{}", kebab(&piece.reason))),
        (Source::History, "blocked_domain") => match detail.rsplit_once("block ") {
            Some((_, domain)) if domain.contains('.') => {
                with("reason-blocked-site", "site", domain)
            }
            _ => l.say("reason-blocked-domain"),
        },
        (Source::History | Source::Campaign, reason) => known(l, reason, detail),
        (Source::Site, "trust") => l.count("reason-trust", number(&detail)),
        (Source::Site, "own_words") => match detail.split_once(": ") {
            Some((_, words)) => with("reason-own-words", "words", words),
            None => detail,
        },
        (Source::Site, "neighbours") => match piece.log_odds.0 > 0.0 {
            true => l.say("reason-neighbours-spam"),
            false => l.say("reason-neighbours-ham"),
        },
        (Source::Site, "same_post") => l.count("reason-same-post", number(&detail)),
        (Source::Policy, "unread") => l.count("reason-unread", number(&detail)),
        (Source::Rules, id) => rule(l, id, detail),
        (_, reason) => l
            .find(&format!("reason-{}", kebab(reason)), &[])
            .unwrap_or(detail),
    }
}

/// The summary of a rule or a cross; of a rule with what was seen, which is a
/// piece of the comment mostly.
fn rule(l: Locale, id: &str, detail: String) -> String {
    let Some(summary) = l.find(&format!("rule-{}", kebab(id)), &[]) else {
        return detail;
    };
    let is_rule = rules::all().any(|rule| rule.id == id);
    match detail.split_once(": ").filter(|_| is_rule) {
        Some((_, seen)) => l.with(
            "reason-rule-seen",
            &[("rule", Value::from(summary)), ("seen", isolated(seen))],
        ),
        None => summary,
    }
}

/// What people said of earlier comments.
fn known(l: Locale, reason: &str, detail: String) -> String {
    let Some((what, tally)) = detail.split_once(": ") else {
        return detail;
    };
    let counts: Vec<String> = tally
        .split(", ")
        .filter_map(|part| {
            let (_, said) = part.split_once(' ')?;
            let place = TALLIES.iter().position(|words| *words == said)?;
            Some(l.count(TALLY_KEYS[place], number(part)))
        })
        .collect();
    let key = match what.starts_with("links to ") {
        true => "reason-links-to".to_owned(),
        false => format!("reason-{}", kebab(reason)),
    };
    let values = [
        ("tally", Value::from(counts.join(", "))),
        ("site", isolated(last_word(what))),
    ];
    l.find(&key, &values)
        .filter(|_| !counts.is_empty())
        .unwrap_or(detail)
}

fn kebab(id: &str) -> String {
    id.replace(['/', '_'], "-")
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or(text)
}

/// The first number of a text.
fn number(text: &str) -> i64 {
    let digits = text.trim_start_matches(|character: char| !character.is_ascii_digit());
    let end = digits
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LogOdds;

    fn said(source: Source, reason: &str, detail: &str) -> String {
        let piece = Evidence {
            source,
            reason: reason.into(),
            detail: detail.into(),
            log_odds: LogOdds(1.0),
            span: None,
        };
        worded(Locale::english(), &piece, detail.into())
    }

    #[test]
    fn tallies_are_said_anew_with_their_numbers() {
        let detail = "this e-mail address: 2 called spam here, 1 called ham on other sites";
        assert_eq!(
            said(Source::History, "email", detail),
            "This e-mail address: 2 called spam here, 1 called ham on other sites"
        );
        assert_eq!(
            said(
                Source::History,
                "link_domain",
                "links to a.example: 3 called ham here"
            ),
            "Links to a.example: 3 called ham here"
        );
        let detail = "nearly the same text as earlier comments: 7 called spam here";
        assert_eq!(
            said(Source::Campaign, "near_duplicate", detail),
            "Nearly the same text as earlier comments: 7 called spam here"
        );
    }

    #[test]
    fn what_is_not_known_is_said_as_it_is_kept() {
        assert_eq!(
            said(Source::Policy, "later", "of a later version"),
            "of a later version"
        );
        assert_eq!(said(Source::History, "email", "odd"), "odd");
        assert_eq!(
            said(Source::History, "later", "a: 1 called spam here"),
            "a: 1 called spam here"
        );
        assert_eq!(
            said(Source::Rules, "links/flood", "Many links: 7"),
            "Many links: 7"
        );
    }
}
