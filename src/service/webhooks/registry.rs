//! Webhooks of a site: added, listed, given another secret, removed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::{Host, Url};

use super::signature::SigningKey;
use crate::domain::{EventKind, FieldError, Site, WebhookId};
use crate::outbound::{Reach, reach};
use crate::secret::Purpose;
use crate::service::{Installation, ServiceError};
use crate::store::{LoggedAttempt, NewWebhook, Webhook, fresh_id};

/// Longest address, in bytes.
const MAX_URL_BYTES: usize = 2_000;

/// A webhook's secret in the clear, to be shown once.
#[derive(Clone)]
pub struct NewSecret {
    /// `whsec_…`, as the Standard Webhooks libraries take it.
    pub shown: String,
}

impl Installation {
    /// Adds a webhook of a site; all events where none is named.
    ///
    /// # Errors
    /// The address is unusable, or the store is unavailable.
    pub async fn add_webhook(
        &self,
        site: &Site,
        url: &str,
        mut events: Vec<EventKind>,
        allow_private: bool,
    ) -> Result<(Webhook, NewSecret), ServiceError> {
        if events.is_empty() {
            events = EventKind::ALL.to_vec();
        }
        events.sort_unstable();
        events.dedup();
        let url = address(url, allow_private)?;
        let key = SigningKey::generate()?;
        let webhook = self
            .store
            .add_webhook(NewWebhook {
                id: WebhookId(fresh_id()),
                site: site.id,
                url,
                events,
                secret: self.secret.seal(Purpose::WebhookSecret, key.as_bytes())?,
                at: Timestamp::now(),
            })
            .await?;
        Ok((webhook, NewSecret { shown: key.shown() }))
    }

    /// Webhooks of one site or of all, oldest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn webhooks(&self, site: Option<&Site>) -> Result<Vec<Webhook>, ServiceError> {
        Ok(self.store.webhooks(site.map(|site| site.id)).await?)
    }

    /// Gives a webhook a fresh secret; the old one signs too for `overlap` more.
    ///
    /// # Errors
    /// There is no such webhook, or the store is unavailable.
    pub async fn rotate_webhook(
        &self,
        id: WebhookId,
        overlap: Duration,
    ) -> Result<NewSecret, ServiceError> {
        let key = SigningKey::generate()?;
        let sealed = self.secret.seal(Purpose::WebhookSecret, key.as_bytes())?;
        let old_until = SignedDuration::try_from(overlap)
            .ok()
            .and_then(|overlap| Timestamp::now().checked_add(overlap).ok())
            .unwrap_or(Timestamp::MAX);
        self.store.rotate_webhook(id, sealed, old_until).await?;
        Ok(NewSecret { shown: key.shown() })
    }

    /// Switches a webhook off; [`Installation::retry_messages`] switches it on
    /// again.
    ///
    /// # Errors
    /// There is no such webhook, or the store is unavailable.
    pub async fn pause_webhook(&self, id: WebhookId) -> Result<(), ServiceError> {
        Ok(self.store.pause_webhook(id, Timestamp::now()).await?)
    }

    /// Forgets a webhook with its messages.
    ///
    /// # Errors
    /// There is no such webhook, or the store is unavailable.
    pub async fn remove_webhook(&self, id: WebhookId) -> Result<(), ServiceError> {
        Ok(self.store.remove_webhook(id).await?)
    }

    /// Makes a site's messages due now, those that were given up too; returns
    /// how many there are. A webhook that is named is switched on again.
    ///
    /// # Errors
    /// The site has no such webhook, or the store is unavailable.
    pub async fn retry_messages(
        &self,
        site: &Site,
        webhook: Option<WebhookId>,
    ) -> Result<u64, ServiceError> {
        let now = Timestamp::now();
        Ok(self.store.retry_messages(site.id, webhook, now).await?)
    }

    /// The newest attempts to deliver, newest first.
    ///
    /// # Errors
    /// The site has no such webhook, or the store is unavailable.
    pub async fn delivery_log(
        &self,
        site: &Site,
        webhook: Option<WebhookId>,
        limit: usize,
    ) -> Result<Vec<LoggedAttempt>, ServiceError> {
        Ok(self.store.attempts(site.id, webhook, limit).await?)
    }
}

/// A webhook's address. A name is looked up when it is called, and only then.
fn address(text: &str, allow_private: bool) -> Result<String, FieldError> {
    let refused = |problem: &str, remedy| FieldError::new("url", problem, remedy);
    let mut url = Url::parse(text.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| {
            refused(
                "is not a web address",
                "give the receiver's address, such as https://blog.example/hamgate",
            )
        })?;
    if text.len() > MAX_URL_BYTES {
        return Err(refused("is too long", "give at most 2000 bytes"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused(
            "has a user's name or password in it",
            "leave them out: the signature tells the receiver who calls",
        ));
    }
    let reaches = match url.host() {
        Some(Host::Ipv4(address)) => reach(address.into()),
        Some(Host::Ipv6(address)) => reach(address.into()),
        _ => Reach::Public,
    };
    match reaches {
        Reach::Public => {}
        Reach::Private if allow_private => {}
        Reach::Private => {
            return Err(refused(
                "is an address of this machine or its network",
                "give a public one, or set `webhooks.allow_private` to true",
            ));
        }
        Reach::Never => {
            return Err(refused(
                "is an address that is never called",
                "give the address of a web server",
            ));
        }
    }
    url.set_fragment(None);
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_browsers_read_them() {
        for private in [
            "http://127.0.0.1:8000/hook",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://0x7f.1/",
            "http://[::ffff:10.0.0.1]/",
            "http://[::1]/",
            "https://１２７.0.0.1/",
        ] {
            let refused = address(private, false).unwrap_err().to_string();
            assert!(refused.contains("this machine"), "{private}: {refused}");
            assert!(address(private, true).is_ok(), "{private}");
        }
        for never in ["http://169.254.169.254/", "http://0/", "http://[ff02::1]/"] {
            assert!(address(never, true).is_err(), "{never}");
        }
        for unusable in [
            "blog.example/hook",
            "ftp://blog.example",
            "https://user@blog.example/",
            "https://:secret@blog.example/",
            "https://",
            "",
        ] {
            assert!(address(unusable, true).is_err(), "{unusable}");
        }
        let kept = address(" https://Blog.example/hook?a=1#part ", false);
        assert_eq!(kept.unwrap(), "https://blog.example/hook?a=1");
    }
}
