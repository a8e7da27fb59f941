//! `/desk/model`: the card of the model that judges now.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::budget::percent;
use super::shares::share;
use super::tabs::{self, Choice, asked};
use crate::bayes::{ModelCard, Slice, Threshold};
use crate::domain::Site;
use crate::filter::Filter;
use crate::http::desk::answers::page as answer;
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::door::Door;
use crate::http::locale::{Locale, Value};
use crate::http::problem::Problem;
use crate::service::Viewer;

/// Lines of a table of sites or languages.
const LINES: usize = 60;

#[derive(Template)]
#[template(path = "model.html")]
struct ModelTemplate {
    frame: Frame,
    tabs: Vec<Choice>,
    facts: Vec<(String, String)>,
    policies: Vec<(String, String)>,
    /// Of each side: title, and lines of budget, threshold, errors, bound.
    budgets: Vec<(String, Vec<[String; 4]>)>,
    /// Of languages and sites: title, head, and lines of name, ham, spam, area.
    slices: Vec<(String, Vec<[String; 4]>)>,
    tongues: Vec<(String, usize)>,
    tongues_about: String,
}

/// `GET /desk/model`
pub async fn model(
    visit: Visit,
    who: Viewer,
    door: Data<Door>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let site = asked(request.query_string(), "site");
    let sites = who.sites_asked(&site)?;
    let filter = door.service.filter();
    let card = filter.model().card();
    let id = filter.model().id();
    let title = l.with("model-title", &[("id", Value::from(id))]);
    let mut tongues: Vec<(String, usize)> = card
        .ham_tongues
        .iter()
        .map(|tongue| (tongue.name.clone(), tongue.ham))
        .collect();
    tongues.sort_by_key(|(_, ham)| std::cmp::Reverse(*ham));
    tongues.truncate(LINES);
    let shown = ModelTemplate {
        frame: Frame::of(&visit, title),
        tabs: tabs::tabs(l, "model", &site),
        facts: facts(l, card),
        policies: sites
            .iter()
            .take(LINES)
            .map(|site| (shown::plain(&site.name), thresholds(l, &filter, site)))
            .collect(),
        budgets: vec![
            (l.say("model-budgets-reject"), budgets(l, &card.reject)),
            (l.say("model-budgets-accept"), budgets(l, &card.accept)),
        ],
        slices: [
            ("model-languages", &card.by_language),
            ("model-sites", &card.by_site),
        ]
        .into_iter()
        .filter(|(_, slices)| !slices.is_empty())
        .map(|(key, slices)| (l.say(key), slices.iter().take(LINES).map(slice).collect()))
        .collect(),
        tongues,
        tongues_about: l.with(
            "model-tongues-about",
            &[("enough", ModelCard::ENOUGH_HAM.into())],
        ),
    };
    Ok(answer(StatusCode::OK, &shown))
}

fn facts(l: Locale, card: &ModelCard) -> Vec<(String, String)> {
    let trained = &card.trained_on;
    let on = [
        ("ham", trained.ham.into()),
        ("spam", trained.spam.into()),
        ("sites", trained.sites.into()),
    ];
    let calibration = [
        (
            "slope",
            Value::from(format!("{:.3}", card.calibration.slope)),
        ),
        ("bias", Value::from(format!("{:.3}", card.calibration.bias))),
    ];
    let found = &card.out_of_fold;
    let mut facts = vec![
        (l.say("model-name"), shown::plain(&card.name)),
        (l.say("model-trained"), l.with("model-trained-on", &on)),
    ];
    if let Some(base) = &trained.base {
        let start: String = base.chars().take(12).collect();
        facts.push((l.say("model-base"), start));
    }
    facts.extend([
        (
            l.say("model-calibration"),
            l.with("model-calibration-is", &calibration),
        ),
        (
            l.say("model-roca"),
            share(l, found.one_minus_roca_percent / 100.0),
        ),
        (l.say("model-brier"), format!("{:.4}", found.brier)),
        (l.say("model-ece"), format!("{:.4}", found.ece)),
    ]);
    facts
}

/// In words, what a site accepts and rejects.
fn thresholds(l: Locale, filter: &Filter, site: &Site) -> String {
    let policy = filter.policy_for(&site.settings);
    let at =
        |key: &str, log_odds: f64| l.with(key, &[("threshold", Value::from(signed(log_odds)))]);
    let accept = match policy.accept_below.0 {
        limit if limit.is_finite() => at("model-accept-below", limit),
        _ => l.say("model-accept-off"),
    };
    let reject = match policy.reject_above {
        Some(limit) => at("model-reject-above", limit.0),
        None => l.say("model-reject-off"),
    };
    format!("{accept}; {reject}")
}

fn signed(log_odds: f64) -> String {
    format!("{log_odds:+.2}").replace('-', "−")
}

fn budgets(l: Locale, thresholds: &[Threshold]) -> Vec<[String; 4]> {
    let per_cent = |number: f64| l.with("percent", &[("number", Value::from(percent(number)))]);
    thresholds
        .iter()
        .map(|threshold| {
            let counts = [
                ("count", threshold.errors.into()),
                ("n", threshold.n.into()),
            ];
            match threshold.log_odds {
                Some(log_odds) => [
                    per_cent(threshold.budget),
                    signed(log_odds),
                    l.with("dashboard-of", &counts),
                    share(l, threshold.bound),
                ],
                None => [
                    per_cent(threshold.budget),
                    l.say("model-no-threshold"),
                    String::new(),
                    String::new(),
                ],
            }
        })
        .collect()
}

fn slice(slice: &Slice) -> [String; 4] {
    let area = slice.one_minus_roca_percent;
    [
        shown::plain(&slice.name),
        slice.ham_rejected.n.to_string(),
        slice.spam_accepted.n.to_string(),
        area.map_or_else(|| "–".to_owned(), |(percent, ..)| format!("{percent:.2} %")),
    ]
}
