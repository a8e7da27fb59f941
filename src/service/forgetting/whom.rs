//! What is to be forgotten, or whose: from what a person types to what the
//! store can look for.

use std::net::IpAddr;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::domain::{Author, Comment, CommentId, FieldError, Subject, Trace};
use crate::features::Features;
use crate::secret::Secret;
use crate::service::{Installation, ServiceError};
use crate::store::{Kept, Selected, Selection};

/// What to look for. Of comment, e-mail address, name and IP address one is
/// enough; site and time narrow it, or stand alone.
#[derive(Debug, Clone, Default)]
pub struct ToForget {
    pub comment: Option<CommentId>,
    pub email: Option<String>,
    pub name: Option<String>,
    pub ip: Option<IpAddr>,
    /// By name.
    pub site: Option<String>,
    /// Only what came earlier.
    pub before: Option<Timestamp>,
}

impl ToForget {
    /// By what is asked, without anybody's name.
    pub(super) fn asked(&self) -> Value {
        let kinds = [
            ("comment", self.comment.is_some()),
            ("email", self.email.is_some()),
            ("name", self.name.is_some()),
            ("ip", self.ip.is_some()),
        ];
        let kinds = kinds.into_iter().filter(|(_, given)| *given);
        let kinds: Vec<&str> = kinds.map(|(kind, _)| kind).collect();
        json!({ "by": kinds, "site": self.site, "before": self.before })
    }

    /// The keyed hashes that a comment of this person has.
    fn traces(&self, secret: &Secret) -> Result<Vec<Trace>, ServiceError> {
        let traces = traces_of(&self.author(), secret);
        let asked = [self.email.is_some(), self.name.is_some(), self.ip.is_some()];
        let asked = asked.into_iter().filter(|given| *given).count();
        if traces.len() < asked {
            return Err(FieldError::new(
                "name",
                "has nothing by which a person could be found",
                "give letters or digits of the name",
            )
            .into());
        }
        Ok(traces)
    }

    fn author(&self) -> Author {
        Author {
            name: self.name.clone(),
            email: self.email.clone(),
            ip: self.ip,
            ..Author::default()
        }
    }
}

/// Of name, e-mail address and network.
pub(super) fn traces_of(author: &Author, secret: &Secret) -> Vec<Trace> {
    let alone = Comment {
        author: Author {
            name: author.name.clone(),
            email: author.email.clone(),
            ip: author.ip,
            ..Author::default()
        },
        ..Comment::default()
    };
    let seen = Features::of(&alone).recognisable().into_iter();
    let personal = seen.filter(|(subject, _)| {
        matches!(
            subject,
            Subject::AuthorName | Subject::Email | Subject::IpPrefix
        )
    });
    personal
        .map(|(subject, value)| secret.trace(subject, &value))
        .collect()
}

fn address_mark(secret: &Secret, ip: IpAddr) -> [u8; 16] {
    secret.text_mark("address", &ip.to_canonical().to_string())
}

/// Whether the comment is of the selected person, by what it says of its author.
pub(super) fn is_of(author: &Author, selection: &Selection, secret: &Secret) -> bool {
    let traces = traces_of(author, secret);
    let mut of_person = selection
        .traces
        .iter()
        .filter(|trace| traces.contains(trace));
    of_person.any(
        |trace| match (trace.subject, selection.address, author.ip) {
            (Subject::IpPrefix, Some(address), Some(ip)) => address_mark(secret, ip) == address,
            _ => true,
        },
    )
}

impl Installation {
    pub(super) async fn selection(&self, whom: &ToForget) -> Result<Selection, ServiceError> {
        let traces = whom.traces(&self.secret)?;
        if whom.comment.is_none()
            && traces.is_empty()
            && whom.site.is_none()
            && whom.before.is_none()
        {
            return Err(FieldError::new(
                "comment",
                "is missing, and so is everything else to look for",
                "name a comment, a person, a site or a time",
            )
            .into());
        }
        let site = match &whom.site {
            Some(name) => Some(self.site(name).await?.id),
            None => None,
        };
        Ok(Selection {
            comment: whom.comment,
            traces,
            address: whom.ip.map(|ip| address_mark(&self.secret, ip)),
            site,
            before: whom.before,
        })
    }

    /// What the selection is about. A network is shared: what was found by it
    /// alone is only of the person if it came from their very address, or if
    /// nothing is left that could tell.
    pub(super) async fn selected(
        &self,
        selection: &Selection,
    ) -> Result<Vec<Selected>, ServiceError> {
        let mut found = Vec::new();
        for one in self.store.find_to_erase(selection.clone()).await? {
            if one.by_network_only {
                let kept = self.store.kept(one.site, one.comment_id).await?;
                let mut authors = authors(&kept).peekable();
                let unknown = authors.peek().is_none();
                if !unknown && !authors.any(|author| is_of(author, selection, &self.secret)) {
                    continue;
                }
            }
            found.push(one);
        }
        Ok(found)
    }
}

/// Of the comment as it is and as it was when it was labelled.
fn authors(kept: &Kept) -> impl Iterator<Item = &Author> {
    let file = kept.file.iter().map(|file| &file.stored.comment.author);
    let label = kept.label.iter().filter_map(|label| label.text.as_ref());
    file.chain(label.map(|comment| &comment.author))
}
