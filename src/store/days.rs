//! What every store engine promises about numbers over time, and about the
//! newest comments as they were judged: what a dashboard is made of.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::domain::{Comment, CommentId, Day, Decision, Judgement, Label, SiteId};

/// What happened on a site on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayTally {
    pub day: Day,
    pub counts: DayCounts,
}

/// Counts of one day, or of several together. In each list of three: accepted,
/// held, rejected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// What the filter answered. A comment that came twice was answered twice.
    pub answers: [u64; 3],
    pub decisions: DecisionsMade,
    /// Labels given that day which stand, by the verdict that their comment had
    /// got. Forgetting a comment does not lower them.
    pub ham: [u64; 3],
    pub spam: [u64; 3],
}

/// Decisions that were made, without those that were taken back. One that
/// another replaced was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DecisionsMade {
    pub accept: u64,
    pub reject: u64,
    /// Rejected, and nothing learnt: off-topic, abuse.
    pub reject_only: u64,
}

/// The hold queue by how long its comments have waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueAges {
    /// Less than an hour, a day, a week, and longer.
    pub by_age: [u64; 4],
    /// When the one that waits longest arrived.
    pub oldest: Option<Timestamp>,
}

/// A comment as it was last judged, and what people said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedComment {
    pub comment_id: CommentId,
    pub comment: Comment,
    pub received_at: Timestamp,
    pub judgement: Judgement,
    pub label: Option<Label>,
    /// The decision in force.
    pub decision: Option<Decision>,
}

/// A label with the judgement that its comment had got.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledJudgement {
    pub label: Label,
    pub at: Timestamp,
    pub judgement: Judgement,
}

/// Numbers over time. Written in the transaction of what they count.
#[async_trait]
pub trait Days: Send + Sync {
    /// Each day since `since` on which something was counted, oldest first.
    async fn days(&self, site: SiteId, since: Day) -> Result<Vec<DayTally>, StoreError>;
    /// Takes as long as the queue is, whatever the store holds besides.
    async fn queue_ages(&self, site: SiteId, now: Timestamp) -> Result<QueueAges, StoreError>;
    /// The newest `limit` comments of a site, newest first; at most 1,000.
    async fn newest_judged(
        &self,
        site: SiteId,
        limit: usize,
    ) -> Result<Vec<JudgedComment>, StoreError>;
    /// The newest `limit` labels of a site whose comments are still there,
    /// newest first; at most 1,000. The judgement is the last one before the
    /// label.
    async fn labelled_judgements(
        &self,
        site: SiteId,
        limit: usize,
    ) -> Result<Vec<LabelledJudgement>, StoreError>;
}

impl DayCounts {
    /// Adds another day's.
    pub fn add(&mut self, other: &Self) {
        for (to, from) in [
            (&mut self.answers, &other.answers),
            (&mut self.ham, &other.ham),
            (&mut self.spam, &other.spam),
        ] {
            for (to, from) in to.iter_mut().zip(from) {
                *to += from;
            }
        }
        self.decisions.accept += other.decisions.accept;
        self.decisions.reject += other.decisions.reject;
        self.decisions.reject_only += other.decisions.reject_only;
    }

    /// Answers of every kind.
    pub fn answered(&self) -> u64 {
        self.answers.iter().sum()
    }

    /// Labels of both kinds.
    pub fn labels(&self) -> u64 {
        self.ham.iter().chain(&self.spam).sum()
    }

    /// Labels that contradict the verdict: honest comments that were rejected,
    /// and spam that was accepted.
    pub fn errors(&self) -> u64 {
        self.ham[2] + self.spam[0]
    }
}

impl DecisionsMade {
    /// Decisions of every kind.
    pub fn total(&self) -> u64 {
        self.accept + self.reject + self.reject_only
    }
}

impl QueueAges {
    /// How many wait.
    pub fn depth(&self) -> u64 {
        self.by_age.iter().sum()
    }
}
