//! Who moderates: accounts are made, changed, reset and ended here.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use jiff::Timestamp;

use super::once::Once;
use super::refusal::{missing, told};
use super::site::no_such_button;
use crate::domain::{FieldError, Role};
use crate::http::desk::answers::{page as answer, see};
use crate::http::desk::form::Fields;
use crate::http::desk::page::Frame;
use crate::http::desk::who::Visit;
use crate::http::desk::{desk_address, phrases, shown};
use crate::http::door::Door;
use crate::http::locale::{Locale, isolated};
use crate::http::problem::Problem;
use crate::service::{AccountView, Admin, NewAccount};

#[derive(Template)]
#[template(path = "people.html")]
struct PeopleTemplate {
    frame: Frame,
    tab: &'static str,
    people: Vec<Person>,
    wrong: Option<String>,
    typed: String,
    roles: Vec<Choice>,
    sites: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonTemplate {
    frame: Frame,
    tab: &'static str,
    person: Person,
    wrong: Option<String>,
    roles: Vec<Choice>,
    sites: Vec<Choice>,
}

struct Person {
    number: i64,
    name: String,
    role: String,
    sites: String,
    last_sign_in: String,
    has_second_factor: bool,
    is_you: bool,
}

/// One of several.
struct Choice {
    word: String,
    said: String,
    is_chosen: bool,
}

/// `GET /desk/people`
pub async fn page(visit: Visit, who: Admin) -> Result<HttpResponse, Problem> {
    everybody(&visit, &who, (StatusCode::OK, None, "")).await
}

async fn everybody(
    visit: &Visit,
    who: &Admin,
    (status, wrong, typed): (StatusCode, Option<String>, &str),
) -> Result<HttpResponse, Problem> {
    let l = visit.l;
    let people = who.people().await?;
    let shown = PeopleTemplate {
        frame: Frame::of(visit, l.say("people-title")),
        tab: "people",
        people: people.iter().map(|one| person(l, who, one)).collect(),
        wrong,
        typed: typed.chars().take(64).collect(),
        roles: roles(l, Role::Moderator),
        sites: sites(who, None),
    };
    Ok(answer(status, &shown))
}

/// `POST /desk/people`
pub async fn add(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let name = fields.get("name").trim().to_owned();
    let added = match role_of(&fields) {
        Ok(role) => {
            let sites = chosen(&who, &fields);
            let name = name.clone();
            who.add_moderator(NewAccount { name, role, sites }).await
        }
        Err(error) => Err(error.into()),
    };
    match added {
        Ok(token) => Ok(link_of(&visit, &door, &name, token.as_str())),
        Err(error) => {
            let (status, wrong) = told(visit.l, error)?;
            everybody(&visit, &who, (status, Some(wrong), &name)).await
        }
    }
}

/// `GET /desk/people/{person}`
pub async fn one(visit: Visit, who: Admin, at: Path<i64>) -> Result<HttpResponse, Problem> {
    let account = who.person(*at).await.map_err(missing)?;
    shown_to(&visit, &who, &account, (StatusCode::OK, None))
}

/// `POST /desk/people/{person}`
pub async fn change(
    visit: Visit,
    who: Admin,
    door: Data<Door>,
    at: Path<i64>,
    fields: Fields,
) -> Result<HttpResponse, Problem> {
    let account = who.person(*at).await.map_err(missing)?;
    let outcome = match fields.get("do") {
        "rights" => {
            let sites = chosen(&who, &fields);
            match role_of(&fields) {
                Ok(role) => who.change_rights(&account, role, &sites).await,
                Err(error) => Err(error.into()),
            }
        }
        "reset" => match who.reset_moderator(&account).await {
            Ok(token) => return Ok(link_of(&visit, &door, &account.name, token.as_str())),
            Err(error) => Err(error),
        },
        "second-factor" => who.drop_second_factor(&account).await,
        "end" => match who.remove_moderator(&account).await {
            Ok(()) => return Ok(see("/desk/people")),
            Err(error) => Err(error),
        },
        _ => return Err(no_such_button()),
    };
    match outcome {
        Ok(()) => Ok(see(&format!("/desk/people/{at}"))),
        Err(error) => {
            let (status, wrong) = told(visit.l, error)?;
            shown_to(&visit, &who, &account, (status, Some(wrong)))
        }
    }
}

fn shown_to(
    visit: &Visit,
    who: &Admin,
    account: &AccountView,
    (status, wrong): (StatusCode, Option<String>),
) -> Result<HttpResponse, Problem> {
    let shown = PersonTemplate {
        frame: Frame::of(visit, shown::plain(&account.name)),
        tab: "people",
        person: person(visit.l, who, account),
        wrong,
        roles: roles(visit.l, account.role),
        sites: sites(who, account.sites.as_deref()),
    };
    Ok(answer(status, &shown))
}

fn link_of(visit: &Visit, door: &Door, name: &str, token: &str) -> HttpResponse {
    let l = visit.l;
    let desk = desk_address(&door.config, None);
    let once = Once {
        title: l.say("people-link-title"),
        about: l.with("people-link-about", &[("name", shown::plain(name).into())]),
        secrets: vec![(l.say("people-link"), format!("{desk}/welcome/{token}"))],
        back: "/desk/people".to_owned(),
        tab: "people",
    };
    once.shown(visit)
}

fn role_of(fields: &Fields) -> Result<Role, FieldError> {
    let word = fields.get("role");
    let role = Role::ALL.into_iter().find(|role| role.as_str() == word);
    let remedy = "choose viewer, moderator or admin";
    role.ok_or_else(|| FieldError::new("role", "is none", remedy))
}

fn person(l: Locale, who: &Admin, account: &AccountView) -> Person {
    let now = Timestamp::now();
    Person {
        number: account.id.0,
        name: shown::plain(&account.name),
        role: phrases::role(l, account.role),
        sites: match &account.sites {
            None => l.say("people-every-site"),
            Some(sites) if sites.is_empty() => l.say("people-no-site"),
            Some(sites) => l.with(
                "people-sites",
                &[("sites", isolated(&shown::plain(&sites.join(", "))))],
            ),
        },
        last_sign_in: match account.last_sign_in {
            Some(at) => l.with("people-last-sign-in", &[("when", l.ago(at, now).into())]),
            None if account.has_password => l.say("people-never-signed-in"),
            None => l.say("people-link-unused"),
        },
        has_second_factor: account.has_second_factor,
        is_you: account.name == who.name(),
    }
}

fn roles(l: Locale, chosen: Role) -> Vec<Choice> {
    Role::ALL
        .map(|role| Choice {
            word: role.as_str().to_owned(),
            said: l.say(&format!("people-role-{}", role.as_str())),
            is_chosen: role == chosen,
        })
        .into()
}

/// The names of the sites that were ticked; a name itself may be of any letters,
/// so forms carry numbers.
fn chosen(who: &Admin, fields: &Fields) -> Vec<String> {
    let ticked: Vec<&str> = fields.all("site").collect();
    let sites = who.sites().iter();
    let sites = sites.filter(|site| ticked.contains(&site.id.0.to_string().as_str()));
    sites.map(|site| site.name.clone()).collect()
}

/// Every site; without a choice so far, the only one is chosen.
fn sites(who: &Admin, chosen: Option<&[String]>) -> Vec<Choice> {
    let sites = who.sites();
    let is_only = sites.len() == 1;
    sites
        .iter()
        .map(|site| Choice {
            word: site.id.0.to_string(),
            said: shown::plain(&site.name),
            is_chosen: chosen.map_or(is_only, |chosen| chosen.contains(&site.name)),
        })
        .collect()
}
