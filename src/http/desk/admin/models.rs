//! The models of this installation: which one judges, which one waits.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use jiff::Timestamp;

use super::refusal::told;
use super::site::no_such_button;
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::door::Door;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{Admin, ModelView};

#[derive(Template)]
#[template(path = "models.html")]
struct ModelsTemplate {
    frame: Frame,
    tab: &'static str,
    models: Vec<ModelRow>,
    wrong: Option<String>,
    /// The settings name a model file, and that one judges.
    is_named: bool,
    can_roll_back: bool,
    has_shadow: bool,
}

/// A model in a line or two.
pub struct ModelRow {
    pub id: String,
    pub hash: String,
    /// Its parts, in words.
    pub parts: Vec<String>,
    pub made: String,
    pub trained_on: String,
}

impl ModelRow {
    pub fn of(l: Locale, model: &ModelView) -> Self {
        let parts = [
            (model.champion, "models-champion"),
            (model.challenger, "models-challenger"),
            (model.shadow, "models-shadow"),
            (model.shipped, "models-shipped"),
            (model.removed_at.is_some(), "models-removed"),
        ];
        let on = &model.card.trained_on;
        Self {
            id: model.id.clone(),
            hash: model.hash.0.clone(),
            parts: parts
                .into_iter()
                .filter(|(has, _)| *has)
                .map(|(_, key)| l.say(key))
                .collect(),
            made: match (model.made_at, &model.made_by) {
                (Some(at), Some(by)) => l.with(
                    "models-made",
                    &[
                        ("when", l.ago(at, Timestamp::now()).into()),
                        ("by", shown::plain(by).into()),
                    ],
                ),
                _ => l.say("models-came"),
            },
            trained_on: l.with(
                "models-trained-on",
                &[
                    ("ham", on.ham.into()),
                    ("spam", on.spam.into()),
                    ("sites", on.sites.into()),
                ],
            ),
        }
    }
}

/// `GET /desk/models`
pub async fn page(visit: Visit, who: Admin, door: Data<Door>) -> Result<HttpResponse, Problem> {
    shown_to(&visit, &who, &door, StatusCode::OK, None).await
}

/// `POST /desk/models`
pub async fn change(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let done = match fields.get("do") {
        "rollback" => who.roll_back_model().await,
        "unshadow" => who.shadow_model(None).await,
        _ => return Err(no_such_button()),
    };
    match done {
        Ok(()) => {
            // The service looks by itself within seconds; this page is sooner.
            door.service.take_over_models().await?;
            Ok(see("/desk/models"))
        }
        Err(error) => {
            let (status, wrong) = told(visit.l, error)?;
            shown_to(&visit, &who, &door, status, Some(wrong)).await
        }
    }
}

async fn shown_to(
    visit: &Visit,
    who: &Admin,
    door: &Door,
    status: StatusCode,
    wrong: Option<String>,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let models = who.models().await?;
    let shown = ModelsTemplate {
        frame: Frame::of(visit, l.say("models-title")),
        tab: "models",
        can_roll_back: models.iter().any(|model| model.champion && !model.shipped),
        has_shadow: models.iter().any(|model| model.shadow),
        models: models.iter().map(|model| ModelRow::of(l, model)).collect(),
        wrong,
        is_named: door.config.model_file().is_some(),
    };
    Ok(answer(status, &shown))
}
