//! The queue, and one comment by itself.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::acting::{audit, bulk_done, surround, trust_done};
use super::answers::page as answer;
use super::card::Card;
use super::marks::Piece;
use super::page::Frame;
use super::whereabouts::{ORDERS, VIEWS, Whereabouts};
use super::who::Visit;
use super::{phrases, shown};
use crate::domain::Site;
use crate::http::comments::known_id;
use crate::http::door::Door;
use crate::http::locale::{Locale, isolated};
use crate::http::problem::Problem;
use crate::service::{QueueQuery, View, Viewer};

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

/// Something to choose, by a link.
pub struct Choice {
    pub name: String,
    pub address: String,
    pub is_chosen: bool,
    /// How many comments wait behind it.
    pub waiting: Option<u64>,
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
    let mut here = Whereabouts::read(request.query_string());
    let mut sites = Vec::new();
    for site in who.sites() {
        sites.push((site, who.waiting(site).await?));
    }
    let site = match here.site.as_str() {
        "" => sites
            .iter()
            .find(|(_, waiting)| *waiting > 0)
            .or(sites.first())
            .map(|(site, _)| (*site).clone()),
        name => Some(who.site(name)?.clone()),
    };
    let waiting = sites
        .iter()
        .find(|(one, _)| Some(one.id) == site.as_ref().map(|site| site.id))
        .map_or(0, |(_, waiting)| *waiting);
    here.site = site
        .as_ref()
        .map_or_else(String::new, |site| site.name.clone());
    let (cards, next) = match &site {
        Some(site) => cards(l, &door, &who, site, &here).await?,
        None => (Vec::new(), None),
    };
    let at = |change: &dyn Fn(&mut Whereabouts)| {
        let mut there = here.clone();
        there.after = None;
        change(&mut there);
        there.address()
    };
    let done = done(l, &who, &request).await;
    let heading = l.say(&format!("queue-heading-{}", here.view_word()));
    let shown = QueueTemplate {
        sites: sites
            .iter()
            .map(|(site, waiting)| Choice {
                address: at(&|there| there.site.clone_from(&site.name)),
                is_chosen: site.name == here.site,
                name: shown::plain(&site.name),
                waiting: Some(*waiting),
            })
            .collect(),
        views: VIEWS
            .into_iter()
            .map(|(view, word)| Choice {
                name: l.say(&format!("queue-view-{word}")),
                address: at(&|there| there.view = view),
                is_chosen: view == here.view,
                waiting: (view == View::Held).then_some(waiting),
            })
            .collect(),
        orders: ORDERS
            .into_iter()
            .map(|(order, word)| Choice {
                name: l.say(&format!("queue-order-{word}")),
                address: at(&|there| there.order = order),
                is_chosen: order == here.order,
                waiting: None,
            })
            .collect(),
        heading: heading.clone(),
        waiting,
        empty: match &site {
            None => l.say("queue-empty-no-site"),
            Some(_) => l.say(&format!("queue-empty-{}", here.view_word())),
        },
        may_decide: who.may_decide().is_some(),
        back: here.query(),
        first: here.after.is_some().then(|| at(&|_| ())),
        next: next.map(|next| at(&|there| there.after = Some(next))),
        may_undo: done.as_ref().is_some_and(|done| done.action.is_some()),
        done,
        undo_page: None,
        audit: audit::address(&here.site, None),
        site_name: here.site.clone(),
        choosable: cards.iter().filter(|card| card.is_choosable).count(),
        frame: Frame::of(&visit, heading),
        site: shown::plain(&here.site),
        cards,
    };
    Ok(answer(StatusCode::OK, &shown))
}

async fn cards(
    l: Locale,
    door: &Door,
    who: &Viewer,
    site: &Site,
    here: &Whereabouts,
) -> Result<(Vec<Card>, Option<crate::store::Place>), Problem> {
    let query = QueueQuery {
        view: here.view,
        order: here.order,
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
    for card in &mut cards {
        card.is_choosable = who.may_decide().is_some() && card.decided.is_none();
    }
    surround(l, door, who, site, &page.comments, &mut cards, false).await?;
    Ok((cards, page.next))
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
    let [card] = cards;
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
