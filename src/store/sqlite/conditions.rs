//! A filter as conditions of SQL: which rows of an index are looked at, which of
//! them are taken, and in which order.

use rusqlite::types::Value;

use super::columns::micros;
use super::words;
use crate::domain::{DecisionKind, SiteId, Verdict};
use crate::store::{CommentFilter, DecisionFilter, Order};

/// Named values of a statement.
pub(super) type Values = Vec<(&'static str, Value)>;

/// Conditions of one statement, with the values that they name.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions {
    sql: String,
    pub values: Values,
}

impl Conditions {
    fn and(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }

    fn and_with(&mut self, condition: &str, name: &'static str, value: impl Into<Value>) {
        self.and(condition);
        self.values.push((name, value.into()));
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }
}

/// A range of an index in which comments stand in the order wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Range {
    /// Everything of the site.
    All,
    State(Verdict, Option<DecisionKind>),
    /// Whatever somebody decided.
    Decided,
    /// A campaign.
    Campaign,
}

/// The ranges that have all comments of the filter between them, and no others
/// than [`decided`] leaves out.
pub(super) fn ranges(filter: &CommentFilter) -> Vec<Range> {
    use DecisionFilter::{Accept, Any, None as Undecided, Reject};
    let all = |decision| {
        let verdicts = Verdict::ALL.into_iter();
        verdicts.map(move |verdict| Range::State(verdict, decision))
    };
    if filter.narrow.campaign.is_some() {
        return vec![Range::Campaign];
    }
    match (filter.verdict, filter.decision) {
        (None, None) if filter.order == Order::Riskiest => all(None)
            .chain(all(Some(DecisionKind::Accept)))
            .chain(all(Some(DecisionKind::Reject)))
            .collect(),
        (None, None) => vec![Range::All],
        (None, Some(Undecided)) => all(None).collect(),
        (_, Some(Any)) | (None, Some(Accept | Reject)) => vec![Range::Decided],
        (Some(verdict), Some(Undecided)) => vec![Range::State(verdict, None)],
        (Some(verdict), Some(Accept)) => vec![Range::State(verdict, Some(DecisionKind::Accept))],
        (Some(verdict), Some(Reject)) => vec![Range::State(verdict, Some(DecisionKind::Reject))],
        (Some(verdict), None) => [None, Some(DecisionKind::Accept), Some(DecisionKind::Reject)]
            .map(|decision| Range::State(verdict, decision))
            .into(),
    }
}

/// The order in which the filter's comments really come: what a label would tell
/// is asked of the queue only.
pub(super) fn order(filter: &CommentFilter) -> Order {
    let is_queue =
        filter.verdict == Some(Verdict::Hold) && filter.decision == Some(DecisionFilter::None);
    match filter.order {
        Order::Lesson if !is_queue => Order::Newest,
        order => order,
    }
}

impl Range {
    /// The table, by the index whose range this is.
    pub(super) fn source(self, order: Order) -> &'static str {
        match (self, order) {
            (Self::Campaign, _) => "comments INDEXED BY comments_of_a_campaign",
            (Self::Decided, Order::Riskiest) => "comments INDEXED BY decided_by_odds",
            (Self::Decided, _) => "comments INDEXED BY decided_in_order",
            (Self::State(..), Order::Riskiest) => "comments INDEXED BY comments_by_odds",
            (Self::State(..), Order::Lesson) => "comments INDEXED BY queue_by_lesson",
            (Self::State(..), _) => "comments INDEXED BY comments_by_state",
            (Self::All, _) => "comments INDEXED BY comments_in_order",
        }
    }

    /// What holds of all rows of the range.
    pub(super) fn condition(self) -> String {
        match self {
            Self::All => "comments.site_id = :site".into(),
            Self::Campaign => "comments.campaign = :campaign AND comments.site_id = :site".into(),
            Self::Decided => "comments.site_id = :site AND comments.decision IS NOT NULL".into(),
            Self::State(verdict, decision) => format!(
                "comments.site_id = :site AND comments.verdict = '{}' AND comments.decision {}",
                verdict.as_str(),
                match decision {
                    None => "IS NULL".into(),
                    Some(decision) => format!("= '{}'", decision.as_str()),
                }
            ),
        }
    }
}

/// What the filter asks of single comments.
pub(super) fn conditions(site: SiteId, filter: &CommentFilter) -> Conditions {
    let mut asked = Conditions::default();
    asked.values.push((":site", site.0.into()));
    stands(filter, &mut asked);
    between(filter, &mut asked);
    narrowed(filter, &mut asked);
    if let Some(q) = filter.q.as_ref().filter(|q| !q.is_empty()) {
        asked.and_with(
            "(instr(lower(comments.body ->> '$.content'), lower(:q))
                OR instr(lower(comments.body ->> '$.author.name'), lower(:q))
                OR instr(lower(comments.body ->> '$.author.url'), lower(:q)))",
            ":q",
            q.clone(),
        );
    }
    asked
}

fn stands(filter: &CommentFilter, asked: &mut Conditions) {
    if let Some(verdict) = filter.verdict {
        asked.and(&format!("comments.verdict = '{}'", verdict.as_str()));
    }
    match filter.decision {
        Some(DecisionFilter::Accept) => asked.and("comments.decision = 'accept'"),
        Some(DecisionFilter::Reject) => asked.and("comments.decision = 'reject'"),
        Some(DecisionFilter::None) => asked.and("comments.decision IS NULL"),
        Some(DecisionFilter::Any) => asked.and("comments.decision IS NOT NULL"),
        None => {}
    }
}

/// Where the page begins, and between which days: of both, what narrows more.
fn between(filter: &CommentFilter, asked: &mut Conditions) {
    let mut since = filter.narrow.since.map(first_id);
    let mut before = filter.narrow.before.map(first_id);
    if let Some(place) = filter.after {
        let id = place.comment_id.0.as_bytes().to_vec();
        let key = match order(filter) {
            Order::Newest => {
                before = Some(before.map_or(id.clone(), |before| before.min(id)));
                None
            }
            Order::Oldest => {
                // Ids are not equal, so the next one is the least that is larger.
                let after = place.comment_id.0.as_u128().saturating_add(1);
                let after = after.to_be_bytes().to_vec();
                since = Some(since.map_or(after.clone(), |since| since.max(after)));
                None
            }
            Order::Riskiest => Some(("comments.log_odds", place.log_odds)),
            Order::Lesson => Some(("comments.lesson", place.lesson)),
        };
        if let Some((column, key)) = key {
            let condition = format!("({column}, comments.comment_id) < (:from, :after)");
            asked.and_with(&condition, ":from", key);
            asked
                .values
                .push((":after", place.comment_id.0.as_bytes().to_vec().into()));
        }
    }
    // Ids of version 7 begin with the time at which they were made.
    if let Some(since) = since {
        asked.and_with("comments.comment_id >= :since", ":since", since);
    }
    if let Some(before) = before {
        asked.and_with("comments.comment_id < :before", ":before", before);
    }
}

fn narrowed(filter: &CommentFilter, asked: &mut Conditions) {
    let narrow = &filter.narrow;
    match narrow.language.as_deref() {
        None => {}
        Some("") => asked.and("comments.language IS NULL"),
        Some(code) => asked.and_with(
            "comments.language = :language",
            ":language",
            code.to_owned(),
        ),
    }
    if let Some(has_link) = narrow.has_link {
        asked.and_with("comments.has_link = :link", ":link", i64::from(has_link));
    }
    if let Some(new) = narrow.new_author {
        asked.and_with("comments.new_author = :new", ":new", i64::from(new));
    }
    if let Some(least) = narrow.odds_from {
        asked.and_with("comments.log_odds >= :least", ":least", least);
    }
    if let Some(below) = narrow.odds_below {
        asked.and_with("comments.log_odds < :below", ":below", below);
    }
    if let Some(campaign) = narrow.campaign {
        asked.values.push((":campaign", campaign.0.into()));
    }
}

/// The least id that a comment of this time can have.
fn first_id(at: jiff::Timestamp) -> Vec<u8> {
    let millis = micros(at).max(0).unsigned_abs() / 1_000;
    let mut id = vec![0; 16];
    id[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    id
}

/// What a search asks of the index of words; `Err` if nothing can be found.
pub(super) fn search(filter: &CommentFilter) -> Result<Option<String>, NothingToFind> {
    match (&filter.narrow.words, &filter.q) {
        (Some(words), _) => words::all_of(words).map(Some).ok_or(NothingToFind),
        (None, Some(q)) => Ok(words::as_it_stands(q)),
        (None, None) => Ok(None),
    }
}

/// There is no letter and no digit in what is searched for.
#[derive(Debug)]
pub(super) struct NothingToFind;
