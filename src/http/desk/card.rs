//! A comment as a card shows it: all in text, ready for the template.

use jiff::Timestamp;
use uuid::Uuid;

use super::acting::Extra;
use super::marks::{Mark, Piece, mark};
use super::{phrases, reasons, shown};
use crate::domain::{Decision, Evidence, SpanField};
use crate::http::locale::{Locale, isolated};
use crate::service::Reviewed;
use crate::store::Seen;

/// Reasons that are shown before the fold.
const SHOWN: usize = 4;
/// Lighter evidence is not marked in the text.
const LIGHTEST_MARK: f64 = 0.05;
/// Of a name, an address or a title, this much is shown.
const FIELD_CHARS: usize = 300;

/// One comment.
pub struct Card {
    pub id: String,
    /// Of what the decision will be.
    pub version: String,
    pub author: Vec<Piece>,
    pub author_plain: String,
    pub author_url: Vec<Piece>,
    pub author_host: Option<String>,
    pub email: Option<String>,
    pub history: String,
    pub post_title: Option<String>,
    pub post_url: Option<String>,
    pub text: Vec<Piece>,
    pub is_cut: bool,
    pub percent: String,
    pub likelihood: String,
    /// `ham`, `either` or `spam`.
    pub tone: &'static str,
    pub verdict: String,
    pub language: Option<&'static str>,
    pub age: String,
    pub exact: String,
    pub machine_time: String,
    pub links: Vec<String>,
    pub reasons: Vec<Reason>,
    pub more_reasons: Vec<Reason>,
    pub model: String,
    pub decided: Option<Decided>,
    pub earlier: Vec<Decided>,
    /// The card that comes after it on the page.
    pub then: Option<String>,
    /// Whether it can be chosen with others.
    pub is_choosable: bool,
    pub extra: Extra,
}

/// A reason in plain words.
pub struct Reason {
    pub source: String,
    pub text: String,
    pub weight: String,
    /// 0 to 4.
    pub strength: u8,
    pub is_spam: bool,
}

/// What somebody did.
pub struct Decided {
    pub id: String,
    /// Who did what and when, in a sentence.
    pub said: String,
    /// The same of a decision that has ended.
    pub said_earlier: String,
    pub exact: String,
    pub note: Option<String>,
}

impl Card {
    /// Shows the first `limit` code points of the text.
    pub fn of(l: Locale, reviewed: &Reviewed, limit: usize, now: Timestamp) -> Self {
        let stored = &reviewed.stored;
        let comment = &stored.comment;
        let judgement = &reviewed.judgement;
        let probability = judgement.spam_probability;
        let marks = |field| marks(l, &judgement.evidence, field);
        let name = comment.author.name.as_deref().unwrap_or_default().trim();
        let written = comment.author.url.as_deref().unwrap_or_default();
        let (reasons, more_reasons) = reasons(l, &judgement.evidence);
        Self {
            id: stored.comment_id.to_string(),
            version: version(reviewed.seen()),
            // A trimmed name would move the spans.
            author: match name.is_empty() {
                true => Vec::new(),
                false => mark(
                    comment.author.name.as_deref().unwrap_or_default(),
                    &marks(SpanField::AuthorName),
                    FIELD_CHARS,
                ),
            },
            author_plain: match name.is_empty() {
                true => l.say("author-nameless"),
                false => short(name),
            },
            author_url: mark(written, &marks(SpanField::AuthorUrl), FIELD_CHARS),
            author_host: reviewed.author_host.as_deref().map(shown::host_both_ways),
            email: given(comment.author.email.as_deref()),
            history: phrases::history(l, reviewed.author, now),
            post_title: given(comment.post.title.as_deref()),
            post_url: given(comment.post.url.as_deref()),
            text: mark(&comment.content, &marks(SpanField::Content), limit),
            is_cut: comment.content.chars().nth(limit).is_some(),
            percent: l.with(
                "percent-spam",
                &[("percent", phrases::percent(l, probability).into())],
            ),
            likelihood: phrases::likelihood(l, probability),
            tone: match probability {
                p if p < 0.4 => "ham",
                p if p <= 0.6 => "either",
                _ => "spam",
            },
            verdict: phrases::verdict(l, stored.verdict),
            language: reviewed.language,
            age: l.ago(reviewed.at(), now),
            exact: l.exact(reviewed.at()),
            machine_time: reviewed.at().to_string(),
            links: reviewed
                .link_hosts
                .iter()
                .map(|host| shown::host_both_ways(host))
                .collect(),
            reasons,
            more_reasons,
            model: shown::plain(&judgement.model),
            decided: stored
                .decision
                .as_ref()
                .map(|decision| Decided::of(l, decision, now)),
            earlier: reviewed
                .decisions
                .iter()
                .filter(|decision| decision.undone_at.is_some())
                .map(|decision| Decided::of(l, decision, now))
                .collect(),
            then: None,
            is_choosable: false,
            extra: Extra::default(),
        }
    }
}

impl Decided {
    pub fn of(l: Locale, decision: &Decision, now: Timestamp) -> Self {
        let who = shown::plain(&phrases::by(l, decision));
        let word = phrases::done_word(decision);
        let said = |key: String, when: String| {
            let values = [("who", isolated(&who)), ("when", when.into())];
            l.with(&key, &values)
        };
        Self {
            id: decision.id.to_string(),
            said: said(format!("did-{word}"), l.ago(decision.at, now)),
            said_earlier: said(format!("comment-earlier-{word}"), l.exact(decision.at)),
            exact: l.exact(decision.at),
            note: decision.note.as_deref().map(shown::plain),
        }
    }
}

/// A field that is filled in, made fit to be shown.
pub fn given(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(short)
}

/// The start of a field in one line.
pub fn short(text: &str) -> String {
    let start: String = text.chars().take(FIELD_CHARS).collect();
    let dots = if start.len() < text.len() { "…" } else { "" };
    shown::plain(&start) + dots
}

fn marks(l: Locale, evidence: &[Evidence], field: SpanField) -> Vec<Mark> {
    let spans = evidence
        .iter()
        .filter_map(|piece| Some((piece, piece.span.filter(|span| span.field == field)?)));
    spans
        .filter(|(piece, _)| piece.log_odds.0.abs() >= LIGHTEST_MARK)
        .map(|(piece, span)| Mark {
            start: span.start,
            end: span.end,
            log_odds: piece.log_odds.0,
            reason: l.with(
                "mark-reason",
                &[
                    ("source", phrases::source(l, piece.source).into()),
                    ("weight", phrases::weight(piece.log_odds.0).into()),
                ],
            ),
        })
        .collect()
}

/// The few that weigh most, and the rest; the starting point is of the rest.
fn reasons(l: Locale, evidence: &[Evidence]) -> (Vec<Reason>, Vec<Reason>) {
    let mut sorted: Vec<&Evidence> = evidence.iter().collect();
    let is_summed_up =
        |piece: &Evidence| matches!(piece.reason.as_str(), "starting_point" | "others");
    sorted.sort_by(|a, b| {
        is_summed_up(a)
            .cmp(&is_summed_up(b))
            .then(b.log_odds.0.abs().total_cmp(&a.log_odds.0.abs()))
    });
    let mut reasons: Vec<Reason> = sorted.into_iter().map(|piece| reason(l, piece)).collect();
    let rest = reasons.split_off(reasons.len().min(SHOWN));
    (reasons, rest)
}

fn reason(l: Locale, piece: &Evidence) -> Reason {
    Reason {
        source: phrases::source(l, piece.source),
        text: reasons::worded(l, piece, short(&piece.detail)),
        weight: phrases::weight(piece.log_odds.0),
        strength: phrases::strength(piece.log_odds.0),
        is_spam: piece.log_odds.0 > 0.0,
    }
}

/// What a decision is about, as a form carries it.
pub fn version(seen: Seen) -> String {
    let decision = seen.decision.unwrap_or_default().simple();
    format!("{}.{decision}", seen.updated_at.as_microsecond())
}

/// Reads what [`version`] wrote; `None` for anything else.
pub fn seen(version: &str) -> Option<Seen> {
    let (micros, decision) = version.split_once('.')?;
    let decision = Uuid::try_parse(decision).ok()?;
    Some(Seen {
        updated_at: Timestamp::from_microsecond(micros.parse().ok()?).ok()?,
        decision: Some(decision).filter(|decision| !decision.is_nil()),
    })
}
