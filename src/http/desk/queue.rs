//! The queue, and one comment by itself.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::acting::{audit, bulk_done, surround, trust_done};
use super::answers::page as answer;
use super::card::Card;
use super::finding::{Finder, Narrowed};
use super::here::{Choice, Here};
use super::marks::Piece;
use super::page::Frame;
use super::whereabouts::Whereabouts;
use super::who::Visit;
use super::{phrases, shown};
use crate::domain::Site;
use crate::http::comments::known_id;
use crate::http::door::Door;
use crate::http::locale::{Locale, isolated};
use crate::http::problem::Problem;
use crate::service::{QueueQuery, Reviewed, View, Viewer};
use crate::store::{Facets, Place};

/// Cards of a page.
const CARDS: usize = 20;
/// Of a long text, a card shows this many code points.
const CARD_CHARS: usize = 1_000;

#[derive(Template)]
#[template(path = "queue.html")]
struct QueueTemplate {
    frame: Frame,
    sites: Vec<Choice>,
    views: Vec<Choice>,
    orders: Vec<Choice>,
    finder: Finder,
    site: String,
    /// What the page shows, in a word.
    heading: String,
    /// Comments that wait on the site.
    waiting: u64,
    empty: String,
    cards: Vec<Card>,
    may_decide: bool,
    /// Where the page is, for forms to come back to.
    back: String,
    first: Option<String>,
    next: Option<String>,
    done: Option<Done>,
    may_undo: bool,
    undo_page: Option<&'static str>,
    /// The site's name as forms send it.
    site_name: String,
    /// Cards that can be chosen together.
    choosable: usize,
    /// Where the site's audit is.
    audit: String,
}

/// What was just done, and can be taken back at once.
pub struct Done {
    pub said: String,
    /// Where; `None` if it was taken back.
    pub action: Option<String>,
    /// What the form there has to name; empty where the address says it.
    pub decision: String,
}

#[derive(Template)]
#[template(path = "comment.html")]
struct CommentTemplate {
    frame: Frame,
    card: Card,
    site: String,
    may_decide: bool,
    back: String,
    queue: String,
}

/// `GET /desk`
pub async fn page(
    visit: Visit,
    who: Viewer,
    door: Data<Door>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let here = Here::of(&who, Whereabouts::read(request.query_string())).await?;
    let (cards, next) = match &here.site {
        Some(site) => cards(l, &door, &who, site, &here.at).await?,
        None => (Vec::new(), None),
    };
    let facets = match &here.site {
        Some(site) => who.facets(site).await?,
        None => Facets::default(),
    };
    let saved = who.saved_filters().await?;
    let done = done(l, &who, &request).await;
    let heading = l.say(&format!("queue-heading-{}", here.at.view_word()));
    let shown = QueueTemplate {
        sites: here.sites(|site| {
            here.with(|there| {
                there.site.clone_from(&site.name);
                // A campaign is one site's.
                there.narrow = there.narrow.without("campaign");
            })
        }),
        views: here.views(l, Some(here.at.view)),
        orders: here.orders(l),
        finder: Finder::of(l, &here.at, facets, saved),
        heading: heading.clone(),
        waiting: here.waiting,
        empty: empty(l, &here),
        may_decide: who.may_decide().is_some(),
        back: here.at.query(),
        first: here.at.after.is_some().then(|| here.with(|_| ())),
        next: next.map(|next| here.with(|there| there.after = Some(next))),
        may_undo: done.as_ref().is_some_and(|done| done.action.is_some()),
        done,
        undo_page: None,
        audit: audit::address(&here.at.site, None),
        site_name: here.at.site.clone(),
        choosable: cards.iter().filter(|card| card.is_choosable).count(),
        frame: Frame::of(&visit, heading),
        site: shown::plain(&here.at.site),
        cards,
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// Why there is no card, and what to do about it.
fn empty(l: Locale, here: &Here) -> String {
    let narrow = &here.at.narrow;
    let has_letter = narrow.words.chars().any(char::is_alphanumeric);
    match &here.site {
        None => l.say("queue-empty-no-site"),
        Some(_) if !narrow.words.is_empty() && !has_letter => l.say("finding-no-word"),
        Some(_) if *narrow != Narrowed::default() => l.say("finding-empty"),
        Some(_) => l.say(&format!("queue-empty-{}", here.at.view_word())),
    }
}

async fn cards(
    l: Locale,
    door: &Door,
    who: &Viewer,
    site: &Site,
    here: &Whereabouts,
) -> Result<(Vec<Card>, Option<Place>), Problem> {
    let query = QueueQuery {
        view: here.view,
        order: here.order,
        narrow: here.narrow.narrowing(),
        after: here.after,
        limit: CARDS,
    };
    let page = who.queue(site, query).await?;
    let now = Timestamp::now();
    let mut cards: Vec<Card> = page
        .comments
        .iter()
        .map(|reviewed| Card::of(l, reviewed, CARD_CHARS, now))
        .collect();
    let ids: Vec<String> = cards.iter().skip(1).map(|card| card.id.clone()).collect();
    for (card, then) in cards.iter_mut().zip(ids) {
        card.then = Some(then);
    }
    for (card, reviewed) in cards.iter_mut().zip(&page.comments) {
        card.campaign = campaign_address(&site.name, reviewed);
        card.is_choosable = who.may_decide().is_some() && card.decided.is_none();
    }
    surround(l, door, who, site, &page.comments, &mut cards, false).await?;
    Ok((cards, page.next))
}

/// All comments like this one, whatever became of them.
fn campaign_address(site: &str, reviewed: &Reviewed) -> Option<String> {
    let campaign = reviewed.campaign.filter(|campaign| campaign.size() > 1)?;
    let there = Whereabouts {
        site: site.to_owned(),
        view: View::All,
        narrow: Narrowed {
            campaign: Some(campaign.id.0),
            ..Narrowed::default()
        },
        ..Whereabouts::default()
    };
    Some(there.address())
}

/// What was just done, if it still is.
async fn done(l: Locale, who: &Viewer, request: &HttpRequest) -> Option<Done> {
    if let Some(done) = bulk_done(l, who, request).await {
        return Some(done);
    }
    if let Some(done) = trust_done(l, who, request).await {
        return Some(done);
    }
    let query = request.query_string().as_bytes();
    let (_, id) = url::form_urlencoded::parse(query).find(|(name, _)| name == "done")?;
    let found = who.comment(known_id(&id).ok()?).await.ok()?;
    let card = Card::of(l, &found.reviewed, 0, Timestamp::now());
    let decision = found.reviewed.stored.decision?;
    (decision.by == who.name()).then(|| Done {
        said: said(
            l,
            &format!("said-{}", phrases::done_word(&decision)),
            &card.author_plain,
        ),
        action: Some(format!("/desk/comments/{}/undo", card.id)),
        decision: decision.id.to_string(),
    })
}

/// What was done, as it is announced.
pub fn said(l: Locale, key: &str, author: &str) -> String {
    l.with(key, &[("author", isolated(author))])
}

/// `GET /desk/comments/{comment_id}`
pub async fn comment(
    visit: Visit,
    who: Viewer,
    door: Data<Door>,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = who.comment(known_id(&id)?).await?;
    let reviewed = std::slice::from_ref(&found.reviewed);
    let card = Card::of(visit.l, &found.reviewed, usize::MAX, Timestamp::now());
    let mut cards = [card];
    surround(
        visit.l,
        &door,
        &who,
        &found.site,
        reviewed,
        &mut cards,
        true,
    )
    .await?;
    let [mut card] = cards;
    card.campaign = campaign_address(&found.site.name, &found.reviewed);
    let here = Whereabouts {
        site: found.site.name.clone(),
        ..Whereabouts::default()
    };
    let shown = CommentTemplate {
        frame: Frame::of(&visit, said(visit.l, "comment-title", &card.author_plain)),
        card,
        site: shown::plain(&found.site.name),
        may_decide: who.may_decide().is_some(),
        back: here.query(),
        queue: here.address(),
    };
    Ok(answer(StatusCode::OK, &shown))
}
