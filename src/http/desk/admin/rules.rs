//! The rules: what each weighs on a site, how often it fired there, and how
//! often that was spam.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::refusal::{missing, told};
use super::rule_row::{Choice, RuleFacts, RuleRow, sites_to_choose};
use crate::domain::{FieldError, RuleSetting, Site};
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::shown;
use crate::http::desk::who::Visit;
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{Admin, RuleOnSite};

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesTemplate {
    frame: Frame,
    tab: &'static str,
    sites: Vec<Choice>,
    orders: Vec<Choice>,
    groups: Vec<Group>,
    /// How many labels the numbers rest on.
    labelled: String,
}

struct Group {
    heading: String,
    rules: Vec<RuleRow>,
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RuleTemplate {
    frame: Frame,
    tab: &'static str,
    rule: RuleFacts,
    site: i64,
    site_name: String,
    wrong: Option<String>,
    is_done: bool,
}

/// In which order the rules are shown.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Family,
    Fired,
    Spam,
}

const ORDERS: [(By, &str); 3] = [
    (By::Family, "family"),
    (By::Fired, "fired"),
    (By::Spam, "spam"),
];

/// `GET /desk/rules?site=&by=`
pub async fn page(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let site = chosen(&who, &request)?;
    let asked = of_query(&request, "by");
    let by = ORDERS.into_iter().find(|(_, word)| *word == asked);
    let by = by.map_or(By::Family, |(by, _)| by);
    let rules = who.rules_on(&door.service, site).await?;
    let labelled = who.stats(site).await?.error_rates;
    let labelled = labelled.ham_rejected.n + labelled.spam_accepted.n;
    let number = site.id.0;
    let shown = RulesTemplate {
        frame: Frame::of(&visit, l.say("rules-title")),
        tab: "rules",
        sites: sites_to_choose(&who, number, "/desk/rules"),
        orders: ORDERS
            .map(|(one, word)| Choice {
                address: format!("/desk/rules?site={number}&by={word}"),
                name: l.say(&format!("rules-by-{word}")),
                is_chosen: one == by,
            })
            .into(),
        groups: groups(l, rules, number, by),
        labelled: l.count("rules-labelled", labelled),
    };
    Ok(answer(StatusCode::OK, &shown))
}

fn groups(l: Locale, mut rules: Vec<RuleOnSite>, site: i64, by: By) -> Vec<Group> {
    let row = |rule: &RuleOnSite| RuleRow::of(l, rule, site);
    if by == By::Family {
        return rules
            .chunk_by(|a, b| a.family.name == b.family.name)
            .map(|family| Group {
                heading: family_said(l, &family[0]),
                rules: family.iter().map(row).collect(),
            })
            .collect();
    }
    rules.retain(|rule| rule.spam.n > 0);
    rules.sort_by(|a, b| match by {
        By::Spam => b.spam.low.total_cmp(&a.spam.low),
        _ => b.spam.n.cmp(&a.spam.n),
    });
    vec![Group {
        heading: String::new(),
        rules: rules.iter().map(row).collect(),
    }]
}

fn family_said(l: Locale, rule: &RuleOnSite) -> String {
    l.say(&format!("rules-family-{}", rule.family.name))
}

/// `GET /desk/rules/{family}/{rule}?site=`
pub async fn one(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    at: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let site = chosen(&who, &request)?;
    let is_done = of_query(&request, "done") == "set";
    let id = id_of(at.into_inner());
    shown_to(
        &visit,
        &who,
        &door,
        site,
        &id,
        (StatusCode::OK, None, is_done),
    )
    .await
}

/// `POST /desk/rules/{family}/{rule}`
pub async fn weigh(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    at: Path<(String, String)>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let site = fields.get("site").parse().unwrap_or_default();
    let site = who.numbered_site(site).map_err(missing)?;
    let id = id_of(at.into_inner());
    let setting = match fields.get("do") {
        "off" => Ok(Some(RuleSetting::Off)),
        "default" => Ok(None),
        _ => {
            let typed = fields.get("weight").replace(',', ".");
            let weight = RuleSetting::read(&typed);
            weight
                .map(Some)
                .ok_or_else(|| FieldError::new("weight", "is none", "give log-odds from -20 to 20"))
        }
    };
    let weighed = match setting {
        Ok(setting) => who.weigh_rule(site, &id, setting).await,
        Err(error) => Err(error.into()),
    };
    match weighed {
        Ok(()) => {
            let number = site.id.0;
            Ok(see(&format!("/desk/rules/{id}?site={number}&done=set")))
        }
        Err(error) => {
            let (status, wrong) = told(visit.l, error)?;
            shown_to(&visit, &who, &door, site, &id, (status, Some(wrong), false)).await
        }
    }
}

async fn shown_to(
    visit: &Visit,
    who: &Admin,
    door: &Door,
    site: &Site,
    id: &str,
    (status, wrong, is_done): (StatusCode, Option<String>, bool),
) -> Result<HttpResponse, Problem> {
    let mut rules = who.rules_on(&door.service, site).await?.into_iter();
    let rule = rules.find(|rule| rule.rule.id == id);
    let code = ErrorCode::NoSuchRoute;
    let rule = rule.ok_or_else(|| Problem::new(code, code.title()))?;
    let facts = RuleFacts::of(visit.l, &rule);
    let shown = RuleTemplate {
        frame: Frame::of(visit, facts.summary.clone()),
        tab: "rules",
        rule: facts,
        site: site.id.0,
        site_name: shown::plain(&site.name),
        wrong,
        is_done,
    };
    Ok(answer(status, &shown))
}

fn id_of((family, rule): (String, String)) -> String {
    format!("{family}/{rule}")
}

/// The site that is asked for, or the first.
fn chosen<'w>(who: &'w Admin, request: &HttpRequest) -> Result<&'w Site, Problem> {
    let asked = of_query(request, "site");
    if !asked.is_empty() {
        let number = asked.parse().unwrap_or_default();
        return who.numbered_site(number).map_err(missing);
    }
    let code = ErrorCode::NoSuchRoute;
    let first = who.sites().first();
    first.ok_or_else(|| Problem::new(code, code.title()))
}

fn of_query(request: &HttpRequest, name: &str) -> String {
    let query = url::form_urlencoded::parse(request.query_string().as_bytes());
    let mut query = query.into_owned();
    query
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
        .unwrap_or_default()
}
