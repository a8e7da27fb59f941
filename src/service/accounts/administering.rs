//! What an admin can do: sites, keys, webhooks, weights of rules, people.

use std::time::Duration;

use super::access::Admin;
use super::moderators::{AccountView, NewAccount};
use crate::domain::{
    EventKind, FieldError, KeyKind, ModeratorId, Role, RuleSetting, Site, SiteId, SiteSettings,
    WebhookId,
};
use crate::secret::{ClearKey, ClearToken};
use crate::service::{Installation, NewKeys, NewSecret, RuleOnSite, Service, ServiceError, Stats};
use crate::store::{LoggedAttempt, StoreError, Webhook};

impl Admin {
    fn of(&self) -> &Installation {
        self.installation()
    }

    fn note(&self, site: &Site, what: &'static str) {
        let (by, site) = (self.moderator().id.0, site.id.0);
        tracing::info!(by, site, "{what}");
    }

    /// The site of that number.
    ///
    /// # Errors
    /// There is none.
    pub fn numbered_site(&self, number: i64) -> Result<&Site, ServiceError> {
        let mut sites = self.sites().iter();
        let site = sites.find(|site| site.id == SiteId(number));
        Ok(site.ok_or(StoreError::NotFound)?)
    }

    /// Makes a site; its keys are to be shown once.
    ///
    /// # Errors
    /// As [`Installation::add_site`].
    pub async fn add_site(
        &self,
        name: &str,
        url: &str,
        akismet_key: Option<&str>,
    ) -> Result<NewKeys, ServiceError> {
        let keys = self.of().add_site(name, url, akismet_key).await?;
        self.note(&keys.site, "added a site");
        Ok(keys)
    }

    /// Gives a site another name and another address.
    ///
    /// # Errors
    /// As [`Installation::move_site`].
    pub async fn move_site(&self, site: &Site, name: &str, url: &str) -> Result<(), ServiceError> {
        let moved = self.of().move_site(&site.name, Some(name), Some(url));
        self.note(&moved.await?, "moved a site");
        Ok(())
    }

    /// Changes a site's settings.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn set(
        &self,
        site: &Site,
        change: impl FnOnce(&mut SiteSettings) + Send + 'static,
    ) -> Result<(), ServiceError> {
        self.of().site_settings(&site.name, change).await?;
        self.note(site, "changed settings of a site");
        Ok(())
    }

    /// A fresh key, to be shown once; the old one lives for `overlap` more.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn rotate_key(
        &self,
        site: &Site,
        kind: KeyKind,
        overlap: Duration,
    ) -> Result<ClearKey, ServiceError> {
        let key = self.of().rotate_key(&site.name, kind, overlap).await?;
        self.note(site, "rotated a key");
        Ok(key)
    }

    /// Ends every key of a site.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn revoke_keys(&self, site: &Site) -> Result<(), ServiceError> {
        self.of().revoke_keys(&site.name).await?;
        self.note(site, "revoked every key of a site");
        Ok(())
    }

    /// What is known of a site's comments.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn stats(&self, site: &Site) -> Result<Stats, ServiceError> {
        self.of().stats(site).await
    }

    /// A site's webhooks, oldest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn webhooks(&self, site: &Site) -> Result<Vec<Webhook>, ServiceError> {
        self.of().webhooks(Some(site)).await
    }

    /// Adds a webhook; its secret is to be shown once.
    ///
    /// # Errors
    /// As [`Installation::add_webhook`].
    pub async fn add_webhook(
        &self,
        site: &Site,
        url: &str,
        events: Vec<EventKind>,
        allow_private: bool,
    ) -> Result<NewSecret, ServiceError> {
        let added = self.of().add_webhook(site, url, events, allow_private);
        let (_, secret) = added.await?;
        self.note(site, "added a webhook");
        Ok(secret)
    }

    /// A fresh secret, to be shown once; the old one signs too for `overlap` more.
    ///
    /// # Errors
    /// The site has no such webhook, or the store is unavailable.
    pub async fn rotate_webhook(
        &self,
        site: &Site,
        id: WebhookId,
        overlap: Duration,
    ) -> Result<NewSecret, ServiceError> {
        self.own_webhook(site, id).await?;
        let secret = self.of().rotate_webhook(id, overlap).await?;
        self.note(site, "rotated the secret of a webhook");
        Ok(secret)
    }

    /// Switches a webhook off.
    ///
    /// # Errors
    /// The site has no such webhook, or the store is unavailable.
    pub async fn pause_webhook(&self, site: &Site, id: WebhookId) -> Result<(), ServiceError> {
        self.own_webhook(site, id).await?;
        self.of().pause_webhook(id).await?;
        self.note(site, "paused a webhook");
        Ok(())
    }

    /// Forgets a webhook with its messages.
    ///
    /// # Errors
    /// The site has no such webhook, or the store is unavailable.
    pub async fn remove_webhook(&self, site: &Site, id: WebhookId) -> Result<(), ServiceError> {
        self.own_webhook(site, id).await?;
        self.of().remove_webhook(id).await?;
        self.note(site, "removed a webhook");
        Ok(())
    }

    /// Makes what waits and what was given up due now; a webhook that is named
    /// is switched on again. Returns how many messages are due.
    ///
    /// # Errors
    /// The site has no such webhook, or the store is unavailable.
    pub async fn retry(&self, site: &Site, id: Option<WebhookId>) -> Result<u64, ServiceError> {
        let due = self.of().retry_messages(site, id).await?;
        self.note(site, "made messages due again");
        Ok(due)
    }

    /// The newest attempts to deliver, newest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn delivery_log(
        &self,
        site: &Site,
        limit: usize,
    ) -> Result<Vec<LoggedAttempt>, ServiceError> {
        self.of().delivery_log(site, None, limit).await
    }

    async fn own_webhook(&self, site: &Site, id: WebhookId) -> Result<(), ServiceError> {
        let webhooks = self.webhooks(site).await?;
        let known = webhooks.iter().any(|webhook| webhook.id == id);
        Ok(known.then_some(()).ok_or(StoreError::NotFound)?)
    }

    /// Every rule as it weighs on the site.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn rules_on(
        &self,
        service: &Service,
        site: &Site,
    ) -> Result<Vec<RuleOnSite>, ServiceError> {
        service.rules_on(site).await
    }

    /// Gives a rule a weight of the site's own; `None` takes it back.
    ///
    /// # Errors
    /// There is no such rule, or the store is unavailable.
    pub async fn weigh_rule(
        &self,
        site: &Site,
        id: &str,
        setting: Option<RuleSetting>,
    ) -> Result<(), ServiceError> {
        self.of().weigh_rule(&site.name, id, setting).await?;
        self.note(site, "weighed a rule");
        Ok(())
    }

    /// Makes an account; returns the token of its one-time link.
    ///
    /// # Errors
    /// As [`Installation::add_moderator`].
    pub async fn add_moderator(&self, new: NewAccount) -> Result<ClearToken, ServiceError> {
        let token = self.of().add_moderator(new).await?;
        tracing::info!(by = self.moderator().id.0, "added a moderator");
        Ok(token)
    }

    /// The account of that number.
    ///
    /// # Errors
    /// There is none, or the store is unavailable.
    pub async fn person(&self, number: i64) -> Result<AccountView, ServiceError> {
        let mut people = self.people().await?.into_iter();
        let person = people.find(|person| person.id == ModeratorId(number));
        Ok(person.ok_or(StoreError::NotFound)?)
    }

    /// Says what somebody else may do, and where.
    ///
    /// # Errors
    /// It is one's own account, a site is not known, or the store is unavailable.
    pub async fn change_rights(
        &self,
        person: &AccountView,
        role: Role,
        sites: &[String],
    ) -> Result<(), ServiceError> {
        self.another(person)?;
        let changed = self
            .of()
            .change_rights(&person.name, Some(role), Some(sites));
        changed.await.map(drop)
    }

    /// Takes somebody's password and sessions; returns the token of a fresh
    /// one-time link.
    ///
    /// # Errors
    /// It is one's own account, or the store is unavailable.
    pub async fn reset_moderator(&self, person: &AccountView) -> Result<ClearToken, ServiceError> {
        self.another(person)?;
        self.of().reset_moderator(&person.name).await
    }

    /// Takes somebody's second factor away.
    ///
    /// # Errors
    /// It is one's own account, they have none, or the store is unavailable.
    pub async fn drop_second_factor(&self, person: &AccountView) -> Result<(), ServiceError> {
        self.another(person)?;
        self.of().drop_second_factor(&person.name).await
    }

    /// Ends somebody's account; what they decided stays, under their name.
    ///
    /// # Errors
    /// It is one's own account, or the store is unavailable.
    pub async fn remove_moderator(&self, person: &AccountView) -> Result<(), ServiceError> {
        self.another(person)?;
        self.of().remove_moderator(&person.name).await
    }

    /// Nobody takes their own rights at the desk: so there is always an admin
    /// left, and a stolen session cannot change the password of its owner.
    fn another(&self, person: &AccountView) -> Result<(), FieldError> {
        match person.id == self.moderator().id {
            false => Ok(()),
            true => Err(FieldError::new(
                "person",
                "is your own account",
                "let another admin do it, or use the terminal",
            )),
        }
    }
}
