//! Where Akismet's protocol wants to hear of a decision. Anyone with a site's
//! key can name an address, so only the site's own is remembered.

use url::Url;

use super::error::ServiceError;
use super::installation::Installation;
use crate::domain::Site;
use crate::secret::{ClearKey, Purpose};
use crate::store::Callback;

/// Longest address, in bytes.
const MAX_URL_BYTES: usize = 2_000;
/// Longest number of a post, in bytes.
const MAX_POST_ID_BYTES: usize = 64;

/// A check's `callback`, as Akismet's protocol sends it.
#[derive(Debug, Clone)]
pub struct AkismetCallback {
    pub url: String,
    /// The key that came with the request: the blog takes no other.
    pub key: ClearKey,
    /// `comment_post_ID`.
    pub post_id: Option<String>,
}

impl Installation {
    /// The callback as it is kept, its key sealed; `None` if its address is not
    /// one of the site.
    pub(super) fn admitted_callback(
        &self,
        site: &Site,
        callback: AkismetCallback,
    ) -> Result<Option<Callback>, ServiceError> {
        let Some(url) = address_of(site, &callback.url) else {
            tracing::warn!(
                site = site.name,
                "a callback is not an address of the site, and was not remembered"
            );
            return Ok(None);
        };
        let key = callback.key.as_str().as_bytes();
        Ok(Some(Callback {
            url: url.into(),
            key: self.secret.seal(Purpose::AkismetKey, key)?,
            post_id: callback
                .post_id
                .filter(|id| !id.is_empty() && id.len() <= MAX_POST_ID_BYTES),
        }))
    }
}

/// The address, if it is on the site's own host, and on its port or one that
/// every web server has.
fn address_of(site: &Site, callback: &str) -> Option<Url> {
    let own = Url::parse(&site.url).ok()?;
    let url = Url::parse(callback)
        .ok()
        .filter(|_| callback.len() <= MAX_URL_BYTES)?;
    let web = matches!(url.scheme(), "http" | "https");
    let anonymous = url.username().is_empty() && url.password().is_none();
    let port = url.port().is_none() || url.port_or_known_default() == own.port_or_known_default();
    (web && anonymous && port && url.host().is_some() && url.host() == own.host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::{SiteId, SiteSettings};

    #[test]
    fn only_the_sites_own_host_is_called() {
        let site = Site {
            id: SiteId(1),
            name: "blog".into(),
            url: "https://blog.example:8443/".into(),
            public_id: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
            live_keys: 1,
            settings: SiteSettings::default(),
        };
        for own in [
            "https://blog.example:8443/wp-json/akismet/v1/webhook",
            "https://BLOG.example/index.php?rest_route=/akismet/v1/webhook",
            "http://blog.example/hook",
        ] {
            assert!(address_of(&site, own).is_some(), "{own}");
        }
        for foreign in [
            "https://other.example/hook",
            "https://blog.example.evil.example/hook",
            "https://blog.example@evil.example/hook",
            "https://user@blog.example/hook",
            "https://blog.example:9200/",
            "ftp://blog.example/hook",
            "/wp-json/akismet/v1/webhook",
            "",
        ] {
            assert!(address_of(&site, foreign).is_none(), "{foreign}");
        }
    }
}
