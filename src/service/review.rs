//! Comments with all that a person needs to decide on them.

use jiff::Timestamp;

use super::check::on_thread;
use super::error::ServiceError;
use super::installation::Installation;
use crate::domain::{CommentId, Decision, Judgement, Site, Verdict};
use crate::features::{Features, language};
use crate::store::{
    AuthorRecord, CommentFilter, DecisionFilter, Narrowing, Order, Place, Review, Seen, StoreError,
    StoredComment,
};

/// Which comments to look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// The queue: held, and undecided.
    #[default]
    Held,
    /// Accepted by the filter; nobody has looked.
    Accepted,
    /// Rejected by the filter; nobody has looked.
    Rejected,
    /// Decided by somebody.
    Decided,
}

/// A page of a view.
#[derive(Debug, Clone, Copy)]
pub struct QueueQuery {
    pub view: View,
    pub order: Order,
    pub after: Option<Place>,
    /// At most so many; 1 to 499.
    pub limit: usize,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct QueuePage {
    pub comments: Vec<Reviewed>,
    /// After which the next page begins; `None` at the end.
    pub next: Option<Place>,
}

/// A comment with what was found in it.
#[derive(Debug, Clone)]
pub struct Reviewed {
    pub stored: StoredComment,
    /// The latest.
    pub judgement: Judgement,
    /// `None` where the author gave no e-mail address.
    pub author: Option<AuthorRecord>,
    /// Ended ones included, oldest first; empty in a page of a view.
    pub decisions: Vec<Decision>,
    /// English name of the language, where it can be told.
    pub language: Option<&'static str>,
    /// Host of the author's URL; ASCII.
    pub author_host: Option<String>,
    /// Hosts that the text links to, each once; ASCII.
    pub link_hosts: Vec<String>,
    /// Registered domains of the author's URL and of the links, each once.
    pub domains: Vec<String>,
}

impl Reviewed {
    /// What a decision on it is about.
    pub fn seen(&self) -> Seen {
        Seen {
            updated_at: self.stored.updated_at,
            decision: self.stored.decision.as_ref().map(|decision| decision.id),
        }
    }

    /// When it came.
    pub fn at(&self) -> Timestamp {
        self.stored.received_at
    }

    fn of(review: Review, decisions: Vec<Decision>) -> Self {
        let features = Features::of(&review.stored.comment);
        let mut domains: Vec<String> = Vec::new();
        let links = features.author.url.iter().chain(&features.links);
        for link in links {
            if !domains.contains(&link.domain) {
                domains.push(link.domain.clone());
            }
        }
        let mut link_hosts: Vec<String> = Vec::new();
        for link in &features.links {
            if !link_hosts.contains(&link.host) {
                link_hosts.push(link.host.clone());
            }
        }
        Self {
            language: language::name(&features),
            author_host: features.author.url.as_ref().map(|url| url.host.clone()),
            link_hosts,
            domains,
            decisions,
            stored: review.stored,
            judgement: review.judgement,
            author: review.author,
        }
    }
}

impl QueueQuery {
    fn filter(&self) -> CommentFilter {
        let (verdict, decision) = match self.view {
            View::Held => (Some(Verdict::Hold), DecisionFilter::None),
            View::Accepted => (Some(Verdict::Accept), DecisionFilter::None),
            View::Rejected => (Some(Verdict::Reject), DecisionFilter::None),
            View::Decided => (None, DecisionFilter::Any),
        };
        CommentFilter {
            verdict,
            decision: Some(decision),
            q: None,
            narrow: Narrowing::default(),
            order: self.order,
            // One more tells whether there is a next page.
            limit: self.limit + 1,
            after: self.after,
        }
    }
}

impl Installation {
    /// A page of a site's comments to look at.
    ///
    /// # Errors
    /// The store is unavailable.
    pub async fn queue(&self, site: &Site, query: QueueQuery) -> Result<QueuePage, ServiceError> {
        let mut reviews = self.store.reviews(site.id, query.filter()).await?;
        let more = reviews.len() > query.limit;
        reviews.truncate(query.limit);
        let next = reviews.last().filter(|_| more);
        let next = next.map(|review| review.stored.place());
        let look = move || {
            let reviews = reviews.into_iter();
            reviews.map(|one| Reviewed::of(one, Vec::new())).collect()
        };
        Ok(QueuePage {
            comments: on_thread(true, look).await?,
            next,
        })
    }

    /// One comment to look at.
    ///
    /// # Errors
    /// It is not one of the site, or the store is unavailable.
    pub async fn reviewed(&self, site: &Site, id: CommentId) -> Result<Reviewed, ServiceError> {
        let file = self.store.comment(site.id, id).await?;
        let author = self.store.author_record(site.id, id).await?;
        let (_, judgement) = file
            .judgements
            .into_iter()
            .next_back()
            .ok_or_else(|| StoreError::Corrupt("a comment without a judgement".into()))?;
        let review = Review {
            stored: file.stored,
            judgement,
            author,
            campaign: self.store.campaign_of(site.id, id).await?,
        };
        on_thread(true, move || Reviewed::of(review, file.decisions)).await
    }
}
