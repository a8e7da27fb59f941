//! Every site, and a form for one more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;

use super::once::Once;
use super::refusal::told;
use crate::http::desk::answers::page as answer;
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::problem::Problem;
use crate::service::{Admin, NewKeys};

#[derive(Template)]
#[template(path = "sites.html")]
struct SitesTemplate {
    frame: Frame,
    tab: &'static str,
    sites: Vec<SiteRow>,
    wrong: Option<String>,
    typed: Typed,
}

struct SiteRow {
    number: i64,
    name: String,
    url: String,
    keys: String,
    waiting: String,
}

/// What was filled in, to be corrected.
#[derive(Default)]
struct Typed {
    name: String,
    url: String,
    akismet_key: String,
}

/// `GET /desk/sites`
pub async fn page(visit: Visit, who: Admin) -> Result<HttpResponse, Problem> {
    shown_to(&visit, &who, StatusCode::OK, None, Typed::default()).await
}

/// `POST /desk/sites`
pub async fn add(visit: Visit, who: Admin, fields: Fields) -> Result<HttpResponse, Problem> {
    let (name, url) = (fields.get("name"), fields.get("url"));
    let key = fields.get("akismet_key").trim();
    let added = who.add_site(name, url, (!key.is_empty()).then_some(key));
    match added.await {
        Ok(keys) => Ok(keys_of(&visit, &keys)),
        Err(error) => {
            let (status, wrong) = told(visit.l, error)?;
            let typed = Typed {
                name: name.to_owned(),
                url: url.to_owned(),
                akismet_key: key.to_owned(),
            };
            shown_to(&visit, &who, status, Some(wrong), typed).await
        }
    }
}

fn keys_of(visit: &Visit, keys: &NewKeys) -> HttpResponse {
    let l = visit.l;
    let once = Once {
        title: l.say("sites-keys-title"),
        about: l.with(
            "sites-keys-about",
            &[("site", shown::plain(&keys.site.name).into())],
        ),
        secrets: vec![
            (l.say("sites-api-key"), keys.api_key.as_str().to_owned()),
            (
                l.say("sites-akismet-key"),
                keys.akismet_key.as_str().to_owned(),
            ),
        ],
        back: format!("/desk/sites/{}", keys.site.id.0),
        tab: "sites",
    };
    once.shown(visit)
}

async fn shown_to(
    visit: &Visit,
    who: &Admin,
    status: StatusCode,
    wrong: Option<String>,
    typed: Typed,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let mut sites = Vec::new();
    for site in who.sites() {
        sites.push(SiteRow {
            number: site.id.0,
            name: shown::plain(&site.name),
            url: shown::plain(&site.url),
            keys: match site.live_keys {
                0 => l.say("sites-no-key"),
                _ => l.with(
                    "sites-since",
                    &[("when", l.ago(site.created_at, Timestamp::now()).into())],
                ),
            },
            waiting: l.count("sites-waiting", who.waiting(site).await?),
        });
    }
    let shown = SitesTemplate {
        frame: Frame::of(visit, l.say("sites-title")),
        tab: "sites",
        sites,
        wrong,
        typed,
    };
    Ok(answer(status, &shown))
}
