//! A blog's old comments, taken over with what it had decided: each is judged as
//! if it came now, and then its label is learnt, oldest first.

use jiff::{SignedDuration, Timestamp};
use uuid::Builder;

use super::check::Judged;
use super::error::ServiceError;
use super::live::Service;
use crate::domain::{
    BY_BLOG, Comment, CommentId, Decision, DecisionKind, Evidence, FieldError, Judgement, Label,
    LogOdds, Site, Source, Verdict,
};
use crate::filter::Overruled;
use crate::secret::Secret;
use crate::store::{
    AkismetCheck, Check, CommentFilter, Found, Import, ImportKey, LabelledVerdict, ReportMarks,
    StoreError, StoredComment, fresh_id,
};

/// Longest text of a comment, in bytes: as long as a request may be.
const MAX_CONTENT_BYTES: usize = 1024 * 1024;
/// A batch is judged before any of it is learnt. One in so many of what was
/// learnt before moves the filter little, as it does a site's layer.
const BATCH_SHARE: usize = 50;
const LARGEST_BATCH: usize = 64;
/// A date later than this from now is none: somebody's clock was wrong.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// What a blog had made of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moderation {
    /// Published: ham.
    Approved,
    Spam,
    /// Taken away, and nobody says why: rejected, and not learnt from.
    Trashed,
    /// Waits for a person: held.
    Pending,
    /// Not said: the verdict is the filter's.
    Unknown,
}

impl Moderation {
    /// The label that it teaches.
    pub fn label(self) -> Option<Label> {
        match self {
            Self::Approved => Some(Label::Ham),
            Self::Spam => Some(Label::Spam),
            Self::Trashed | Self::Pending | Self::Unknown => None,
        }
    }

    /// The moderation that teaches the label.
    pub fn of(label: Label) -> Self {
        match label {
            Label::Ham => Self::Approved,
            Label::Spam => Self::Spam,
        }
    }

    fn decision(self) -> Option<DecisionKind> {
        match self {
            Self::Approved => Some(DecisionKind::Accept),
            Self::Spam | Self::Trashed => Some(DecisionKind::Reject),
            Self::Pending | Self::Unknown => None,
        }
    }
}

/// A comment as its blog has it.
#[derive(Debug, Clone, PartialEq)]
pub struct OldComment {
    /// Without `submitted_at` where its time is not known.
    pub comment: Comment,
    pub moderation: Moderation,
}

/// What became of one comment of an import.
#[derive(Debug, Clone, PartialEq)]
pub enum Imported {
    /// It is here from now on.
    New,
    /// It was here without a person's word, and has the blog's now.
    Decided,
    /// It was here, and nothing changed.
    AlreadyHere,
    /// It was here, and somebody decided otherwise here: that stays.
    DecidedOtherwise,
    /// It was here and is forgotten; what its label taught is still counted.
    Forgotten,
    /// It cannot be admitted.
    Refused(FieldError),
}

/// Imports into one site. Works beside a running service.
pub struct Importer<'s> {
    service: &'s Service,
    site: Site,
    learnt: usize,
}

impl<'s> Importer<'s> {
    /// # Errors
    /// The store is unavailable.
    pub async fn new(service: &'s Service, site: &Site) -> Result<Self, ServiceError> {
        let store = &service.installation().store;
        let learnt = store.site_labels(site.id, BATCH_SHARE * LARGEST_BATCH);
        Ok(Self {
            service,
            site: site.clone(),
            learnt: learnt.await?.len(),
        })
    }

    /// How many comments the next batch should have.
    pub fn batch(&self) -> usize {
        (self.learnt / BATCH_SHARE).clamp(1, LARGEST_BATCH)
    }

    /// Imports a batch, oldest first; it is on disk whole or not at all. With
    /// `dry_run` nothing is judged and nothing written. Returns what became of
    /// each, in the order given.
    ///
    /// # Errors
    /// The store is unavailable: nothing of the batch was written.
    pub async fn import(
        &mut self,
        batch: Vec<OldComment>,
        dry_run: bool,
    ) -> Result<Vec<Imported>, ServiceError> {
        let now = Timestamp::now();
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut admitted = Vec::new();
        for old in batch {
            match self.admitted(old, now) {
                Ok(old) => {
                    outcomes.push(None);
                    admitted.push(old);
                }
                Err(error) => outcomes.push(Some(Imported::Refused(error))),
            }
        }
        let store = &self.service.installation().store;
        let keys = admitted.iter().map(|old| old.key.clone()).collect();
        let mut found = store.import_found(self.site.id, keys).await?;
        let moderations: Vec<Moderation> = admitted.iter().map(|old| old.moderation).collect();
        if !dry_run {
            let mut imports = Vec::new();
            let mut places = Vec::new();
            for (place, old) in admitted.into_iter().enumerate() {
                if let Some(import) = self.to_be_written(old, found[place], now).await? {
                    imports.push(import);
                    places.push(place);
                }
            }
            // Between the look and the write somebody may have decided.
            for (place, before) in places.into_iter().zip(store.import(imports).await?) {
                found[place] = before;
            }
        }
        let mut became = moderations.into_iter().zip(found);
        Ok(outcomes
            .into_iter()
            .filter_map(|outcome| outcome.or_else(|| Some(self.outcome(became.next()?))))
            .collect())
    }

    fn outcome(&mut self, (moderation, found): (Moderation, Found)) -> Imported {
        let outcome = Imported::of(moderation, found);
        if matches!(outcome, Imported::New | Imported::Decided) && moderation.label().is_some() {
            self.learnt += 1;
        }
        outcome
    }

    fn admitted(&self, old: OldComment, now: Timestamp) -> Result<Admitted, FieldError> {
        let mut comment = old.comment.admitted()?;
        if comment.content.len() > MAX_CONTENT_BYTES {
            return Err(FieldError::new(
                "content",
                "is longer than 1 MiB",
                "shorten it in the file",
            ));
        }
        let latest = now.checked_add(AHEAD).unwrap_or(now);
        let dated = comment.submitted_at.filter(|date| *date <= latest);
        let installation = self.service.installation();
        let id = derived_id(&installation.secret, &self.site, &comment, dated);
        let marks = (comment.id.is_some()).then(|| installation.report_marks(&comment));
        let at = dated.unwrap_or(now);
        comment.submitted_at = dated;
        Ok(Admitted {
            key: ImportKey {
                id,
                own_id: comment.id.clone(),
                exact_text: marks.as_ref().map(|marks| marks.exact_text),
                at,
            },
            comment,
            moderation: old.moderation,
            marks,
        })
    }

    /// What is to be written of a comment, if anything is.
    async fn to_be_written(
        &self,
        old: Admitted,
        found: Found,
        now: Timestamp,
    ) -> Result<Option<Import>, ServiceError> {
        let writes = matches!(
            Imported::of(old.moderation, found),
            Imported::New | Imported::Decided
        );
        if !writes {
            return Ok(None);
        }
        let mut judged = self.service.judge(&self.site, old.comment, None).await?;
        if old.moderation == Moderation::Pending {
            hold(&mut judged.judgement);
            judged.gathered.overruled = Some(Overruled::Pending);
        }
        let at = old.key.at;
        Ok(Some(Import {
            check: self.check(judged, &old.key, old.marks, now),
            judged_at: now,
            decision: old.moderation.decision().map(|decision| Decision {
                id: fresh_id(),
                decision,
                learn: old.moderation.label().is_some(),
                why: None,
                note: None,
                by: BY_BLOG.to_owned(),
                at,
                undone_at: None,
            }),
            key: old.key,
        }))
    }

    /// Retention counts from now on: what was just entrusted to us has to be here
    /// long enough to teach, however old it is.
    fn check(
        &self,
        judged: Judged,
        key: &ImportKey,
        marks: Option<ReportMarks>,
        now: Timestamp,
    ) -> Check {
        Check {
            site: self.site.id,
            new_id: key.id,
            comment: judged.comment,
            marks: judged.marks,
            aspects: judged.aspects,
            judgement: judged.judgement,
            gathered: Some(judged.gathered),
            at: key.at,
            purge_after: self.service.purge_after(now),
            idempotency: None,
            callback: None,
            updates: None,
            // What is old and decided has nothing to be audited.
            audit_share: 0.0,
            akismet: marks.map(|marks| AkismetCheck { marks, told: None }),
        }
    }
}

/// A comment that can be imported.
struct Admitted {
    key: ImportKey,
    comment: Comment,
    moderation: Moderation,
    /// By what a later report through Akismet's protocol finds it.
    marks: Option<ReportMarks>,
}

impl Imported {
    fn of(moderation: Moderation, found: Found) -> Self {
        match found {
            Found::New => Self::New,
            Found::Forgotten => Self::Forgotten,
            Found::Known { decision, label } => {
                let here = decision.or(label.map(|label| match label {
                    Label::Ham => DecisionKind::Accept,
                    Label::Spam => DecisionKind::Reject,
                }));
                match (here, moderation.decision()) {
                    (_, None) => Self::AlreadyHere,
                    (None, Some(_)) => Self::Decided,
                    (Some(here), Some(there)) if here == there => Self::AlreadyHere,
                    (Some(_), Some(_)) => Self::DecidedOtherwise,
                }
            }
        }
    }
}

/// The id that a comment gets each time it is imported into a site: its own time,
/// so that ids are in the order of time, and a keyed hash of the blog's id, or of
/// all that is known of the comment where it has none. Without a date it comes
/// before all others.
fn derived_id(
    secret: &Secret,
    site: &Site,
    comment: &Comment,
    dated: Option<Timestamp>,
) -> CommentId {
    let known_as = match &comment.id {
        Some(own_id) => format!("{}\nid {own_id}", site.id.0),
        None => {
            let author = &comment.author;
            let parts = [&author.name, &author.email, &author.url];
            format!("{}\n{parts:?}\n{}", site.id.0, comment.content)
        }
    };
    let mark = secret.text_mark("import", &known_as);
    let mut random = [0; 10];
    random.copy_from_slice(&mark[..10]);
    let millis = dated.map_or(0, Timestamp::as_millisecond);
    let millis = u64::try_from(millis).unwrap_or(0);
    CommentId(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// What waits for a person there waits for one here.
pub(super) fn hold(judgement: &mut Judgement) {
    if judgement.verdict != Verdict::Hold {
        judgement.verdict = Verdict::Hold;
        judgement.evidence.push(Evidence {
            source: Source::Policy,
            reason: "pending".to_owned(),
            detail: "the blog had it waiting for a person".to_owned(),
            log_odds: LogOdds(0.0),
            span: None,
        });
    }
}

impl super::Installation {
    /// The labelled comments of a site that are not forgotten, oldest first, each
    /// with its judgement from before its label was learnt.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn labelled_verdicts(&self, site: &Site) -> Result<Vec<LabelledVerdict>, StoreError> {
        self.store.labelled_verdicts(site.id).await
    }

    /// A page of a site's comments, whole.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn stored_comments(
        &self,
        site: &Site,
        filter: CommentFilter,
    ) -> Result<Vec<StoredComment>, StoreError> {
        self.store.comments(site.id, filter).await
    }
}
