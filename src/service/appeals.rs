//! An author says that a comment which was held or rejected is no spam: by a
//! signed link, without an account, once for each text.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use data_encoding::BASE32_NOPAD;
use jiff::{SignedDuration, Timestamp};
use thiserror::Error;
use uuid::Uuid;

use super::accounts::{Bucket, network};
use super::error::ServiceError;
use super::live::Service;
use crate::domain::{CommentId, Site, SiteId, Verdict};
use crate::secret::{Proof, Secret};
use crate::store::{NewAppeal, Recorded, StoreError};

/// How long a link is good: whoever was held back hears of it at once.
pub const APPEAL_DAYS: u32 = 30;
/// Longest message, in characters; more is cut off.
pub const APPEAL_CHARS: usize = 500;
/// A site, a comment, and the second in which the link ends.
const LINK_BYTES: usize = 8 + 16 + 8;

/// Why an appeal was not taken.
#[derive(Debug, Error)]
pub enum AppealError {
    /// Made up, ended, or of a site that takes none: which of them is not told.
    #[error("the link does not work")]
    DeadLink,
    #[error("too many appeals; wait {} s", .0.as_secs())]
    TooMany(Duration),
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// What a link is about.
struct Link {
    site: SiteId,
    comment_id: CommentId,
    ends_at: Timestamp,
}

impl Link {
    /// `CONTENT.PROOF`, in letters that every address can hold.
    fn write(&self, secret: &Secret) -> String {
        let mut bytes = Vec::with_capacity(LINK_BYTES);
        bytes.extend(self.site.0.to_be_bytes());
        bytes.extend(self.comment_id.0.as_bytes());
        bytes.extend(self.ends_at.as_second().to_be_bytes());
        let content = BASE32_NOPAD.encode(&bytes).to_lowercase();
        format!("{content}.{}", secret.prove(Proof::Appeal, &content))
    }

    /// `None` for what this installation has not written, and what has ended.
    fn read(token: &str, secret: &Secret, now: Timestamp) -> Option<Self> {
        let (content, proof) = token.split_once('.')?;
        if !secret.is_proven(Proof::Appeal, content, proof) {
            return None;
        }
        let bytes = BASE32_NOPAD.decode(content.to_ascii_uppercase().as_bytes());
        let bytes: [u8; LINK_BYTES] = bytes.ok()?.try_into().ok()?;
        let (site, rest) = bytes.split_first_chunk()?;
        let (comment_id, rest) = rest.split_first_chunk()?;
        let link = Self {
            site: SiteId(i64::from_be_bytes(*site)),
            comment_id: CommentId(Uuid::from_bytes(*comment_id)),
            ends_at: Timestamp::from_second(i64::from_be_bytes(rest.try_into().ok()?)).ok()?,
        };
        (now < link.ends_at).then_some(link)
    }
}

impl Service {
    /// Whether authors of the site's comments can appeal.
    pub fn takes_appeals(&self, site: &Site) -> bool {
        site.settings.appeals && !self.public_url.is_empty()
    }

    /// Where the author of a comment that is held or rejected can appeal.
    pub(super) fn appeal_url(&self, site: &Site, recorded: &Recorded) -> Option<String> {
        if !self.takes_appeals(site) || recorded.judgement.verdict == Verdict::Accept {
            return None;
        }
        let days = SignedDuration::from_hours(24 * i64::from(APPEAL_DAYS));
        let link = Link {
            site: site.id,
            comment_id: recorded.comment_id,
            // From the judgement on: a repeated answer has the same link.
            ends_at: recorded.at.checked_add(days).ok()?,
        };
        let token = link.write(&self.installation().secret);
        Some(format!("{}/appeal/{token}", self.public_url))
    }

    /// The site whose comment the link is about. Nothing is told of the comment.
    ///
    /// # Errors
    /// The link does not work, or the store is unavailable.
    pub async fn site_of_appeal(&self, token: &str) -> Result<Site, AppealError> {
        Ok(self.appeal_link(token).await?.0)
    }

    /// Takes an appeal, and returns the site that it is made to. Whoever comes
    /// twice, or after a decision, or when the comment is forgotten, gets the
    /// same answer: a link is no way to find out what became of a comment.
    ///
    /// # Errors
    /// The link does not work, appeals come too fast from this network or to
    /// this site, or the store is unavailable; then nothing is kept.
    pub async fn appeal(
        &self,
        token: &str,
        message: &str,
        from: Option<IpAddr>,
    ) -> Result<Site, AppealError> {
        let (site, link) = self.appeal_link(token).await?;
        let buckets = [Bucket::Appeals(network(from)), Bucket::AppealsTo(site.id)];
        let begun = self.appeals.begin(&buckets, Instant::now());
        begun.map_err(AppealError::TooMany)?;
        let message: String = message.trim().chars().take(APPEAL_CHARS).collect();
        let taken = self
            .installation()
            .store
            .appeal(NewAppeal {
                site: site.id,
                comment_id: link.comment_id,
                message: Some(message).filter(|message| !message.is_empty()),
                at: Timestamp::now(),
            })
            .await;
        match taken {
            Ok(true) => {
                tracing::info!(comment = %link.comment_id, "an author appealed");
                Ok(site)
            }
            Ok(false) | Err(StoreError::NotFound) => Ok(site),
            Err(error) => Err(ServiceError::from(error).into()),
        }
    }

    async fn appeal_link(&self, token: &str) -> Result<(Site, Link), AppealError> {
        let secret = &self.installation().secret;
        let link = Link::read(token, secret, Timestamp::now()).ok_or(AppealError::DeadLink)?;
        match self.installation().store.site_by_id(link.site).await {
            Ok(site) if self.takes_appeals(&site) => Ok((site, link)),
            Ok(_) | Err(StoreError::NotFound) => Err(AppealError::DeadLink),
            Err(error) => Err(ServiceError::from(error).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(ends_at: i64) -> Link {
        Link {
            site: SiteId(7),
            comment_id: CommentId(Uuid::from_u128(0x0019_ab3a_47b1_c7e5)),
            ends_at: Timestamp::from_second(ends_at).unwrap(),
        }
    }

    #[test]
    fn a_link_says_what_it_is_about_until_it_ends() {
        let secret = Secret::from_bytes([1; 32]);
        let token = link(1_000).write(&secret);
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let read = Link::read(&token, &secret, at(999)).unwrap();
        assert_eq!(
            (read.site, read.comment_id),
            (SiteId(7), link(0).comment_id)
        );
        assert!(Link::read(&token, &secret, at(1_000)).is_none());
        let other = Secret::from_bytes([2; 32]);
        assert!(Link::read(&token, &other, at(999)).is_none());
    }

    #[test]
    fn no_part_of_a_link_can_be_changed() {
        let secret = Secret::from_bytes([1; 32]);
        let token = link(1_000).write(&secret);
        let now = Timestamp::UNIX_EPOCH;
        for place in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[place] = if bytes[place] == b'a' { b'b' } else { b'a' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(Link::read(&changed, &secret, now).is_none(), "{changed}");
        }
        let content = token.split_once('.').unwrap().0;
        for proof in [
            secret.prove(Proof::Form, content),
            secret.prove(Proof::Device, content),
            String::new(),
        ] {
            let forged = format!("{content}.{proof}");
            assert!(Link::read(&forged, &secret, now).is_none());
        }
        for nonsense in ["", ".", "a", "a.", ".a"] {
            assert!(Link::read(nonsense, &secret, now).is_none());
        }
    }
}
