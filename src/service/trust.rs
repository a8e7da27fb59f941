//! Authors and domains that a site's moderators trust or block. The filter
//! weighs it; see `src/filter/trusted.rs`.

use jiff::Timestamp;
use uuid::Uuid;

use super::error::ServiceError;
use super::installation::Installation;
use crate::domain::{CommentId, FieldError, Site, Subject, Trust};
use crate::features::Features;
use crate::store::{NewTrust, TrustEntry, fresh_id};

/// Of an author's name this many characters are shown in the list.
const SHOWN_CHARS: usize = 100;

/// Who or what of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// By the e-mail address.
    Author,
    /// A registered domain, of the author's URL or of a link.
    Domain(String),
}

impl Installation {
    /// Trusts or blocks the author of a comment, or a domain in it, from the
    /// next comment on.
    ///
    /// # Errors
    /// The author gave no e-mail address, the domain is not in the comment, the
    /// comment is not one of the site, or the store is unavailable.
    pub async fn trust(
        &self,
        site: &Site,
        id: CommentId,
        whom: Whom,
        trust: Trust,
        by: &str,
    ) -> Result<TrustEntry, ServiceError> {
        let comment = self.store.comment(site.id, id).await?.stored.comment;
        let known = Features::of(&comment).recognisable();
        let (is_domain, shown, subjects) = match whom {
            Whom::Author => {
                let email = known.iter().find(|(subject, _)| *subject == Subject::Email);
                let (_, email) = email.ok_or_else(|| {
                    FieldError::new(
                        "whom",
                        "has no e-mail address to be known by",
                        "trust or block a domain instead",
                    )
                })?;
                let name = comment.author.name.unwrap_or_default();
                let name = name.trim().chars().take(SHOWN_CHARS).collect();
                (false, name, vec![(Subject::Email, email.clone())])
            }
            Whom::Domain(domain) => {
                let named = |subject: Subject| {
                    matches!(subject, Subject::AuthorDomain | Subject::LinkDomain)
                };
                if !known
                    .iter()
                    .any(|(subject, value)| named(*subject) && *value == domain)
                {
                    return Err(FieldError::new(
                        "whom",
                        "is not in the comment",
                        "open the page again",
                    )
                    .into());
                }
                let both = [Subject::AuthorDomain, Subject::LinkDomain];
                let both = both.map(|subject| (subject, domain.clone()));
                (true, domain, both.to_vec())
            }
        };
        let new = NewTrust {
            site: site.id,
            id: fresh_id(),
            trust,
            traces: subjects
                .iter()
                .map(|(subject, value)| self.secret.trace(*subject, value))
                .collect(),
            shown,
            by: by.to_owned(),
            at: Timestamp::now(),
        };
        self.store.add_trust(new.clone()).await?;
        Ok(TrustEntry {
            id: new.id,
            trust,
            is_domain,
            shown: new.shown,
            by: new.by,
            at: new.at,
        })
    }

    /// A site's list, newest first.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn trust_list(&self, site: &Site) -> Result<Vec<TrustEntry>, ServiceError> {
        Ok(self.store.trust_list(site.id).await?)
    }

    /// Takes an entry off the list.
    ///
    /// # Errors
    /// It is not on the site's, or the store is unavailable.
    pub async fn remove_trust(&self, site: &Site, id: Uuid) -> Result<TrustEntry, ServiceError> {
        Ok(self.store.remove_trust(site.id, id).await?)
    }
}
