//! A comment as a card shows it: all in text, ready for the template.

use jiff::Timestamp;
use uuid::Uuid;

use super::marks::{Mark, Piece, mark};
use super::{phrases, shown};
use crate::domain::{Decision, Evidence, SpanField};
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
    pub likelihood: &'static str,
    /// `ham`, `either` or `spam`.
    pub tone: &'static str,
    pub verdict: &'static str,
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
}

/// A reason in plain words.
pub struct Reason {
    pub source: &'static str,
    pub text: String,
    pub weight: String,
    /// 0 to 4.
    pub strength: u8,
    pub is_spam: bool,
}

/// What somebody did.
pub struct Decided {
    pub id: String,
    pub who: String,
    pub what: &'static str,
    pub age: String,
    pub exact: String,
    pub note: Option<String>,
}

impl Card {
    /// Shows the first `limit` code points of the text.
    pub fn of(reviewed: &Reviewed, limit: usize, now: Timestamp) -> Self {
        let stored = &reviewed.stored;
        let comment = &stored.comment;
        let judgement = &reviewed.judgement;
        let probability = judgement.spam_probability;
        let marks = |field| marks(&judgement.evidence, field);
        let name = comment.author.name.as_deref().unwrap_or_default().trim();
        let written = comment.author.url.as_deref().unwrap_or_default();
        let (reasons, more_reasons) = reasons(&judgement.evidence);
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
                true => "Somebody without a name".into(),
                false => short(name),
            },
            author_url: mark(written, &marks(SpanField::AuthorUrl), FIELD_CHARS),
            author_host: reviewed.author_host.as_deref().map(shown::host_both_ways),
            email: given(comment.author.email.as_deref()),
            history: phrases::history(reviewed.author, now),
            post_title: given(comment.post.title.as_deref()),
            post_url: given(comment.post.url.as_deref()),
            text: mark(&comment.content, &marks(SpanField::Content), limit),
            is_cut: comment.content.chars().nth(limit).is_some(),
            percent: phrases::percent(probability),
            likelihood: phrases::likelihood(probability),
            tone: match probability {
                p if p < 0.4 => "ham",
                p if p <= 0.6 => "either",
                _ => "spam",
            },
            verdict: phrases::verdict(stored.verdict),
            language: reviewed.language,
            age: phrases::ago(reviewed.at(), now),
            exact: phrases::exact(reviewed.at()),
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
                .map(|decision| Decided::of(decision, now)),
            earlier: reviewed
                .decisions
                .iter()
                .filter(|decision| decision.undone_at.is_some())
                .map(|decision| Decided::of(decision, now))
                .collect(),
            then: None,
        }
    }
}

impl Decided {
    pub fn of(decision: &Decision, now: Timestamp) -> Self {
        Self {
            id: decision.id.to_string(),
            who: shown::plain(phrases::by(decision)),
            what: phrases::done(decision),
            age: phrases::ago(decision.at, now),
            exact: phrases::exact(decision.at),
            note: decision.note.as_deref().map(shown::plain),
        }
    }
}

fn given(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(short)
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(FIELD_CHARS).collect();
    let dots = if start.len() < text.len() { "…" } else { "" };
    shown::plain(&start) + dots
}

fn marks(evidence: &[Evidence], field: SpanField) -> Vec<Mark> {
    let spans = evidence
        .iter()
        .filter_map(|piece| Some((piece, piece.span.filter(|span| span.field == field)?)));
    spans
        .filter(|(piece, _)| piece.log_odds.0.abs() >= LIGHTEST_MARK)
        .map(|(piece, span)| Mark {
            start: span.start,
            end: span.end,
            log_odds: piece.log_odds.0,
            reason: format!(
                "{}: {}",
                phrases::source(piece.source),
                phrases::weight(piece.log_odds.0)
            ),
        })
        .collect()
}

/// The few that weigh most, and the rest; the starting point is of the rest.
fn reasons(evidence: &[Evidence]) -> (Vec<Reason>, Vec<Reason>) {
    let mut sorted: Vec<&Evidence> = evidence.iter().collect();
    let is_summed_up =
        |piece: &Evidence| matches!(piece.reason.as_str(), "starting_point" | "others");
    sorted.sort_by(|a, b| {
        is_summed_up(a)
            .cmp(&is_summed_up(b))
            .then(b.log_odds.0.abs().total_cmp(&a.log_odds.0.abs()))
    });
    let mut reasons: Vec<Reason> = sorted.into_iter().map(reason).collect();
    let rest = reasons.split_off(reasons.len().min(SHOWN));
    (reasons, rest)
}

fn reason(piece: &Evidence) -> Reason {
    let detail = short(&piece.detail);
    Reason {
        source: phrases::source(piece.source),
        text: match piece.reason.as_str() {
            "word" | "pair" => format!("“{detail}”"),
            "starting_point" => "What comments are in general, before this one is looked at".into(),
            _ => detail,
        },
        weight: phrases::weight(piece.log_odds.0),
        strength: phrases::strength(piece.log_odds.0),
        is_spam: piece.log_odds.0 > 0.0,
    }
}

/// What a decision is about, as a form carries it.
fn version(seen: Seen) -> String {
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
