//! Sites and their keys: made, listed, rotated, revoked, recognised.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::error::ServiceError;
use super::installation::Installation;
use crate::domain::{FieldError, KeyKind, Site, SiteSettings};
use crate::secret::ClearKey;
use crate::store::{NewSite, StoreError};

/// How long the old key lives beside a new one, unless said otherwise.
pub const KEY_OVERLAP: Duration = Duration::from_hours(24);
/// Longest name of a site, in bytes.
const MAX_NAME_BYTES: usize = 100;

/// A site and its keys in the clear, to be shown once.
#[derive(Debug)]
pub struct NewKeys {
    pub site: Site,
    pub api_key: ClearKey,
    pub akismet_key: ClearKey,
}

impl Installation {
    /// Makes a site with fresh keys, or with the Akismet key that the blog
    /// already has.
    ///
    /// # Errors
    /// The name is taken or unusable, the URL or the key is unusable, or the
    /// store is unavailable.
    pub async fn add_site(
        &self,
        name: &str,
        url: &str,
        akismet_key: Option<&str>,
    ) -> Result<NewKeys, ServiceError> {
        let name = site_name(name)?;
        let url = site_url(url)?;
        let akismet_key = match akismet_key {
            None => ClearKey::generate(KeyKind::Akismet)?,
            Some(given) => ClearKey::akismet(given).ok_or_else(|| {
                FieldError::new(
                    "akismet-key",
                    "is not an Akismet key",
                    "give 12 hexadecimal digits, or leave it out for a fresh one",
                )
            })?,
        };
        let api_key = ClearKey::generate(KeyKind::Api)?;
        let site = self
            .store
            .add_site(NewSite {
                name,
                url,
                api_key: self.secret.key_mac(KeyKind::Api, api_key.as_str()),
                akismet_key: self.secret.key_mac(KeyKind::Akismet, akismet_key.as_str()),
            })
            .await?;
        Ok(NewKeys {
            site,
            api_key,
            akismet_key,
        })
    }

    /// Every site, by name.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn sites(&self) -> Result<Vec<Site>, ServiceError> {
        Ok(self.store.sites().await?)
    }

    /// The site of that name.
    ///
    /// # Errors
    /// There is none, or the store is unavailable.
    pub async fn site(&self, name: &str) -> Result<Site, ServiceError> {
        Ok(self.store.site_by_name(name).await?)
    }

    /// Gives a site a fresh key; the old one lives for `overlap` more.
    ///
    /// # Errors
    /// There is no such site, or the store is unavailable.
    pub async fn rotate_key(
        &self,
        name: &str,
        kind: KeyKind,
        overlap: Duration,
    ) -> Result<ClearKey, ServiceError> {
        let site = self.store.site_by_name(name).await?;
        let key = ClearKey::generate(kind)?;
        let old_until = SignedDuration::try_from(overlap)
            .ok()
            .and_then(|overlap| Timestamp::now().checked_add(overlap).ok())
            .unwrap_or(Timestamp::MAX);
        self.store
            .rotate_key(
                site.id,
                kind,
                self.secret.key_mac(kind, key.as_str()),
                old_until,
            )
            .await?;
        Ok(key)
    }

    /// Ends every key of a site at once; returns how many were live.
    ///
    /// # Errors
    /// There is no such site, or the store is unavailable.
    pub async fn revoke_keys(&self, name: &str) -> Result<u32, ServiceError> {
        let site = self.store.site_by_name(name).await?;
        Ok(self.store.revoke_keys(site.id).await?)
    }

    /// Gives a site another name or another address.
    ///
    /// # Errors
    /// One of them is unusable, the name is taken, there is no such site, or the
    /// store is unavailable.
    pub async fn move_site(
        &self,
        name: &str,
        new_name: Option<&str>,
        url: Option<&str>,
    ) -> Result<Site, ServiceError> {
        let site = self.store.site_by_name(name).await?;
        let new_name = new_name.map(site_name).transpose()?;
        let url = url.map(site_url).transpose()?;
        Ok(self.store.move_site(site.id, new_name, url).await?)
    }

    /// Changes a site's settings; they hold from the next request on.
    ///
    /// # Errors
    /// There is no such site, or the store is unavailable.
    pub async fn site_settings(
        &self,
        name: &str,
        change: impl FnOnce(&mut SiteSettings) + Send + 'static,
    ) -> Result<Site, ServiceError> {
        let site = self.store.site_by_name(name).await?;
        Ok(self.store.site_settings(site.id, Box::new(change)).await?)
    }

    /// The site whose live API key this is.
    ///
    /// # Errors
    /// The store is unavailable: then nobody is recognised, and nobody refused.
    pub async fn authenticate(&self, api_key: &str) -> Result<Option<Site>, StoreError> {
        let mac = self.secret.key_mac(KeyKind::Api, api_key);
        self.store.site_by_api_key(&mac).await
    }
}

fn site_name(name: &str) -> Result<String, FieldError> {
    let name = name.trim();
    if name.is_empty() || name.len() > MAX_NAME_BYTES || name.chars().any(char::is_control) {
        return Err(FieldError::new(
            "name",
            "is not a site's name",
            "give one line of 1 to 100 bytes",
        ));
    }
    Ok(name.to_owned())
}

fn site_url(url: &str) -> Result<String, FieldError> {
    url::Url::parse(url.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .map(|url| url.to_string())
        .ok_or_else(|| {
            FieldError::new(
                "url",
                "is not a web address",
                "give the blog's address, such as https://blog.example",
            )
        })
}
