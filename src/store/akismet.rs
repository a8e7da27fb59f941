//! What the store remembers for blogs that speak Akismet's protocol: how a
//! report finds its comment, and what is counted month by month.

use async_trait::async_trait;
use jiff::Timestamp;

use super::error::StoreError;
use crate::domain::{CommentId, Decision, Label, SiteId};

/// By what a report finds the comment that it is about. First 16 bytes of
/// HMAC-SHA-256 each: they match, and say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportMarks {
    /// The author's address with the text as it was sent.
    pub exact_text: [u8; 16],
    /// The words without markup, with who wrote them.
    pub same_words: Option<[u8; 16]>,
}

/// A comment that came through Akismet's protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AkismetCheck {
    pub marks: ReportMarks,
    /// What the blog is told; none where it did not ask.
    pub told: Option<Label>,
}

/// A blog's report of a mistake, as a decision.
#[derive(Debug, Clone)]
pub struct Report {
    pub site: SiteId,
    pub comment_id: CommentId,
    pub decision: Decision,
}

/// A month in the calendar (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

/// What a site's blog asked and reported in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthCounts {
    pub site: SiteId,
    pub month: Month,
    /// Comments it was told to be ham, and spam.
    pub ham: u64,
    pub spam: u64,
    /// Of those, reported to be the other: spam told ham, ham told spam.
    pub missed_spam: u64,
    pub false_positives: u64,
}

/// Akismet's part of the store.
#[async_trait]
pub trait AkismetStore: Send + Sync + 'static {
    /// The comment of the site that a report is about: the newest with the
    /// exact text, else the newest with the same words.
    async fn reported(
        &self,
        site: SiteId,
        marks: &ReportMarks,
    ) -> Result<Option<CommentId>, StoreError>;
    /// Writes a report as a decision, and counts a mistake the first time that
    /// it is reported. Returns whether anything was written: a decision in force
    /// that says the same stays, and so does one that is newer than the report,
    /// or that a person made after the blog had reported the same before.
    /// `NotFound` if the comment is not one of the site.
    async fn report(&self, report: Report) -> Result<bool, StoreError>;
    /// Every month of the sites in which something was counted, oldest first.
    async fn months(&self, sites: Vec<SiteId>) -> Result<Vec<MonthCounts>, StoreError>;
}

impl Month {
    /// The month of a time (UTC).
    pub fn of(time: Timestamp) -> Self {
        let date = jiff::tz::Offset::UTC.to_datetime(time).date();
        Self {
            year: date.year(),
            month: date.month(),
        }
    }
}
