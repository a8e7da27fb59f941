//! A site's webhooks: added, given another secret, switched off and on, removed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use jiff::Timestamp;
use uuid::Uuid;

use super::once::Once;
use super::refusal::{missing, told};
use super::site::{no_such_button, shown_to};
use crate::domain::{EventKind, WebhookId};
use crate::http::desk::answers::see;
use crate::http::desk::form::Fields;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{Admin, KEY_OVERLAP, NewSecret};
use crate::store::Webhook;

/// A webhook as a site's page shows it.
pub struct WebhookRow {
    pub id: String,
    pub url: String,
    pub events: String,
    /// Whether it is on, and what waits for it.
    pub state: String,
    pub is_off: bool,
    pub has_failed: bool,
}

/// The webhooks as they are shown.
pub fn rows(l: Locale, webhooks: Vec<Webhook>) -> Vec<WebhookRow> {
    let now = Timestamp::now();
    let row = |webhook: Webhook| WebhookRow {
        id: webhook.id.to_string(),
        url: shown::plain(&webhook.url),
        events: webhook
            .events
            .iter()
            .map(|event| event_said(l, *event))
            .collect::<Vec<_>>()
            .join(" · "),
        state: match webhook.off_since {
            Some(since) => l.with("webhook-off", &[("when", l.ago(since, now).into())]),
            None => l.with(
                "webhook-on",
                &[
                    ("waiting", webhook.waiting.into()),
                    ("failed", webhook.failed.into()),
                ],
            ),
        },
        is_off: webhook.off_since.is_some(),
        has_failed: webhook.failed > 0,
    };
    webhooks.into_iter().map(row).collect()
}

/// A kind of event in words.
pub fn event_said(l: Locale, event: EventKind) -> String {
    let word = event.as_str().replace(['.', '_'], "-");
    l.say(&format!("event-{word}"))
}

/// `POST /desk/sites/{site}/webhooks`
pub async fn add(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    site: Path<i64>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let own = who.numbered_site(*site).map_err(missing)?;
    let events = fields.all("event").filter_map(EventKind::named).collect();
    let allow_private = door.config.webhooks.allow_private;
    let added = who.add_webhook(own, fields.get("url"), events, allow_private);
    match added.await {
        Ok(secret) => Ok(secret_of(&visit, *site, "webhook-added", &secret)),
        Err(error) => {
            let (status, wrong): (StatusCode, String) = told(visit.l, error)?;
            shown_to(&visit, &who, &door, *site, (status, None, Some(wrong))).await
        }
    }
}

/// `POST /desk/sites/{site}/webhooks/{webhook}`
pub async fn change(
    visit: Visit,
    who: Admin,
    at: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let (site, webhook) = at.into_inner();
    let own = who.numbered_site(site).map_err(missing)?;
    let code = ErrorCode::NoSuchRoute;
    let id = Uuid::try_parse(&webhook).map_err(|_| Problem::new(code, code.title()))?;
    let id = WebhookId(id);
    let done = match fields.get("do") {
        "rotate" => {
            let secret = who.rotate_webhook(own, id, KEY_OVERLAP).await;
            let secret = secret.map_err(missing)?;
            return Ok(secret_of(&visit, site, "webhook-rotated", &secret));
        }
        "pause" => {
            who.pause_webhook(own, id).await.map_err(missing)?;
            "paused"
        }
        "retry" => {
            who.retry(own, Some(id)).await.map_err(missing)?;
            "resumed"
        }
        "remove" => {
            who.remove_webhook(own, id).await.map_err(missing)?;
            "removed"
        }
        _ => return Err(no_such_button()),
    };
    Ok(see(&format!("/desk/sites/{site}?done={done}")))
}

fn secret_of(visit: &Visit, site: i64, about: &str, secret: &NewSecret) -> HttpResponse {
    let l = visit.l;
    let once = Once {
        title: l.say("webhook-secret-title"),
        about: l.say(about),
        secrets: vec![(l.say("webhook-secret"), secret.shown.clone())],
        back: format!("/desk/sites/{site}"),
        tab: "sites",
    };
    once.shown(visit)
}
