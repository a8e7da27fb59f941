//! Who moderates, for admins.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;

use super::answers::page as answer;
use super::page::Frame;
use super::who::Visit;
use super::{phrases, shown};
use crate::http::problem::Problem;
use crate::service::Admin;

#[derive(Template)]
#[template(path = "people.html")]
struct PeopleTemplate {
    frame: Frame,
    people: Vec<Person>,
}

struct Person {
    name: String,
    role: String,
    sites: String,
    last_sign_in: String,
}

/// `GET /desk/people`
pub async fn page(visit: Visit, who: Admin) -> Result<HttpResponse, Problem> {
    let now = Timestamp::now();
    let l = visit.l;
    let people = who.people().await?;
    let shown = PeopleTemplate {
        frame: Frame::of(&visit, l.say("people-title")),
        people: people
            .into_iter()
            .map(|person| Person {
                name: shown::plain(&person.name),
                role: phrases::role(l, person.role),
                sites: match person.sites {
                    None => l.say("people-every-site"),
                    Some(sites) if sites.is_empty() => l.say("people-no-site"),
                    Some(sites) => {
                        l.about("people-sites", "sites", &shown::plain(&sites.join(", ")))
                    }
                },
                last_sign_in: match person.last_sign_in {
                    Some(at) => l.with("people-last-sign-in", &[("when", l.ago(at, now).into())]),
                    None if person.has_password => l.say("people-never-signed-in"),
                    None => l.say("people-link-unused"),
                },
            })
            .collect(),
    };
    Ok(answer(StatusCode::OK, &shown))
}
