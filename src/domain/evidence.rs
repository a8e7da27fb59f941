//! One reason for a verdict, and what it weighs.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Natural-log odds of spam against ham: 0 is neutral, +2.3 is ten to one for
/// spam. Evidence adds up in this unit, and in no other.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct LogOdds(pub f64);

impl LogOdds {
    /// Probability of spam, in (0, 1).
    pub fn probability(self) -> f64 {
        1.0 / (1.0 + (-self.0).exp())
    }
}

impl Add for LogOdds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for LogOdds {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Mul<f64> for LogOdds {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Sum for LogOdds {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self(0.0), Add::add)
    }
}

/// Where a piece of evidence comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The model's starting point, before anything of the comment is looked at.
    Model,
    /// Words of the visible text, with the character runs that begin in them.
    Words,
    /// Neighbouring words.
    Pairs,
    /// Hosts, domains and paths of the links in the text.
    Links,
    /// The author's own URL, name and e-mail domain.
    Author,
    /// Lengths, ratios, scripts and the form of words.
    Shape,
    /// The hand-written rules; `reason` is the rule's id.
    Rules,
    /// What people said of earlier comments by this author, address or link.
    History,
    /// What people said of earlier comments with nearly the same text.
    Campaign,
    /// What the site's own labels teach beyond the shared model.
    Site,
    /// The owner's block lists.
    Lists,
    /// A limit on the verdict; weighs nothing by itself.
    Policy,
}

/// Which field of the comment a span points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpanField {
    Content,
    AuthorName,
    AuthorUrl,
}

/// A half-open range in a field, in Unicode code points from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Span {
    pub field: SpanField,
    pub start: usize,
    pub end: usize,
}

/// One reason and its weight. All of a judgement's evidence adds up to its
/// log-odds within 1e-9.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    pub source: Source,
    /// A stable name: a rule's id, or what kind of thing was seen.
    pub reason: String,
    /// What was seen, for a person to read.
    pub detail: String,
    /// Above 0 speaks for spam, below 0 for ham.
    pub log_odds: LogOdds,
    /// Where it was seen, if it is in one place.
    pub span: Option<Span>,
}
