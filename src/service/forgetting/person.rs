//! All that is kept about a person, to be given to them.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use super::whom::{ToForget, is_of};
use crate::domain::{Comment, Label, Subject, Tally, Trust};
use crate::service::views::CommentDetail;
use crate::service::{Installation, ServiceError};
use crate::store::{HistoryQuery, Kept, ModelHash};

/// What is kept about a person, readable.
#[derive(Debug, Clone, Serialize)]
pub struct PersonExport {
    pub made_at: Timestamp,
    /// The kinds of what was asked by.
    pub asked: Value,
    /// Their comments, the oldest first.
    pub comments: Vec<KeptComment>,
    /// Honest comments of theirs that an owner pinned.
    pub pinned: Vec<Comment>,
    /// Lists of whom moderators trust or block that they are on.
    pub listed: Vec<ListedPerson>,
    /// By keyed hashes of e-mail address, name and network, what people said of
    /// comments that had them. Others may share the name and the network.
    pub said: Vec<Said>,
}

/// A comment, or what is left of one.
#[derive(Debug, Clone, Serialize)]
pub struct KeptComment {
    pub comment_id: String,
    pub site: String,
    /// The comment with its judgements and decisions; absent once it is
    /// forgotten.
    pub comment: Option<CommentDetail>,
    /// What a person called it, and the text that was learnt from.
    pub label: Option<LabelView>,
    /// What webhooks are told of it.
    pub webhook_messages: Vec<Value>,
    pub idempotency_keys: Vec<String>,
    /// Where the blog hears of decisions by Akismet's protocol.
    pub akismet_callback: Option<String>,
    /// Models that learnt from it. They hold hashed counts and no text.
    pub models: Vec<ModelHash>,
    /// It is known by a network that others share, and may not be theirs.
    pub found_by_network_only: bool,
}

/// A label as it is exported.
#[derive(Debug, Clone, Serialize)]
pub struct LabelView {
    pub label: Label,
    pub at: Timestamp,
    pub text: Option<Comment>,
}

/// An entry of a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListedPerson {
    pub site: String,
    pub trust: Trust,
    pub shown: String,
    pub at: Timestamp,
}

/// A tally of one of the person's marks on one site.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub site: String,
    pub of: &'static str,
    pub tally: Tally,
}

impl Installation {
    /// Everything that is kept about a person.
    ///
    /// # Errors
    /// Nobody is named, there is no such site, or the store is unavailable.
    pub async fn export_person(&self, whom: &ToForget) -> Result<PersonExport, ServiceError> {
        let selection = self.selection(whom).await?;
        let sites = self.sites().await?;
        let name_of = |id| {
            let site = sites.iter().find(|site| site.id == id);
            site.map_or_else(String::new, |site| site.name.clone())
        };
        let mut comments = Vec::new();
        for one in self.selected(&selection).await? {
            let kept = self.store.kept(one.site, one.comment_id).await?;
            comments.push(KeptComment {
                comment_id: one.comment_id.to_string(),
                site: name_of(one.site),
                found_by_network_only: one.by_network_only,
                ..KeptComment::of(kept)
            });
        }
        let mut said = Vec::new();
        let asked_of = sites.iter().filter(|site| {
            let only = selection.site;
            only.is_none_or(|only| only == site.id)
        });
        for site in asked_of {
            let query = HistoryQuery {
                site: site.id,
                traces: selection.traces.clone(),
                fingerprint: None,
                own_id: None,
                own: None,
            };
            for known in self.store.history(query).await?.known {
                said.push(Said {
                    site: site.name.clone(),
                    of: name(known.trace.subject),
                    tally: known.tally,
                });
            }
        }
        let listed = self.store.listed(selection.clone()).await?.into_iter();
        let listed = listed.map(|entry| ListedPerson {
            site: name_of(entry.site),
            trust: entry.trust,
            shown: entry.shown,
            at: entry.at,
        });
        let listed = listed.collect();
        let pinned = self.store.pinned().await?.into_iter();
        let theirs = pinned.filter(|pin| is_of(&pin.comment.author, &selection, &self.secret));
        Ok(PersonExport {
            made_at: Timestamp::now(),
            asked: whom.asked(),
            comments,
            listed,
            pinned: theirs.map(|pin| pin.comment).collect(),
            said,
        })
    }
}

impl KeptComment {
    fn of(kept: Kept) -> Self {
        let messages = kept.messages.into_iter();
        let message = |message: crate::store::KeptMessage| json!({ "at": message.at, "state": message.state, "event": message.event });
        Self {
            comment_id: String::new(),
            site: String::new(),
            comment: kept.file.map(CommentDetail::from),
            label: kept.label.map(|label| LabelView {
                label: label.label,
                at: label.at,
                text: label.text,
            }),
            webhook_messages: messages.map(message).collect(),
            idempotency_keys: kept.requests,
            akismet_callback: kept.callback,
            models: kept.models,
            found_by_network_only: false,
        }
    }
}

fn name(subject: Subject) -> &'static str {
    match subject {
        Subject::AuthorName => "name",
        Subject::Email => "email",
        Subject::IpPrefix => "network",
        Subject::AuthorDomain | Subject::LinkDomain => "domain",
    }
}
