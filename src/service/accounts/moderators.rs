//! Accounts as admins make and end them.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::passwords;
use crate::domain::{FieldError, Moderator, ModeratorId, Role, SiteId};
use crate::secret::ClearToken;
use crate::service::{Installation, ServiceError};
use crate::store::{NewLink, NewModerator, StoreError};

/// How long a one-time link waits to be used.
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Longest name, in bytes.
const MAX_NAME_BYTES: usize = 64;
/// Who the first start makes.
const FIRST: &str = "admin";

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub name: String,
    pub role: Role,
    /// Names of sites; none for an admin, who sees all.
    pub sites: Vec<String>,
}

/// An account as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountView {
    #[serde(skip)]
    pub id: ModeratorId,
    pub name: String,
    pub role: Role,
    /// Names of the sites; `None` for an admin, who sees all.
    pub sites: Option<Vec<String>>,
    /// Whether the one-time link was used.
    pub has_password: bool,
    /// Whether a code is asked for beside the password.
    pub has_second_factor: bool,
    pub created_at: Timestamp,
    pub last_sign_in: Option<Timestamp>,
}

impl Installation {
    /// Makes an account without a password; returns the token of its one-time
    /// link.
    ///
    /// # Errors
    /// The name is taken or unusable, a site is not known, or the store is
    /// unavailable.
    pub async fn add_moderator(&self, new: NewAccount) -> Result<ClearToken, ServiceError> {
        let moderator = self.made(new).await?;
        self.link_for(&moderator).await
    }

    /// Makes an account with a password.
    ///
    /// # Errors
    /// As [`Installation::add_moderator`], or the password is refused.
    pub async fn add_moderator_with(
        &self,
        new: NewAccount,
        password: &str,
    ) -> Result<(), ServiceError> {
        passwords::check(password, &new.name)?;
        let hash = passwords::hash(password)?;
        let moderator = self.made(new).await?;
        self.store.set_password(moderator.id, hash).await?;
        Ok(())
    }

    async fn made(&self, new: NewAccount) -> Result<Moderator, ServiceError> {
        let new = NewModerator {
            name: account_name(&new.name)?,
            role: new.role,
            sites: self.sites_named(&new.sites).await?,
            at: Timestamp::now(),
        };
        Ok(self.store.add_moderator(new).await?)
    }

    async fn sites_named(&self, names: &[String]) -> Result<Vec<SiteId>, ServiceError> {
        let mut sites = Vec::with_capacity(names.len());
        for name in names {
            let found = self.store.site_by_name(name).await;
            let site = found.map_err(|error| match error {
                StoreError::NotFound => ServiceError::Field(FieldError::new(
                    "site",
                    format!("`{name}` is not known"),
                    "name one that `hamgate sites list` shows",
                )),
                other => other.into(),
            })?;
            sites.push(site.id);
        }
        Ok(sites)
    }

    /// Says what somebody may do, and on which sites; what is `None` stays. It
    /// holds from their next page on.
    ///
    /// # Errors
    /// There is no such account, a site is not known, or the store is
    /// unavailable.
    pub async fn change_rights(
        &self,
        name: &str,
        role: Option<Role>,
        sites: Option<&[String]>,
    ) -> Result<Role, ServiceError> {
        let moderator = self.store.credentials(name.trim()).await?.moderator;
        let sites = match sites {
            Some(names) => self.sites_named(names).await?,
            None => moderator.sites,
        };
        let role = role.unwrap_or(moderator.role);
        self.store.change_rights(moderator.id, role, sites).await?;
        tracing::info!(
            moderator = moderator.id.0,
            role = role.as_str(),
            "changed rights"
        );
        Ok(role)
    }

    /// Takes somebody's second factor away: from now on the password is enough.
    ///
    /// # Errors
    /// There is no such account, it has none, or the store is unavailable.
    pub async fn drop_second_factor(&self, name: &str) -> Result<(), ServiceError> {
        let moderator = self.store.credentials(name.trim()).await?.moderator;
        self.store.end_second_factor(moderator.id).await?;
        tracing::info!(moderator = moderator.id.0, "took a second factor away");
        Ok(())
    }

    /// Takes the password away, ends every session, and returns the token of a
    /// fresh one-time link.
    ///
    /// # Errors
    /// There is no such account, or the store is unavailable.
    pub async fn reset_moderator(&self, name: &str) -> Result<ClearToken, ServiceError> {
        let moderator = self.store.credentials(name.trim()).await?.moderator;
        self.store.drop_password(moderator.id).await?;
        self.link_for(&moderator).await
    }

    /// # Errors
    /// There is no such account, or the store is unavailable.
    pub async fn remove_moderator(&self, name: &str) -> Result<(), ServiceError> {
        let moderator = self.store.credentials(name.trim()).await?.moderator;
        Ok(self.store.remove_moderator(moderator.id).await?)
    }

    /// Every account, by name.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn moderators(&self) -> Result<Vec<AccountView>, ServiceError> {
        let sites = self.store.sites().await?;
        let name_of = |moderator: &Moderator| {
            let seen = sites.iter().filter(|site| moderator.sees(site.id));
            seen.map(|site| site.name.clone()).collect()
        };
        let moderators = self.store.moderators().await?;
        Ok(moderators
            .into_iter()
            .map(|moderator| AccountView {
                sites: (moderator.role != Role::Admin).then(|| name_of(&moderator)),
                id: moderator.id,
                name: moderator.name,
                role: moderator.role,
                has_password: moderator.has_password,
                has_second_factor: moderator.has_second_factor,
                created_at: moderator.created_at,
                last_sign_in: moderator.last_sign_in,
            })
            .collect())
    }

    /// Where there is no account at all, makes an admin; returns the name and
    /// the token of the one-time link.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn first_admin(&self) -> Result<Option<(String, ClearToken)>, ServiceError> {
        if !self.store.moderators().await?.is_empty() {
            return Ok(None);
        }
        let new = NewAccount {
            name: FIRST.to_owned(),
            role: Role::Admin,
            sites: Vec::new(),
        };
        Ok(Some((FIRST.to_owned(), self.add_moderator(new).await?)))
    }

    async fn link_for(&self, moderator: &Moderator) -> Result<ClearToken, ServiceError> {
        let token = ClearToken::generate()?;
        self.store
            .add_link(NewLink {
                moderator: moderator.id,
                token: ClearToken::hash(token.as_str()),
                ends_at: Timestamp::now()
                    .checked_add(LINK_LIFE)
                    .unwrap_or(Timestamp::MAX),
            })
            .await?;
        Ok(token)
    }
}

fn account_name(name: &str) -> Result<String, FieldError> {
    let name = name.trim();
    // A decision of the blog itself is by `api`.
    let is_ours = name.eq_ignore_ascii_case("api");
    let unusable = name.is_empty() || name.len() > MAX_NAME_BYTES || is_ours;
    if unusable || name.chars().any(char::is_control) {
        return Err(FieldError::new(
            "name",
            "is not an account's name",
            "give one line of 1 to 64 bytes, and not `api`",
        ));
    }
    Ok(name.to_owned())
}
