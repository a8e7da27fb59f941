//! What an admin can do with the accounts of others.

use super::access::Admin;
use super::moderators::{AccountView, NewAccount};
use crate::domain::{FieldError, ModeratorId, Role};
use crate::secret::ClearToken;
use crate::service::ServiceError;
use crate::store::StoreError;

impl Admin {
    /// Makes an account; returns the token of its one-time link.
    ///
    /// # Errors
    /// As [`Installation::add_moderator`].
    pub async fn add_moderator(&self, new: NewAccount) -> Result<ClearToken, ServiceError> {
        let token = self.installation().add_moderator(new).await?;
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
            .installation()
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
        self.installation().reset_moderator(&person.name).await
    }

    /// Takes somebody's second factor away.
    ///
    /// # Errors
    /// It is one's own account, they have none, or the store is unavailable.
    pub async fn drop_second_factor(&self, person: &AccountView) -> Result<(), ServiceError> {
        self.another(person)?;
        self.installation().drop_second_factor(&person.name).await
    }

    /// Ends somebody's account; what they decided stays, under their name.
    ///
    /// # Errors
    /// It is one's own account, or the store is unavailable.
    pub async fn remove_moderator(&self, person: &AccountView) -> Result<(), ServiceError> {
        self.another(person)?;
        self.installation().remove_moderator(&person.name).await
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
