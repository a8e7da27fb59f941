//! One model: what it was trained on, how it does, what became of it, and how it
//! compares with the one that judges.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use jiff::Timestamp;

use super::comparing::Comparison;
use super::model_words::{CheckRow, Event, Flip, checks, counts, events, flips, share};
use super::models::ModelRow;
use super::refusal::told;
use super::site::no_such_button;
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::who::Visit;
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{Admin, ModelRecord, ServiceError};
use crate::store::StoreError;

#[derive(Template)]
#[template(path = "model.html")]
struct ModelTemplate {
    frame: Frame,
    tab: &'static str,
    model: ModelRow,
    is_champion: bool,
    is_shipped: bool,
    is_shadow: bool,
    can_judge: bool,
    /// Id of the model that judges: what a promotion takes the place of.
    champion: String,
    facts: Vec<(String, String)>,
    counts: Vec<(String, u32)>,
    events: Vec<Event>,
    wrong: Option<String>,
    busy: bool,
    comparison: Option<Compared>,
}

/// The last comparison, as it is shown.
struct Compared {
    /// What it came to, or that it is at work.
    said: String,
    is_at_work: bool,
    passes: bool,
    checks: Vec<CheckRow>,
    worse: Vec<Flip>,
    better: Vec<Flip>,
    worse_said: String,
    better_said: String,
}

/// `GET /desk/models/{model}`
pub async fn page(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    model: Path<String>,
) -> Result<HttpResponse, Problem> {
    let record = found(&who, &model).await?;
    shown_to(&visit, &who, &door, &record, (StatusCode::OK, None, false)).await
}

/// `POST /desk/models/{model}`
pub async fn change(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    model: Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let record = found(&who, &model).await?;
    let own = &record.model;
    let done = match fields.get("do") {
        what @ ("compare" | "promote") => {
            let promote = what == "promote";
            let begun = door
                .comparing
                .begin(&door.service, &own.hash.0, promote, who.name());
            if !begun {
                let said = (StatusCode::CONFLICT, None, true);
                return shown_to(&visit, &who, &door, &record, said).await;
            }
            Ok(())
        }
        "promote-anyway" => {
            let (champion, reason) = (fields.get("champion"), fields.get("reason"));
            who.promote_anyway(own, champion, reason).await
        }
        "shadow" => who.shadow_model(Some(own)).await,
        _ => return Err(no_such_button()),
    };
    let refused = match done {
        Ok(()) => {
            door.service.take_over_models().await?;
            return Ok(see(&format!("/desk/models/{}", own.id)));
        }
        Err(ServiceError::Store(StoreError::Changed)) => {
            let said = visit.l.say("model-changed");
            (StatusCode::PRECONDITION_FAILED, said)
        }
        Err(error) => told(visit.l, error)?,
    };
    let said = (refused.0, Some(refused.1), false);
    shown_to(&visit, &who, &door, &record, said).await
}

/// The model of that name, or nothing at this address.
async fn found(who: &Admin, name: &str) -> Result<ModelRecord, Problem> {
    who.model(name).await.map_err(|error| match error {
        ServiceError::Field(_) => {
            Problem::new(ErrorCode::NoSuchRoute, ErrorCode::NoSuchRoute.title())
        }
        other => other.into(),
    })
}

async fn shown_to(
    visit: &Visit,
    who: &Admin,
    door: &Door,
    record: &ModelRecord,
    (status, wrong, busy): (StatusCode, Option<String>, bool),
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let model = &record.model;
    let models = who.models().await?;
    let champion = models.into_iter().find(|model| model.champion);
    let comparison = door.comparing.of(&model.hash.0);
    let shown = ModelTemplate {
        frame: Frame::of(
            visit,
            l.with("model-title", &[("id", model.id.as_str().into())]),
        ),
        tab: "models",
        model: ModelRow::of(l, model),
        is_champion: model.champion,
        is_shipped: model.shipped,
        is_shadow: model.shadow,
        can_judge: model.removed_at.is_none(),
        champion: champion.map(|model| model.id).unwrap_or_default(),
        facts: facts(l, record),
        counts: counts(l, &record.record.counts),
        events: events(l, &record.record.events),
        wrong,
        busy,
        comparison: comparison.map(|comparison| compared(l, comparison)),
    };
    Ok(answer(status, &shown))
}

fn facts(l: Locale, record: &ModelRecord) -> Vec<(String, String)> {
    let card = &record.model.card;
    let unseen = &card.out_of_fold;
    let mut facts = vec![(
        l.say("model-ranking"),
        l.with(
            "model-ranking-value",
            &[
                (
                    "percent",
                    format!("{:.2}", unseen.one_minus_roca_percent).into(),
                ),
                ("n", (unseen.ham + unseen.spam).into()),
            ],
        ),
    )];
    if let Some(errors) = &record.live_errors {
        let since = l.ago(errors.since, Timestamp::now());
        facts.push((
            l.say("model-since"),
            l.with(
                "model-since-value",
                &[("when", since.into()), ("n", errors.comments.into())],
            ),
        ));
        facts.push((l.say("model-ham-rejected"), share(l, errors.ham_rejected)));
        facts.push((l.say("model-spam-accepted"), share(l, errors.spam_accepted)));
    }
    facts
}

fn compared(l: Locale, comparison: Comparison) -> Compared {
    let when = l.ago(comparison.begun_at, Timestamp::now());
    let say = |key: &str| l.with(key, &[("when", when.as_str().into())]);
    let mut compared = Compared {
        said: say("model-at-work"),
        is_at_work: true,
        passes: false,
        checks: Vec::new(),
        worse: Vec::new(),
        better: Vec::new(),
        worse_said: String::new(),
        better_said: String::new(),
    };
    let Some(outcome) = comparison.outcome else {
        return compared;
    };
    compared.is_at_work = false;
    let Ok(outcome) = outcome else {
        compared.said = say("model-failed");
        return compared;
    };
    let report = &outcome.report;
    compared.said = say(match (outcome.promoted, report.passes) {
        (Some(true), _) => "model-promoted",
        (Some(false), _) => "model-not-promoted",
        (None, true) => "model-passes",
        (None, false) => "model-does-not-pass",
    });
    compared.passes = report.passes;
    compared.checks = checks(l, &report.checks);
    compared.worse = flips(l, &report.worse);
    compared.better = flips(l, &report.better);
    compared.worse_said = l.count("model-worse", report.worse_count);
    compared.better_said = l.count("model-better", report.better_count);
    compared
}
