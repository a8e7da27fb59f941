//! What each role can get hold of. Permission is a type: without the right one
//! does not get the handle, and a handle reaches only the sites of its person.

use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::moderators::AccountView;
use crate::domain::{self, CommentId, Decision, Role, Session, Site};
use crate::service::{Installation, NewDecision, QueuePage, QueueQuery, Reviewed, ServiceError};
use crate::store::StoreError;

/// Somebody who is signed in, and may look.
#[derive(Clone)]
pub struct Viewer(Arc<Signed>);

struct Signed {
    installation: Installation,
    moderator: domain::Moderator,
    session: Session,
    sites: Vec<Site>,
}

/// Somebody who may also decide.
#[derive(Clone)]
pub struct Moderator(Viewer);

/// Somebody who may also set everything up; see `administering.rs`.
#[derive(Clone)]
pub struct Admin(Moderator);

impl Viewer {
    pub(super) async fn of(
        installation: Installation,
        moderator: domain::Moderator,
        session: Session,
    ) -> Result<Self, ServiceError> {
        let mut sites = installation.store.sites().await?;
        sites.retain(|site| moderator.sees(site.id));
        Ok(Self(Arc::new(Signed {
            installation,
            moderator,
            session,
            sites,
        })))
    }

    pub(super) fn moderator(&self) -> &domain::Moderator {
        &self.0.moderator
    }

    pub(super) fn installation(&self) -> &Installation {
        &self.0.installation
    }

    pub fn name(&self) -> &str {
        &self.0.moderator.name
    }

    pub fn role(&self) -> Role {
        self.0.moderator.role
    }

    /// This browser's session.
    pub fn session(&self) -> &Session {
        &self.0.session
    }

    /// All of this person's sessions, last used first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn sessions(&self) -> Result<Vec<Session>, ServiceError> {
        let store = &self.0.installation.store;
        Ok(store
            .sessions(self.0.moderator.id, Timestamp::now())
            .await?)
    }

    /// The right to decide, for those who have it.
    pub fn may_decide(&self) -> Option<Moderator> {
        (self.role() >= Role::Moderator).then(|| Moderator(self.clone()))
    }

    /// The right to see who moderates, for those who have it.
    pub fn may_administer(&self) -> Option<Admin> {
        (self.role() >= Role::Admin)
            .then(|| self.may_decide())
            .flatten()
            .map(Admin)
    }

    /// The sites that this person sees, by name.
    pub fn sites(&self) -> &[Site] {
        &self.0.sites
    }

    /// The site of that name, if this person sees it.
    ///
    /// # Errors
    /// There is none: it makes no difference why.
    pub fn site(&self, name: &str) -> Result<&Site, ServiceError> {
        let mut sites = self.0.sites.iter();
        let site = sites.find(|site| site.name == name);
        Ok(site.ok_or(StoreError::NotFound)?)
    }

    /// How many comments wait on the site.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn waiting(&self, site: &Site) -> Result<u64, ServiceError> {
        Ok(self.0.installation.store.counts(site.id).await?.queue)
    }

    /// A page of the site's comments, with all that a person needs to decide.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn queue(&self, site: &Site, query: QueueQuery) -> Result<QueuePage, ServiceError> {
        self.0.installation.queue(site, query).await
    }

    /// One comment, of whichever of this person's sites.
    ///
    /// # Errors
    /// There is none on them, or the store is unavailable.
    pub async fn comment(&self, id: CommentId) -> Result<FoundComment, ServiceError> {
        let site = self.site_of(id).await?;
        let reviewed = self.0.installation.reviewed(&site, id).await?;
        Ok(FoundComment { site, reviewed })
    }

    pub(super) async fn site_of(&self, id: CommentId) -> Result<Site, ServiceError> {
        let ids: Vec<_> = self.0.sites.iter().map(|site| site.id).collect();
        let found = self.0.installation.store.site_of(&ids, id).await?;
        let site = self.0.sites.iter().find(|site| Some(site.id) == found);
        Ok(site.ok_or(StoreError::NotFound)?.clone())
    }
}

/// A comment and where it is from.
pub struct FoundComment {
    pub site: Site,
    pub reviewed: Reviewed,
}

impl Deref for Moderator {
    type Target = Viewer;

    fn deref(&self) -> &Viewer {
        &self.0
    }
}

impl Moderator {
    /// Decides in this person's name.
    ///
    /// # Errors
    /// The comment is on none of this person's sites or not as it was seen, the
    /// note is too long, or the store is unavailable.
    pub async fn decide(&self, id: CommentId, new: NewDecision) -> Result<Decision, ServiceError> {
        let site = self.site_of(id).await?;
        self.0.0.installation.decide(&site, id, new).await
    }

    /// Takes back the decision `only`, if it is in force.
    ///
    /// # Errors
    /// The comment is on none of this person's sites, another decision or none
    /// is in force, or the store is unavailable.
    pub async fn undo(&self, id: CommentId, only: Uuid) -> Result<Decision, ServiceError> {
        let site = self.site_of(id).await?;
        self.0
            .0
            .installation
            .undo_decision(&site, id, Some(only))
            .await
    }
}

impl Deref for Admin {
    type Target = Moderator;

    fn deref(&self) -> &Moderator {
        &self.0
    }
}

impl Admin {
    /// Every account, by name.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn people(&self) -> Result<Vec<AccountView>, ServiceError> {
        self.0.0.0.installation.moderators().await
    }
}
