//! One site: its name and address, how it behaves, its keys, its webhooks.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::behaviour::{Behaviour, percent};
use super::once::Once;
use super::refusal::{missing, told};
use super::webhooks::{WebhookRow, rows};
use crate::domain::{EventKind, FieldError, HoldAnswer, KeyKind, Site};
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::whereabouts::Whereabouts;
use crate::http::desk::who::Visit;
use crate::http::desk::{phrases, shown};
use crate::http::door::Door;
use crate::http::problem::Problem;
use crate::service::{Admin, KEY_OVERLAP};

#[derive(Template)]
#[template(path = "site.html")]
struct SiteTemplate {
    frame: Frame,
    tab: &'static str,
    number: i64,
    name: String,
    url: String,
    /// As they are kept, to be typed over.
    kept: (String, String),
    queue: String,
    is_unnamed: bool,
    about: String,
    /// The key of the message that says what was just done.
    done: Option<String>,
    wrong: Option<String>,
    holds: Vec<Choice>,
    discard: bool,
    max_ham_rejected: String,
    max_spam_accepted: String,
    common_ham_rejected: String,
    common_spam_accepted: String,
    rejects: Vec<Choice>,
    thresholds: String,
    retention: String,
    own_rules: String,
    keys: String,
    has_keys: bool,
    webhooks: Vec<WebhookRow>,
    events: Vec<Choice>,
}

/// One of several.
struct Choice {
    word: &'static str,
    said: String,
    is_chosen: bool,
}

/// What can have been done before the page is shown again.
const DONE: [&str; 6] = ["moved", "set", "revoked", "paused", "resumed", "removed"];
/// The site that the first start makes fits no blog until it is moved.
const NO_BLOG: &str = "http://localhost/";

/// `GET /desk/sites/{site}`
pub async fn page(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    site: Path<i64>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = url::form_urlencoded::parse(request.query_string().as_bytes());
    let done = query.into_owned().find(|(name, _)| name == "done");
    let done = done.and_then(|(_, done)| DONE.into_iter().find(|known| *known == done));
    let said = done.map(|done| visit.l.say(&format!("site-done-{done}")));
    shown_to(&visit, &who, &door, *site, (StatusCode::OK, said, None)).await
}

/// `POST /desk/sites/{site}`
pub async fn change(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    site: Path<i64>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let own = who.numbered_site(*site).map_err(missing)?;
    let (done, outcome) = match fields.get("do") {
        "move" => {
            let moved = who.move_site(own, fields.get("name"), fields.get("url"));
            ("moved", moved.await)
        }
        "set" => {
            let outcome = match Behaviour::read(&fields) {
                Ok(behaviour) => {
                    who.set(own, move |settings| behaviour.apply(settings))
                        .await
                }
                Err(error) => Err(error.into()),
            };
            ("set", outcome)
        }
        _ => return Err(no_such_button()),
    };
    match outcome {
        Ok(()) => Ok(see(&format!("/desk/sites/{site}?done={done}"))),
        Err(error) => {
            let (status, wrong) = told(visit.l, error)?;
            shown_to(&visit, &who, &door, *site, (status, None, Some(wrong))).await
        }
    }
}

/// `POST /desk/sites/{site}/keys`
pub async fn keys(
    visit: Visit,
    who: Admin,
    site: Path<i64>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let own = who.numbered_site(*site).map_err(missing)?;
    let kind = match fields.get("do") {
        "rotate-api" => KeyKind::Api,
        "rotate-akismet" => KeyKind::Akismet,
        "revoke" => {
            who.revoke_keys(own).await?;
            return Ok(see(&format!("/desk/sites/{site}?done=revoked")));
        }
        _ => return Err(no_such_button()),
    };
    let overlap = match fields.get("old") {
        "now" => Duration::ZERO,
        _ => KEY_OVERLAP,
    };
    let key = who.rotate_key(own, kind, overlap).await?;
    let l = visit.l;
    let label = match kind {
        KeyKind::Api => "sites-api-key",
        KeyKind::Akismet => "sites-akismet-key",
    };
    let about = match overlap.is_zero() {
        true => "site-rotated-now",
        false => "site-rotated",
    };
    let once = Once {
        title: l.say("site-rotated-title"),
        about: l.with(about, &[("site", shown::plain(&own.name).into())]),
        secrets: vec![(l.say(label), key.as_str().to_owned())],
        back: format!("/desk/sites/{site}"),
        tab: "sites",
    };
    Ok(once.shown(&visit))
}

/// A form that no page of ours has.
pub fn no_such_button() -> Problem {
    let remedy = "use the buttons of the page";
    FieldError::new("do", "is none of the page's buttons", remedy).into()
}

/// The site's page with an answer to what was asked: a status, what was done,
/// what was wrong.
pub async fn shown_to(
    visit: &Visit,
    who: &Admin,
    door: &Door,
    number: i64,
    (status, done, wrong): (StatusCode, Option<String>, Option<String>),
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let site = who.numbered_site(number).map_err(missing)?;
    let settings = &site.settings;
    let config = &door.config;
    let choice = |word: &'static str, key: String, is_chosen| Choice {
        word,
        said: l.say(&key),
        is_chosen,
    };
    let shown = SiteTemplate {
        frame: Frame::of(visit, shown::plain(&site.name)),
        tab: "sites",
        number,
        name: shown::plain(&site.name),
        url: shown::plain(&site.url),
        kept: (site.name.clone(), site.url.clone()),
        queue: queue_of(site),
        is_unnamed: site.url == NO_BLOG,
        about: l.with(
            "sites-since",
            &[("when", l.ago(site.created_at, Timestamp::now()).into())],
        ),
        done,
        wrong,
        holds: HoldAnswer::ALL
            .map(|hold| {
                let word = hold.as_str();
                choice(word, format!("site-hold-{word}"), settings.hold == hold)
            })
            .into(),
        discard: settings.discard,
        max_ham_rejected: settings.max_ham_rejected.map(percent).unwrap_or_default(),
        max_spam_accepted: settings.max_spam_accepted.map(percent).unwrap_or_default(),
        common_ham_rejected: percent(config.policy.max_ham_rejected),
        common_spam_accepted: percent(config.policy.max_spam_accepted),
        rejects: [("", None), ("yes", Some(true)), ("no", Some(false))]
            .map(|(word, reject)| {
                let key = match (reject, config.policy.reject) {
                    (None, true) => "site-reject-as-all-yes",
                    (None, false) => "site-reject-as-all-no",
                    (Some(true), _) => "site-reject-yes",
                    (Some(false), _) => "site-reject-no",
                };
                choice(word, key.to_owned(), settings.reject == reject)
            })
            .into(),
        thresholds: thresholds(visit, door, site),
        retention: l.count("site-retention", config.retention.days),
        own_rules: l.count("site-own-rules", settings.rules.len()),
        keys: l.count("site-keys", site.live_keys),
        has_keys: site.live_keys > 0,
        webhooks: rows(l, who.webhooks(site).await?),
        events: EventKind::ALL
            .map(|event| {
                let word = event.as_str();
                choice(
                    word,
                    format!("event-{}", word.replace(['.', '_'], "-")),
                    true,
                )
            })
            .into(),
    };
    Ok(answer(status, &shown))
}

fn queue_of(site: &Site) -> String {
    let here = Whereabouts {
        site: site.name.clone(),
        ..Whereabouts::default()
    };
    here.address()
}

/// From which probabilities on comments are accepted and rejected here.
fn thresholds(visit: &Visit, door: &Door, site: &Site) -> String {
    let l = visit.l;
    let policy = door.service.filter().policy_for(&site.settings);
    let said = |probability| phrases::percent(l, probability);
    let accept = said(policy.accept_below.probability());
    match policy.reject_above {
        Some(reject) => l.with(
            "site-thresholds",
            &[
                ("accept", accept.into()),
                ("reject", said(reject.probability()).into()),
            ],
        ),
        None => l.with("site-thresholds-no-reject", &[("accept", accept.into())]),
    }
}
