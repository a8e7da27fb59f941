//! What every store engine promises. `tests/store` holds each engine to it.
//!
//! A call that returned `Ok` is on disk. Calls of one site never see another
//! site's rows, but for the tallies of [`Store::history`], which are sums.
//! Times are kept to the microsecond.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::akismet::{AkismetCheck, AkismetStore};
use super::erasure::ErasureStore;
use super::error::StoreError;
use super::finding::{Aspects, Finding};
use super::listing::{AuthorRecord, CommentFile, CommentFilter, Counts, Review, StoredComment};
use super::models::ModelStore;
use super::outbox::{Callback, Outbox};
use super::replay::ReplayStore;
use super::{Accounts, Audits, Bulk, Days, DecisionLog, Imports, ReasonTallies};
use super::{SavedFilters, SecondFactors, Surroundings, TrustLists};
use crate::domain::{
    Comment, CommentId, Decision, Fingerprint, GivenLabel, History, Judgement, KeyKind, KeyMac,
    Label, Sample, Site, SiteId, SiteSettings, Trace,
};
use crate::filter::Gathered;

/// A site to be made, with its first two keys.
#[derive(Debug, Clone)]
pub struct NewSite {
    pub name: String,
    pub url: String,
    pub api_key: KeyMac,
    /// Several sites may share one Akismet key.
    pub akismet_key: KeyMac,
}

/// What to do to a site's settings, given those in force.
pub type SettingsChange = Box<dyn FnOnce(&mut SiteSettings) + Send>;

/// What is looked up before judging.
#[derive(Debug, Clone)]
pub struct HistoryQuery {
    pub site: SiteId,
    pub traces: Vec<Trace>,
    pub fingerprint: Option<Fingerprint>,
    /// The blog's own id of the comment judged: its own earlier label is not
    /// evidence about itself.
    pub own_id: Option<String>,
    /// The same by hamgate's id, where that is known.
    pub own: Option<CommentId>,
}

/// A label that is in force, without its comment's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteLabel {
    pub comment_id: CommentId,
    pub label: Label,
    pub at: Timestamp,
}

/// By what later comments recognise this one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    pub traces: Vec<Trace>,
    pub fingerprint: Option<Fingerprint>,
}

/// A judged comment, to be written before its answer is sent.
#[derive(Debug, Clone)]
pub struct Check {
    pub site: SiteId,
    /// Used if the comment is new; a comment whose blog id is known keeps its own.
    pub new_id: CommentId,
    pub comment: Comment,
    pub marks: Marks,
    pub aspects: Aspects,
    pub judgement: Judgement,
    /// What it was made from, by which it can be replayed.
    pub gathered: Option<Gathered>,
    pub at: Timestamp,
    /// When the comment may be forgotten.
    pub purge_after: Timestamp,
    pub idempotency: Option<Idempotency>,
    /// Where Akismet's protocol wants to hear of a decision; one that was
    /// remembered before stays where there is none.
    pub callback: Option<Callback>,
    /// The comment that this one updates, where the blog has no id for it.
    pub updates: Option<CommentId>,
    /// Where the comment came through Akismet's protocol.
    pub akismet: Option<AkismetCheck>,
    /// How likely the comment is drawn for the audit, 0 to 1.
    pub audit_share: f64,
}

/// A request that may come twice.
#[derive(Debug, Clone)]
pub struct Idempotency {
    pub key: String,
    /// SHA-256 of the request's body.
    pub request: [u8; 32],
}

/// What [`Store::record`] wrote, or had written for the same idempotency key.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    pub comment_id: CommentId,
    /// The judgement that counts: the first one, where the request was repeated.
    pub judgement: Judgement,
    pub replayed: bool,
}

/// A person's word, to be learnt at once.
#[derive(Debug, Clone)]
pub struct LabelWrite {
    pub site: SiteId,
    pub comment_id: CommentId,
    pub label: Label,
    pub at: Timestamp,
}

/// A moderator's decision, to be written with its label in one transaction.
#[derive(Debug, Clone)]
pub struct DecisionWrite {
    pub site: SiteId,
    pub comment_id: CommentId,
    pub decision: Decision,
    /// What the moderator looked at; `None` decides whatever it is now.
    pub seen: Option<Seen>,
}

/// The state of a comment that somebody looked at: it is another one when the
/// blog sends the comment again, and with each decision and its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub updated_at: Timestamp,
    /// The decision that was in force.
    pub decision: Option<Uuid>,
}

/// The store. All methods may be called at once from many tasks.
#[async_trait]
pub trait Store:
    Accounts
    + AkismetStore
    + Audits
    + Bulk
    + ErasureStore
    + Imports
    + Finding
    + Days
    + DecisionLog
    + ModelStore
    + Outbox
    + ReasonTallies
    + ReplayStore
    + SavedFilters
    + SecondFactors
    + Surroundings
    + TrustLists
    + Send
    + Sync
    + 'static
{
    /// Reads and writes work now.
    async fn ready(&self) -> Result<(), StoreError>;

    async fn add_site(&self, site: NewSite) -> Result<Site, StoreError>;
    /// By name.
    async fn sites(&self) -> Result<Vec<Site>, StoreError>;
    /// `NotFound` if there is none.
    async fn site_by_name(&self, name: &str) -> Result<Site, StoreError>;
    /// The site whose live API key this is; `None` for an unknown or revoked one.
    async fn site_by_api_key(&self, key: &KeyMac) -> Result<Option<Site>, StoreError>;
    /// The sites whose live Akismet key this is, by name; several may share one.
    async fn sites_by_akismet_key(&self, key: &KeyMac) -> Result<Vec<Site>, StoreError>;
    /// Adds a key and lets the older ones of its kind live until `old_until`.
    async fn rotate_key(
        &self,
        site: SiteId,
        kind: KeyKind,
        key: KeyMac,
        old_until: Timestamp,
    ) -> Result<(), StoreError>;
    /// Ends every key of the site at once; returns how many were live.
    async fn revoke_keys(&self, site: SiteId) -> Result<u32, StoreError>;

    /// Changes a site's settings and returns the site with them. The change
    /// sees those in force, in the same transaction: two that are made at once
    /// both stand. `NotFound` if there is no such site.
    async fn site_settings(&self, site: SiteId, change: SettingsChange)
    -> Result<Site, StoreError>;

    /// Gives a site another name or address, and returns it with them.
    /// `NotFound` if there is no such site, `NameTaken` if another has the name.
    async fn move_site(
        &self,
        site: SiteId,
        name: Option<String>,
        url: Option<String>,
    ) -> Result<Site, StoreError>;

    /// What people's labels say of the traces and the text. Labels of other
    /// sites are summed into the `elsewhere` counts. Each trace is answered
    /// once, in the order asked.
    async fn history(&self, query: HistoryQuery) -> Result<History, StoreError>;
    /// The answer to an earlier request with this idempotency key. It is known
    /// for 48 hours, and never longer than its comment is kept.
    async fn recorded(
        &self,
        site: SiteId,
        idempotency: &Idempotency,
    ) -> Result<Option<Recorded>, StoreError>;
    /// Writes the comment and its judgement. A comment of the same site with
    /// the same blog id is updated, and keeps its id and `received_at`. Its
    /// decision and label stand only while what readers see does (content,
    /// author's name and URL): with another text the decision ends, the label
    /// is no longer the comment's (what it taught stays, until the comment is
    /// labelled or decided anew), and the comment may be in the queue again.
    /// The earlier text is kept: [`super::Around::earlier`]. A new comment,
    /// and one with another text, may be drawn for the audit: [`Audits`].
    /// A repeated idempotency key writes nothing. `NotFound` if there is no
    /// such site.
    async fn record(&self, check: Check) -> Result<Recorded, StoreError>;

    async fn comment(&self, site: SiteId, id: CommentId) -> Result<CommentFile, StoreError>;
    /// hamgate's id of the comment that the blog calls `own_id`.
    async fn comment_by_own_id(
        &self,
        site: SiteId,
        own_id: &str,
    ) -> Result<Option<CommentId>, StoreError>;
    async fn comments(
        &self,
        site: SiteId,
        filter: CommentFilter,
    ) -> Result<Vec<StoredComment>, StoreError>;
    /// The same with what a person needs to decide on them.
    async fn reviews(&self, site: SiteId, filter: CommentFilter)
    -> Result<Vec<Review>, StoreError>;
    /// What became of the other comments of the author of this one.
    async fn author_record(
        &self,
        site: SiteId,
        id: CommentId,
    ) -> Result<Option<AuthorRecord>, StoreError>;
    /// Which of some sites the comment is of.
    async fn site_of(&self, sites: &[SiteId], id: CommentId) -> Result<Option<SiteId>, StoreError>;

    /// Learns a label; tallies and near-duplicates count it from the next call
    /// on. A decision in force stays. Returns the label it replaces: the one
    /// that the comment had until now.
    async fn label(&self, label: LabelWrite) -> Result<Option<Label>, StoreError>;
    /// Writes a decision in force, ending the one before. With `learn` it also
    /// labels; without, an earlier label is taken back. Returns it as it is
    /// kept. `Changed`, and nothing is written, if the comment is not as `seen`.
    async fn decide(&self, decision: DecisionWrite) -> Result<Decision, StoreError>;
    /// Ends the decision in force and takes back its label; an earlier
    /// decision or label does not come back, and a label given since the
    /// decision stays. `NotFound` if no decision is in force; `Changed` if it
    /// is another one than `only`.
    async fn undo_decision(
        &self,
        site: SiteId,
        id: CommentId,
        only: Option<Uuid>,
        at: Timestamp,
    ) -> Result<Decision, StoreError>;

    async fn counts(&self, site: SiteId) -> Result<Counts, StoreError>;
    /// The newest labels of a site whose texts are not forgotten, at most
    /// `limit`, in the order they were given.
    async fn site_labels(&self, site: SiteId, limit: usize) -> Result<Vec<SiteLabel>, StoreError>;
    /// The comments of some labels of a site as they were when they were
    /// labelled, in the order asked, without those whose text is forgotten.
    async fn labelled_comments(
        &self,
        site: SiteId,
        labels: Vec<SiteLabel>,
    ) -> Result<Vec<(SiteLabel, Comment)>, StoreError>;
    /// Every labelled comment as it was when it was labelled, in the order of
    /// comment ids; `site` is the site's name.
    async fn samples(&self) -> Result<Vec<Sample>, StoreError>;
    /// The same with who labelled them and when.
    async fn given_labels(&self) -> Result<Vec<GivenLabel>, StoreError>;
    /// Forgets comments whose time has come: text, judgements, decisions and
    /// label texts; tallies and near-duplicates stay. Idempotency keys older
    /// than 48 hours, and sessions and links past their end, are forgotten too,
    /// and messages that were done with 30 days ago. Returns how many comments.
    async fn purge(&self, now: Timestamp) -> Result<u64, StoreError>;
}

/// A fresh id for a comment or a decision, ordered by time.
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}
