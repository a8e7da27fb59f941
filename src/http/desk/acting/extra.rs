//! What stands around a card: the comment replied to, edits, near-duplicates,
//! what would have changed the verdict, and whom to trust or block.

use jiff::Timestamp;

use super::diff::ShownEdit;
use crate::domain::{Site, Verdict};
use crate::http::desk::card::{Card, short};
use crate::http::desk::marks::{Piece, mark};
use crate::http::door::Door;
use crate::http::locale::{Locale, Value, isolated};
use crate::http::problem::Problem;
use crate::service::{Counterfactual, Reviewed, Surrounded, Viewer, Without};

/// Of the comment replied to, this many characters.
const PARENT_CHARS: usize = 600;
/// Longer texts are judged again on their own page only.
const ASKED_BYTES: usize = 16 * 1024;
/// Domains that can be trusted or blocked from a card.
const DOMAINS: usize = 4;

/// Around a card.
#[derive(Default)]
pub struct Extra {
    pub parent: Option<Parent>,
    /// Newest first.
    pub edits: Vec<ShownEdit>,
    pub alike: Option<Likes>,
    /// What would have changed the verdict, in sentences.
    pub without: Vec<String>,
    pub trust: Vec<TrustChoice>,
}

/// The comment replied to.
pub struct Parent {
    pub said: String,
    pub address: String,
    pub text: Vec<Piece>,
    pub is_cut: bool,
}

/// Near-duplicates.
pub struct Likes {
    pub said: String,
    /// In words, how many can be decided together; `None` where no other waits.
    pub together: Option<String>,
    pub address: String,
}

/// Something to trust or block.
pub struct TrustChoice {
    /// As the form sends it.
    pub value: String,
    pub label: String,
}

/// Gathers what stands around cards of a site; `alone` is a card on its own
/// page, with all its edits.
pub async fn surround(
    l: Locale,
    door: &Door,
    who: &Viewer,
    site: &Site,
    reviewed: &[Reviewed],
    cards: &mut [Card],
    alone: bool,
) -> Result<(), Problem> {
    let around = who.around(site, reviewed).await?;
    let now = Timestamp::now();
    for ((reviewed, around), card) in reviewed.iter().zip(around).zip(cards) {
        let without = match alone || reviewed.stored.comment.content.len() <= ASKED_BYTES {
            true => asked(door, site, reviewed).await,
            false => Vec::new(),
        };
        card.extra = Extra {
            without: without.iter().map(|one| would_be(l, *one)).collect(),
            trust: match who.may_decide() {
                Some(_) => trust(l, reviewed),
                None => Vec::new(),
            },
            ..Extra::of(l, card, &around, now, alone)
        };
        // Judging takes turns with other requests.
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Of what is decided or accepted nothing could be milder.
async fn asked(door: &Door, site: &Site, reviewed: &Reviewed) -> Vec<Counterfactual> {
    let stored = &reviewed.stored;
    if stored.decision.is_some() || stored.label.is_some() || stored.verdict == Verdict::Accept {
        return Vec::new();
    }
    let asked = door.service.counterfactuals(site, stored).await;
    asked.unwrap_or_else(|error| {
        tracing::warn!(%error, id = %stored.comment_id, "a card without its counterfactuals");
        Vec::new()
    })
}

fn would_be(l: Locale, found: Counterfactual) -> String {
    let part = match found.without {
        Without::Nothing => "nothing",
        Without::Links => "links",
        Without::AuthorUrl => "url",
        Without::LinksAndUrl => "links-and-url",
        Without::AuthorName => "name",
    };
    l.say(&format!("without-{part}-{}", found.verdict.as_str()))
}

impl Extra {
    fn of(l: Locale, card: &Card, around: &Surrounded, now: Timestamp, alone: bool) -> Self {
        let shown = if alone { usize::MAX } else { 1 };
        let edits = around.edits.iter().rev().take(shown);
        Self {
            parent: around.parent.as_ref().map(|parent| {
                let comment = &parent.comment;
                let name = comment.author.name.as_deref().unwrap_or_default().trim();
                let name = match name.is_empty() {
                    true => l.say("author-nameless"),
                    false => short(name),
                };
                Parent {
                    said: l.with("parent-said", &[("author", isolated(&name))]),
                    address: format!("/desk/comments/{}", parent.comment_id),
                    text: mark(&comment.content, &[], PARENT_CHARS),
                    is_cut: comment.content.chars().nth(PARENT_CHARS).is_some(),
                }
            }),
            edits: edits.map(|edit| ShownEdit::of(l, edit, now)).collect(),
            alike: (around.alike.total() > 0).then(|| Likes::of(l, card, around)),
            ..Self::default()
        }
    }
}

impl Likes {
    fn of(l: Locale, card: &Card, around: &Surrounded) -> Self {
        let alike = around.alike;
        let values = [
            ("n", Value::from(alike.total())),
            ("accepted", Value::from(alike.accepted)),
            ("rejected", Value::from(alike.rejected)),
            ("waiting", Value::from(alike.waiting)),
        ];
        let together = alike.waiting + u64::from(card.decided.is_none());
        let may_act = alike.waiting > 0;
        Self {
            said: l.with("alike-said", &values),
            together: may_act.then(|| l.count("alike-together", together.cast_signed())),
            address: format!("/desk/comments/{}/alike", card.id),
        }
    }
}

fn trust(l: Locale, reviewed: &Reviewed) -> Vec<TrustChoice> {
    let mut choices = Vec::new();
    let mut offer = |whom: &str, key: &str, values: &[(&str, Value)]| {
        for trust in ["blocked", "trusted"] {
            choices.push(TrustChoice {
                value: format!("{trust}:{whom}"),
                label: l.with(&format!("trust-{trust}-{key}"), values),
            });
        }
    };
    if reviewed.stored.comment.author.email.is_some() {
        offer("", "author", &[]);
    }
    for domain in reviewed.domains.iter().take(DOMAINS) {
        let shown = crate::http::desk::shown::host_both_ways(domain);
        offer(domain, "domain", &[("domain", isolated(&shown))]);
    }
    choices
}
