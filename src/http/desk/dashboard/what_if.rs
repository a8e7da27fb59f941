//! `/desk/what-if`: another error budget on trial, and its application.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::budget::{Share, address_of, read, unwritten, written};
use super::tabs::{self, Choice, address, asked};
use super::trial_rows::{ChangeRow, Move, Setting, VerdictRow};
use crate::domain::{FieldError, HoldAnswer, Site};
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::door::Door;
use crate::http::locale::isolated;
use crate::http::problem::Problem;
use crate::service::{Admin, ServiceError, Trial, Viewer};
use crate::store::StoreError;

/// Changed comments of a page.
const ROWS: usize = 25;

#[derive(Template)]
#[template(path = "what-if.html")]
struct WhatIfTemplate {
    frame: Frame,
    tabs: Vec<Choice>,
    sites: Vec<Choice>,
    /// `None` for who sees no site.
    board: Option<Board>,
}

struct Board {
    site: String,
    /// As a form carries it.
    site_field: String,
    about: String,
    notice: Option<String>,
    shares: [(String, Share); 2],
    reject: bool,
    hold: Vec<(&'static str, String, bool)>,
    discard: bool,
    reset: String,
    looked_at: usize,
    looked_at_said: String,
    other_model_said: Option<String>,
    changes: usize,
    changes_said: String,
    thresholds: String,
    verdicts: Vec<VerdictRow>,
    moves: Vec<Move>,
    rows: Vec<ChangeRow>,
    range: String,
    first: Option<String>,
    next: Option<String>,
    /// In force and on trial, for who may apply what was moved.
    apply: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "what-if-apply.html")]
struct ApplyTemplate {
    frame: Frame,
    site_field: String,
    notice: Option<String>,
    settings: Vec<Setting>,
    seen: String,
    trial: String,
    back: String,
}

/// `GET /desk/what-if`
pub async fn what_if(
    visit: Visit,
    who: Viewer,
    door: Data<Door>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let query = request.query_string();
    let site = match asked(query, "site").as_str() {
        "" => who.sites().first().cloned(),
        name => Some(who.site(name)?.clone()),
    };
    let chosen = site.as_ref().map_or("", |site| site.name.as_str());
    let mut sites = tabs::sites(l, &who, "what-if", chosen, &[]);
    // A budget is one site's; there is no board of all.
    sites.drain(..sites.len().min(1));
    let board = match &site {
        Some(site) => Some(board(&visit, &who, &door, site, query).await?),
        None => None,
    };
    let shown = WhatIfTemplate {
        tabs: tabs::tabs(l, "what-if", chosen),
        frame: Frame::of(&visit, l.say("what-if-title")),
        sites,
        board,
    };
    Ok(answer(StatusCode::OK, &shown))
}

async fn board(
    visit: &Visit,
    who: &Viewer,
    door: &Door,
    site: &Site,
    query: &str,
) -> Result<Board, Problem> {
    let l = visit.l;
    let filter = door.service.filter();
    let card = filter.model().card();
    let before = Trial::in_force(filter.budget(), &site.settings);
    let trial = read(query, card, before)?;
    let outcome = who.what_if(&filter, site, trial).await?;
    let name = shown::plain(&site.name);
    let all = outcome.changes.len();
    let from = asked(query, "from").parse().unwrap_or(0).min(all);
    let to = (from + ROWS).min(all);
    let at = |from| address_of(&site.name, &trial, from);
    let is_moved = trial != before;
    Ok(Board {
        about: l.with("what-if-about", &[("site", isolated(&name))]),
        notice: (asked(query, "applied") == "yes")
            .then(|| l.with("what-if-applied", &[("site", isolated(&name))])),
        shares: [
            (l.say("what-if-ham"), Share::ham(card, &trial)),
            (l.say("what-if-spam"), Share::spam(card, &trial)),
        ],
        reject: trial.reject,
        hold: HoldAnswer::ALL
            .into_iter()
            .map(|hold| {
                let said = l.say(&format!("what-if-hold-{}", hold.as_str()));
                (hold.as_str(), said, hold == trial.hold)
            })
            .collect(),
        discard: trial.discard,
        reset: address("what-if", &[("site", &site.name)]),
        looked_at: outcome.looked_at,
        looked_at_said: l.count("what-if-looked-at", outcome.looked_at),
        other_model_said: (outcome.other_model > 0)
            .then(|| l.count("what-if-other-model", outcome.other_model)),
        changes: all,
        changes_said: l.count("what-if-would-change", all),
        thresholds: l.with(
            "what-if-thresholds",
            &[
                ("now", outcome.now.policy.to_string().into()),
                ("then", outcome.then.policy.to_string().into()),
            ],
        ),
        verdicts: VerdictRow::all(l, &outcome),
        moves: Move::all(l, &outcome.changes),
        rows: outcome.changes[from..to]
            .iter()
            .map(|change| ChangeRow::of(l, change))
            .collect(),
        range: l.with(
            "what-if-range",
            &[
                ("first", (from + 1).into()),
                ("last", to.into()),
                ("n", all.into()),
            ],
        ),
        first: (from > 0).then(|| at(0)),
        next: (to < all).then(|| at(to)),
        apply: who
            .may_administer()
            .filter(|_| is_moved)
            .map(|_| (written(&before), written(&trial))),
        site: name,
        site_field: site.name.clone(),
    })
}

/// `POST /desk/what-if`: asks first, and applies what was confirmed.
pub async fn apply(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let site = who.site(fields.get("site"))?.clone();
    let field = |name: &str| {
        let trial = unwritten(fields.get(name));
        trial.ok_or_else(|| FieldError::new(name, "cannot be read", "open the page again"))
    };
    let (seen, trial) = (field("seen")?, field("trial")?);
    let filter = door.service.filter();
    if fields.get("confirmed") != "yes" {
        return Ok(ask(&visit, &site, seen, trial, None, StatusCode::OK));
    }
    match who.apply_trial(&filter, &site, seen, trial).await {
        Ok(_) => Ok(see(&address(
            "what-if",
            &[("site", &site.name), ("applied", "yes")],
        ))),
        Err(ServiceError::Store(StoreError::Changed)) => {
            let now = Trial::in_force(filter.budget(), &site.settings);
            let notice = visit.l.say("what-if-changed");
            let status = StatusCode::PRECONDITION_FAILED;
            Ok(ask(&visit, &site, now, trial, Some(notice), status))
        }
        Err(error) => Err(error.into()),
    }
}

fn ask(
    visit: &Visit,
    site: &Site,
    seen: Trial,
    trial: Trial,
    notice: Option<String>,
    status: StatusCode,
) -> HttpResponse {
    let l = visit.l;
    let name = shown::plain(&site.name);
    let title = l.with("what-if-apply-title", &[("site", isolated(&name))]);
    let shown = ApplyTemplate {
        frame: Frame::of(visit, title),
        site_field: site.name.clone(),
        notice,
        settings: Setting::moved(l, &seen, &trial),
        seen: written(&seen),
        trial: written(&trial),
        back: address_of(&site.name, &trial, 0),
    };
    answer(status, &shown)
}
