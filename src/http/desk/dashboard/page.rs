//! `/desk/dashboard`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::charts::{self, Bar};
use super::drawing::Svg;
use super::shares::{Estimate, share};
use super::tables::{self, ReasonRow, StepRow};
use super::tabs::{self, Choice, address, asked};
use crate::http::desk::answers::page as answer;
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::door::Door;
use crate::http::locale::isolated;
use crate::http::problem::Problem;
use crate::service::Viewer;

/// How many days are shown, and how many of them make a bar; with the word of
/// the bar.
const SPANS: [(i32, i32, &str); 3] = [(28, 1, "day"), (91, 7, "week"), (364, 28, "month")];
/// Sites whose thresholds are listed.
const POLICIES: usize = 20;

#[derive(Template)]
#[template(path = "dashboard.html")]
struct DashboardTemplate {
    frame: Frame,
    tabs: Vec<Choice>,
    sites: Vec<Choice>,
    spans: Vec<Choice>,
    has_sites: bool,
    is_empty: bool,
    answered: u64,
    held_share: String,
    waiting: u64,
    depth: String,
    decided: u64,
    labels: u64,
    bars: Vec<Bar>,
    per_bar: String,
    verdicts: Option<Svg>,
    queue: Option<Svg>,
    ages: Vec<(String, u64)>,
    oldest: Option<String>,
    errors: Option<Svg>,
    people: Vec<Estimate>,
    audit: Vec<Estimate>,
    audit_open: Option<String>,
    reasons: Vec<(String, Vec<ReasonRow>)>,
    reasons_about: String,
    learning: Option<Svg>,
    steps: Vec<StepRow>,
    model: String,
    policies: Vec<String>,
}

/// `GET /desk/dashboard`
pub async fn page(
    visit: Visit,
    who: Viewer,
    door: Data<Door>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let query = request.query_string();
    let site = asked(query, "site");
    let span = asked(query, "span");
    let known = SPANS
        .into_iter()
        .find(|(days, _, _)| days.to_string() == span);
    let (days, days_of_a_bar, word) = known.unwrap_or(SPANS[0]);
    let sites = who.sites_asked(&site)?;
    let now = Timestamp::now();
    let board = who.dashboard(&sites, days, now).await?;
    let bars = tables::bars(l, &board, days_of_a_bar);
    let [people, audit] = tables::errors(l, &board);
    let drawn: Vec<&Estimate> = people.iter().chain(audit.iter().take(2)).collect();
    let filter = door.service.filter();
    let [for_spam, for_ham] = &board.reasons;
    let reasons = [("spam", for_spam), ("ham", for_ham)]
        .into_iter()
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(word, reasons)| {
            let rows = reasons.iter().map(|reason| ReasonRow::of(l, reason));
            (l.say(&format!("dashboard-reasons-{word}")), rows.collect())
        })
        .collect();
    let open = board.audited.accepted.open + board.audited.rejected.open;
    let shown = DashboardTemplate {
        tabs: tabs::tabs(l, "dashboard", &site),
        sites: tabs::sites(l, &who, "dashboard", &site, &[("span", &span)]),
        spans: SPANS
            .into_iter()
            .map(|(one, _, _)| Choice {
                name: l.say(&format!("dashboard-span-{one}")),
                address: address("dashboard", &[("site", &site), ("span", &one.to_string())]),
                is_chosen: one == days,
            })
            .collect(),
        has_sites: !who.sites().is_empty(),
        is_empty: board.days.is_empty() && board.queue.depth() == 0,
        answered: board.total.answered(),
        held_share: tables::held_share(l, &board.total),
        waiting: board.queue.depth(),
        depth: l.count("dashboard-queue-depth", board.queue.depth()),
        decided: board.total.decisions.total(),
        labels: board.total.labels(),
        per_bar: l.say(&format!("dashboard-per-{word}")),
        verdicts: charts::verdicts(l, &bars),
        queue: charts::queue(l, &bars),
        ages: board
            .queue
            .by_age
            .into_iter()
            .enumerate()
            .filter(|_| board.queue.depth() > 0)
            .map(|(place, number)| (l.say(&format!("dashboard-age-{}", place + 1)), number))
            .collect(),
        oldest: board.queue.oldest.map(|oldest| {
            l.with(
                "dashboard-queue-oldest",
                &[("when", l.ago(oldest, now).into())],
            )
        }),
        errors: charts::estimates(l, &drawn),
        audit_open: (open > 0).then(|| l.count("dashboard-audit-open", open)),
        reasons,
        reasons_about: l.with(
            "dashboard-reasons-about",
            &[
                ("n", board.reasons_of.n.into()),
                (
                    "spam",
                    share(l, board.reasons_of.estimate.unwrap_or(0.0)).into(),
                ),
            ],
        ),
        learning: charts::learning(l, &board.learning),
        steps: tables::steps(l, &board),
        model: filter.model().id().to_owned(),
        policies: sites
            .iter()
            .take(POLICIES)
            .map(|site| {
                let policy = filter.policy_for(&site.settings).to_string();
                let name = isolated(&shown::plain(&site.name));
                l.with(
                    "dashboard-model-site",
                    &[("site", name), ("policy", policy.into())],
                )
            })
            .collect(),
        frame: Frame::of(&visit, l.say("dashboard-title")),
        people,
        audit,
        bars,
    };
    Ok(answer(StatusCode::OK, &shown))
}
