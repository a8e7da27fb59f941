//! History to evidence: what people said of earlier comments like this one.

use crate::domain::{Evidence, History, LogOdds, Source, Subject, Tally};
use crate::features::Features;

/// Added to both counts of a ratio: one label weighs log 3, twenty log 41.
const SHRINK: f64 = 0.5;
/// The same for near-duplicates: a copy of spam is nearly proof (no ham of
/// 9,996 was ever one), so one label weighs log 11.
const SHRINK_COPY: f64 = 0.1;
/// Somebody else's accepted comment with a new link. Argued: labelled data has
/// no such pair that is honest, but a person can quote a whole comment.
const PASTED: f64 = 4.0;
/// A label of another site counts this much of one's own.
const ELSEWHERE: f64 = 0.5;
/// What honest people link to, spammers link to as well.
const HAM_LINK_CAP: f64 = -1.0;
/// How much a well-known author can be trusted.
const HAM_AUTHOR_CAP: f64 = -3.0;
const SPAM_CAP: f64 = 5.0;

/// The reason of a copy with a new link.
pub const PASTED_REASON: &str = "pasted";

/// What a tally counts, as evidence says it after the number.
pub const TALLIES: [&str; 4] = [
    "called spam here",
    "called ham here",
    "called spam on other sites",
    "called ham on other sites",
];

/// Evidence from the store's history.
pub fn evidence(features: &Features, history: &History) -> Vec<Evidence> {
    let mut pieces: Vec<Evidence> = Vec::new();
    for subject in Subject::ALL {
        let tallies = history
            .known
            .iter()
            .filter(|known| known.trace.subject == subject);
        // Of many links the worst counts, or a flood of good ones would hide it.
        let weighed = tallies
            .map(|known| (ratio(known.tally, SHRINK), known.tally))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((log_odds, tally)) = weighed else {
            continue;
        };
        let log_odds = bounded(subject, log_odds, history);
        if log_odds != 0.0 {
            pieces.push(Evidence {
                source: Source::History,
                reason: reason(subject).to_owned(),
                detail: detail(subject, tally, features),
                log_odds: LogOdds(log_odds),
                span: None,
            });
        }
    }
    let copies = history.near_duplicates;
    let copied = ratio(copies, SHRINK_COPY).min(SPAM_CAP);
    // A copy of an accepted comment proves nothing: pasting one is an attack.
    if copied > 0.0 {
        pieces.push(Evidence {
            source: Source::Campaign,
            reason: "near_duplicate".to_owned(),
            detail: format!("nearly the same text as earlier comments: {}", said(copies)),
            log_odds: LogOdds(copied),
            span: None,
        });
    }
    if history.copied.is_some() {
        pieces.push(Evidence {
            source: Source::Campaign,
            reason: PASTED_REASON.to_owned(),
            detail: "an accepted comment of somebody else here, with a link that it did not have"
                .to_owned(),
            log_odds: LogOdds(PASTED),
            span: None,
        });
    }
    pieces
}

/// Log-odds of a shrunken ratio.
fn ratio(tally: Tally, shrink: f64) -> f64 {
    let weigh = |here, elsewhere| f64::from(here) + ELSEWHERE * f64::from(elsewhere);
    let spam = weigh(tally.spam_here, tally.spam_elsewhere);
    let ham = weigh(tally.ham_here, tally.ham_elsewhere);
    ((spam + shrink) / (ham + shrink)).ln()
}

/// Anyone can type another's name, address or URL: trust is only lent to those
/// whose e-mail address and network were both seen with honest comments here.
fn bounded(subject: Subject, log_odds: f64, history: &History) -> f64 {
    if log_odds >= 0.0 {
        return log_odds.min(SPAM_CAP);
    }
    let honest_here = |subject| {
        history.known.iter().any(|known| {
            known.trace.subject == subject && known.tally.ham_here > known.tally.spam_here
        })
    };
    match subject {
        Subject::LinkDomain => log_odds.max(HAM_LINK_CAP),
        Subject::Email if honest_here(Subject::IpPrefix) => log_odds.max(HAM_AUTHOR_CAP),
        _ => 0.0,
    }
}

fn reason(subject: Subject) -> &'static str {
    match subject {
        Subject::AuthorName => "author_name",
        Subject::Email => "email",
        Subject::IpPrefix => "ip_prefix",
        Subject::AuthorDomain => "author_domain",
        Subject::LinkDomain => "link_domain",
    }
}

fn detail(subject: Subject, tally: Tally, features: &Features) -> String {
    let what = match subject {
        Subject::AuthorName => "this author's name".to_owned(),
        Subject::Email => "this e-mail address".to_owned(),
        Subject::IpPrefix => "this network".to_owned(),
        Subject::AuthorDomain => {
            let url = features.author.url.as_ref();
            format!(
                "the author's site {}",
                url.map_or("", |url| url.domain.as_str())
            )
        }
        Subject::LinkDomain => match features.links.as_slice() {
            [only] => format!("links to {}", only.domain),
            _ => "one of the link domains".to_owned(),
        },
    };
    format!("{what}: {}", said(tally))
}

/// A tally in words.
fn said(tally: Tally) -> String {
    let mut parts = Vec::new();
    let counts = [
        tally.spam_here,
        tally.ham_here,
        tally.spam_elsewhere,
        tally.ham_elsewhere,
    ];
    for (count, what) in counts.into_iter().zip(TALLIES) {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}
