//! Blogs that speak Akismet's protocol: their keys, their comments, and their
//! reports of mistakes.

use jiff::Timestamp;

use super::check::{CheckRequest, INLINE_BYTES, on_thread};
use super::error::ServiceError;
use super::installation::Installation;
use super::live::Service;
use crate::domain::{
    BY_BLOG, Comment, CommentId, Decision, DecisionKind, Evidence, HoldAnswer, Judgement, Label,
    LogOdds, Site, Source, Verdict,
};
use crate::features::Features;
use crate::filter::OVERRULED;
use crate::secret::ClearKey;
use crate::store::{AkismetCheck, MonthCounts, Report, ReportMarks, StoreError, fresh_id};

const BY_ADMINISTRATOR: &str = "the blog says that its own administrator wrote it";

/// What Akismet's protocol adds to a check.
#[derive(Debug, Clone, Copy)]
pub struct ThroughAkismet {
    /// The comment's id, which the blog gets with the answer even if judging it
    /// takes too long.
    pub id: CommentId,
    /// The stored comment that is checked once more.
    pub updates: Option<CommentId>,
    /// The blog says that its own administrator wrote it: then it is ham.
    pub administrator: bool,
    /// The blog asked, and is told; otherwise it reports only.
    pub asked: bool,
}

/// A blog's report of a mistake.
#[derive(Debug, Clone)]
pub struct AkismetReport {
    pub comment: Comment,
    /// hamgate's id, from clients that send it.
    pub guid: Option<CommentId>,
    pub label: Label,
}

/// What a blog is told: the protocol knows spam and ham only, so a hold is
/// what the site's owner chose.
pub fn told(verdict: Verdict, hold: HoldAnswer) -> Label {
    match (verdict, hold) {
        (Verdict::Reject, _) | (Verdict::Hold, HoldAnswer::Spam) => Label::Spam,
        _ => Label::Ham,
    }
}

/// Accepts whatever the evidence says, and adds why: also where it was accepted
/// anyway, for another policy would not have.
fn accept(judgement: &mut Judgement, reason: &str, detail: &str) {
    judgement.verdict = Verdict::Accept;
    judgement.evidence.push(Evidence {
        source: Source::Policy,
        reason: reason.to_owned(),
        detail: detail.to_owned(),
        log_odds: LogOdds(0.0),
        span: None,
    });
}

impl ThroughAkismet {
    pub(super) fn overrule(&self, judgement: &mut Judgement) {
        if self.administrator {
            accept_administrator(judgement);
        }
    }
}

/// What the blog's own administrator wrote is accepted.
pub(super) fn accept_administrator(judgement: &mut Judgement) {
    accept(judgement, OVERRULED[0], BY_ADMINISTRATOR);
}

impl Installation {
    /// The sites whose live Akismet key this is, by name.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn sites_of_akismet_key(&self, key: &ClearKey) -> Result<Vec<Site>, StoreError> {
        let mac = self
            .secret
            .key_mac(crate::domain::KeyKind::Akismet, key.as_str());
        self.store.sites_by_akismet_key(&mac).await
    }

    /// What the sites' blogs asked and reported, month by month.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn akismet_months(&self, sites: &[Site]) -> Result<Vec<MonthCounts>, StoreError> {
        let sites = sites.iter().map(|site| site.id).collect();
        self.store.months(sites).await
    }

    /// WordPress filters a comment's markup before it reports it, and may not
    /// know the address any more: then the words and their author are enough.
    pub(super) fn report_marks(&self, comment: &Comment) -> ReportMarks {
        let author = &comment.author;
        let ip = author.ip.map(|ip| ip.to_string()).unwrap_or_default();
        let exact = format!("{ip}\n{}", comment.content);
        let plain = Features::of(comment).plain;
        let words: Vec<&str> = plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let who = author.email.as_ref().or(author.name.as_ref());
        let who = who.map(|who| who.trim().to_lowercase()).unwrap_or_default();
        let same_words = format!("{who}\n{}", words.join(" "));
        ReportMarks {
            exact_text: self.secret.text_mark("exact", &exact),
            same_words: (!words.is_empty()).then(|| self.secret.text_mark("words", &same_words)),
        }
    }
}

impl Service {
    /// The stored comment that a blog sends once more.
    ///
    /// # Errors
    /// The store is unavailable, or a bug was met.
    pub async fn checked_before(
        &self,
        site: &Site,
        comment: &Comment,
    ) -> Result<Option<CommentId>, ServiceError> {
        let marks = self.report_marks(comment).await?;
        let store = &self.installation().store;
        Ok(store.reported(site.id, &marks).await?)
    }

    /// What is kept of a check through the protocol.
    pub(super) async fn remembered(
        &self,
        through: ThroughAkismet,
        site: &Site,
        judged: (&Comment, Verdict),
    ) -> Result<AkismetCheck, ServiceError> {
        let (comment, verdict) = judged;
        Ok(AkismetCheck {
            marks: self.report_marks(comment).await?,
            told: through.asked.then(|| told(verdict, site.settings.hold)),
        })
    }

    async fn report_marks(&self, comment: &Comment) -> Result<ReportMarks, ServiceError> {
        if comment.content.len() <= INLINE_BYTES {
            return Ok(self.installation().report_marks(comment));
        }
        let (installation, comment) = (self.installation().clone(), comment.clone());
        on_thread(true, move || installation.report_marks(&comment)).await
    }

    /// Judges a comment without text, such as the announcement of a pingback:
    /// there is nothing to keep, and too little to reject it for. Without an
    /// author as well, there is nothing to hold it for either.
    ///
    /// # Errors
    /// Judging met a bug.
    pub async fn glance(
        &self,
        site: &Site,
        comment: Comment,
        administrator: bool,
    ) -> Result<Judgement, ServiceError> {
        let author = &comment.author;
        let nobody = author.name.is_none() && author.email.is_none() && author.url.is_none();
        let trapped = comment.form.honeypot.is_some();
        let mut judgement = self.judge(site, comment, None).await?.judgement;
        if administrator {
            accept(&mut judgement, OVERRULED[0], BY_ADMINISTRATOR);
        } else if nobody && !trapped {
            let why = "there is neither a text nor an author to judge";
            accept(&mut judgement, OVERRULED[1], why);
        } else if judgement.verdict == Verdict::Reject {
            judgement.verdict = Verdict::Hold;
        }
        Ok(judgement)
    }

    /// Learns a blog's report, as a decision by the blog: it closes the entry
    /// in the hold queue. Without a stored comment that it is about, the text
    /// itself is stored and learnt.
    ///
    /// # Errors
    /// The comment cannot be admitted, or the store is unavailable.
    pub async fn akismet_report(
        &self,
        site: &Site,
        report: AkismetReport,
    ) -> Result<(), ServiceError> {
        let installation = self.installation();
        let (label, decision) = match report.label {
            Label::Ham => (Label::Ham, DecisionKind::Accept),
            Label::Spam => (Label::Spam, DecisionKind::Reject),
        };
        let write = |comment_id| Report {
            site: site.id,
            comment_id,
            decision: Decision {
                id: fresh_id(),
                decision,
                learn: true,
                why: None,
                note: None,
                by: BY_BLOG.to_owned(),
                at: Timestamp::now(),
                undone_at: None,
            },
        };
        let counted = |written: bool| {
            let metrics = &installation.metrics;
            if written {
                let decision = decision.as_str();
                metrics.decisions.with_label_values(&[decision]).inc();
                metrics.labels.with_label_values(&[label.as_str()]).inc();
            }
        };
        if let Some(id) = report.guid {
            match installation.store.report(write(id)).await {
                Err(StoreError::NotFound) => {}
                outcome => return outcome.map(counted).map_err(Into::into),
            }
        }
        let known = self.checked_before(site, &report.comment).await?;
        let id = match known {
            Some(id) => id,
            None => self.stored_for_report(site, report.comment).await?,
        };
        counted(installation.store.report(write(id)).await?);
        Ok(())
    }

    /// Stores a comment that was never checked here, or is forgotten.
    async fn stored_for_report(
        &self,
        site: &Site,
        comment: Comment,
    ) -> Result<CommentId, ServiceError> {
        let id = CommentId(fresh_id());
        let request = CheckRequest {
            comment,
            dry_run: false,
            idempotency: None,
            callback: None,
            akismet: Some(ThroughAkismet {
                id,
                updates: None,
                administrator: false,
                asked: false,
            }),
        };
        let answer = self.check(site, request).await?;
        Ok(answer.comment_id.unwrap_or(id))
    }
}
