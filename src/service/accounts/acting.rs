//! Acting at the desk, in the name of who is signed in and on their sites only.

use uuid::Uuid;

use super::access::{Moderator, Viewer};
use crate::domain::{CommentId, Decision, Site, Trust, Verdict};
use crate::service::{
    AuditPage, BulkDecision, BulkDone, NewDecision, Reviewed, ServiceError, Surrounded, Whom,
};
use crate::store::{BulkState, StoredComment, TrustEntry};

impl Viewer {
    /// What stands around comments of the site, in their order.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn around(
        &self,
        site: &Site,
        comments: &[Reviewed],
    ) -> Result<Vec<Surrounded>, ServiceError> {
        let stored: Vec<&StoredComment> = comments.iter().map(|one| &one.stored).collect();
        self.installation().around(site, &stored).await
    }
}

impl Moderator {
    /// Comments to be looked at without their verdict. Only for who can answer.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn audit(
        &self,
        site: &Site,
        after: Option<CommentId>,
        limit: usize,
    ) -> Result<AuditPage, ServiceError> {
        self.installation().audit(site, after, limit).await
    }

    /// Answers for a comment of the audit; with the verdict that it had got.
    ///
    /// # Errors
    /// The comment is in no audit of this person's sites or not as it was seen,
    /// the note is too long, or the store is unavailable.
    pub async fn answer_audit(
        &self,
        id: CommentId,
        new: NewDecision,
    ) -> Result<(Decision, Verdict), ServiceError> {
        let site = self.site_of(id).await?;
        self.installation().answer_audit(&site, id, new).await
    }

    /// The comment and its near-duplicates, as far as they wait; with the site.
    ///
    /// # Errors
    /// The comment is on none of this person's sites, or the store is
    /// unavailable.
    pub async fn alike_waiting(
        &self,
        id: CommentId,
    ) -> Result<(Site, Vec<StoredComment>), ServiceError> {
        let site = self.site_of(id).await?;
        let alike = self.installation().alike_waiting(&site, id).await?;
        Ok((site, alike))
    }

    /// Those of some comments that are on the site, in the order asked.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn some_comments(
        &self,
        site: &Site,
        ids: Vec<CommentId>,
    ) -> Result<Vec<StoredComment>, ServiceError> {
        self.installation().some_comments(site, ids).await
    }

    /// Decides on many comments of the site.
    ///
    /// # Errors
    /// None or more than 500 are given, the note is too long, or the store is
    /// unavailable.
    pub async fn decide_many(
        &self,
        site: &Site,
        decision: BulkDecision,
    ) -> Result<BulkDone, ServiceError> {
        self.installation().decide_many(site, decision).await
    }

    /// A bulk on the site, and one of its decisions.
    ///
    /// # Errors
    /// There is none, or the store is unavailable.
    pub async fn bulk(
        &self,
        site: &Site,
        bulk: Uuid,
    ) -> Result<(BulkState, Decision), ServiceError> {
        self.installation().bulk(site, bulk).await
    }

    /// Takes a bulk on the site back; what it was before.
    ///
    /// # Errors
    /// There is none, or the store is unavailable.
    pub async fn undo_many(&self, site: &Site, bulk: Uuid) -> Result<BulkState, ServiceError> {
        self.installation().undo_many(site, bulk).await
    }

    /// Trusts or blocks whom or what stands in a comment; with its site.
    ///
    /// # Errors
    /// The comment is on none of this person's sites, there is no such thing in
    /// it, or the store is unavailable.
    pub async fn trust(
        &self,
        id: CommentId,
        whom: Whom,
        trust: Trust,
    ) -> Result<(Site, TrustEntry), ServiceError> {
        let site = self.site_of(id).await?;
        let name = self.name().to_owned();
        let entry = self.installation().trust(&site, id, whom, trust, &name);
        let entry = entry.await?;
        Ok((site, entry))
    }

    /// Whom and what the site trusts and blocks, newest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn trust_list(&self, site: &Site) -> Result<Vec<TrustEntry>, ServiceError> {
        self.installation().trust_list(site).await
    }

    /// Takes an entry off the site's list.
    ///
    /// # Errors
    /// It is not on it, or the store is unavailable.
    pub async fn remove_trust(&self, site: &Site, id: Uuid) -> Result<TrustEntry, ServiceError> {
        self.installation().remove_trust(site, id).await
    }
}
