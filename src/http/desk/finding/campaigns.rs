//! Campaigns: comments that are near-duplicates of each other, by how they stand.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use url::form_urlencoded::Serializer;

use super::narrowed::Narrowed;
use crate::http::desk::answers::page as answer;
use crate::http::desk::here::{Choice, Here};
use crate::http::desk::marks::{Piece, mark};
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::whereabouts::Whereabouts;
use crate::http::desk::who::Visit;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{View, Viewer};
use crate::store::{Campaign, CampaignId, StoredComment};

/// Campaigns of a page.
const CAMPAIGNS: usize = 30;
/// Of their text, this many characters.
const TEXT_CHARS: usize = 240;

#[derive(Template)]
#[template(path = "campaigns.html")]
struct CampaignsTemplate {
    frame: Frame,
    sites: Vec<Choice>,
    views: Vec<Choice>,
    site: String,
    campaigns: Vec<Shown>,
    first: Option<String>,
    next: Option<String>,
}

/// A campaign in words.
struct Shown {
    size: String,
    text: Vec<Piece>,
    is_cut: bool,
    author: Option<String>,
    age: String,
    exact: String,
    machine_time: String,
    /// With the class of a tag: how many wait, were rejected, were accepted.
    parts: Vec<(&'static str, String)>,
    /// To those that wait, in words.
    waiting: Option<String>,
    queue: String,
    all: String,
}

/// Where the campaigns of a site are.
pub fn address(site: &str, after: Option<(Timestamp, CampaignId)>) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("site", site);
    if let Some((at, id)) = after {
        query.append_pair("after", &format!("{}_{}", at.as_microsecond(), id.0));
    }
    format!("/desk/campaigns?{}", query.finish())
}

/// `GET /desk/campaigns`
pub async fn page(
    visit: Visit,
    who: Viewer,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let here = Here::of(&who, Whereabouts::read(request.query_string())).await?;
    let after = after(request.query_string());
    let found = match &here.site {
        Some(site) => Some(who.campaigns(site, after, CAMPAIGNS).await?),
        None => None,
    };
    let now = Timestamp::now();
    let title = l.say("finding-campaigns");
    let next = found.as_ref().and_then(|found| found.next);
    let name = here.at.site.clone();
    let shown = CampaignsTemplate {
        frame: Frame::of(&visit, title),
        sites: here.sites(|site| address(&site.name, None)),
        views: here.views(l, None),
        campaigns: found
            .iter()
            .flat_map(|found| &found.campaigns)
            .map(|(campaign, newest)| Shown::of(l, &name, campaign, newest, now))
            .collect(),
        first: after.is_some().then(|| address(&name, None)),
        next: next.map(|next| address(&name, Some(next))),
        site: shown::plain(&name),
    };
    Ok(answer(StatusCode::OK, &shown))
}

impl Shown {
    fn of(
        l: Locale,
        site: &str,
        campaign: &Campaign,
        newest: &StoredComment,
        now: Timestamp,
    ) -> Self {
        let comment = &newest.comment;
        let name = comment.author.name.as_deref().map(str::trim);
        let queue = |view| {
            let there = Whereabouts {
                site: site.to_owned(),
                view,
                narrow: Narrowed {
                    campaign: Some(campaign.id.0),
                    ..Narrowed::default()
                },
                ..Whereabouts::default()
            };
            there.address()
        };
        let part = |class, key: &str, number: u64| {
            let said = l.count(key, number.cast_signed());
            (number > 0).then_some((class, said))
        };
        Self {
            size: l.count("finding-campaign-size", campaign.size().cast_signed()),
            text: mark(&comment.content, &[], TEXT_CHARS),
            is_cut: comment.content.chars().nth(TEXT_CHARS).is_some(),
            author: name
                .filter(|name| !name.is_empty())
                .map(|name| shown::plain(&name.chars().take(100).collect::<String>())),
            age: l.ago(campaign.last_at, now),
            exact: l.exact(campaign.last_at),
            machine_time: campaign.last_at.to_string(),
            parts: [
                part("either", "finding-campaign-waiting", campaign.waiting),
                part("spam", "finding-campaign-rejected", campaign.rejected),
                part("ham", "finding-campaign-accepted", campaign.accepted),
            ]
            .into_iter()
            .flatten()
            .collect(),
            waiting: (campaign.waiting > 0)
                .then(|| l.count("finding-campaign-decide", campaign.waiting.cast_signed())),
            queue: queue(View::Held),
            all: queue(View::All),
        }
    }
}

fn after(query: &str) -> Option<(Timestamp, CampaignId)> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, value) = pairs.find(|(name, _)| name == "after")?;
    let (at, id) = value.split_once('_')?;
    Some((
        Timestamp::from_microsecond(at.parse().ok()?).ok()?,
        CampaignId(id.parse().ok()?),
    ))
}
