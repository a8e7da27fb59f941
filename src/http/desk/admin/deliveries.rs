//! The log of deliveries: what was sent to whom, and what came back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use jiff::Timestamp;

use super::refusal::missing;
use super::site::no_such_button;
use super::webhooks::event_said;
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::Admin;
use crate::store::{Attempt, LoggedAttempt};

/// Attempts on the page.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "deliveries.html")]
struct DeliveriesTemplate {
    frame: Frame,
    tab: &'static str,
    number: i64,
    name: String,
    attempts: Vec<AttemptRow>,
}

struct AttemptRow {
    event: String,
    comment: String,
    /// The webhook's address, or that it is Akismet's.
    to: String,
    at: String,
    ago: String,
    outcome: String,
    is_delivered: bool,
}

/// `GET /desk/sites/{site}/deliveries`
pub async fn page(visit: Visit, who: Admin, site: Path<i64>) -> Result<HttpResponse, Problem> {
    let own = who.numbered_site(*site).map_err(missing)?;
    let (l, now) = (visit.l, Timestamp::now());
    let webhooks = who.webhooks(own).await?;
    let to = |logged: &LoggedAttempt| {
        let webhook = webhooks
            .iter()
            .find(|webhook| Some(webhook.id) == logged.webhook);
        match webhook {
            Some(webhook) => shown::plain(&webhook.url),
            None => l.say("deliveries-akismet"),
        }
    };
    let log = who.delivery_log(own, SHOWN).await?;
    let shown = DeliveriesTemplate {
        frame: Frame::of(&visit, l.say("deliveries-title")),
        tab: "sites",
        number: *site,
        name: shown::plain(&own.name),
        attempts: log
            .into_iter()
            .map(|logged| AttemptRow {
                event: event_said(l, logged.kind),
                comment: logged.comment_id.to_string(),
                to: to(&logged),
                at: logged.attempt.at.to_string(),
                ago: l.ago(logged.attempt.at, now),
                outcome: outcome(l, &logged.attempt),
                is_delivered: logged.attempt.failure.is_none(),
            })
            .collect(),
    };
    Ok(answer(StatusCode::OK, &shown))
}

/// `POST /desk/sites/{site}/deliveries`
pub async fn retry(who: Admin, site: Path<i64>, fields: Fields) -> Result<HttpResponse, Problem> {
    let own = who.numbered_site(*site).map_err(missing)?;
    if fields.get("do") != "retry" {
        return Err(no_such_button());
    }
    who.retry(own, None).await.map_err(missing)?;
    Ok(see(&format!("/desk/sites/{site}/deliveries")))
}

/// What came of an attempt, by the word that the log keeps.
fn outcome(l: Locale, attempt: &Attempt) -> String {
    let word = attempt.failure.as_deref().unwrap_or("delivered");
    let key = format!("delivery-{}", word.replace('_', "-"));
    let status = attempt.status.map(|status| status.to_string());
    let values = [
        ("status", status.unwrap_or_default().into()),
        ("millis", attempt.millis.into()),
    ];
    l.find(&key, &values).unwrap_or_else(|| word.to_owned())
}
