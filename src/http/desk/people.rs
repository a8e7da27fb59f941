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
    role: &'static str,
    sites: String,
    last_sign_in: String,
}

/// `GET /desk/people`
pub async fn page(visit: Visit, who: Admin) -> Result<HttpResponse, Problem> {
    let now = Timestamp::now();
    let people = who.people().await?;
    let shown = PeopleTemplate {
        frame: Frame::of(&visit, "People"),
        people: people
            .into_iter()
            .map(|person| Person {
                name: shown::plain(&person.name),
                role: person.role.as_str(),
                sites: match person.sites {
                    None => "every site".into(),
                    Some(sites) if sites.is_empty() => "no site yet".into(),
                    Some(sites) => shown::plain(&sites.join(", ")),
                },
                last_sign_in: match person.last_sign_in {
                    Some(at) => phrases::ago(at, now),
                    None if person.has_password => "never".into(),
                    None => "has not used the one-time link yet".into(),
                },
            })
            .collect(),
    };
    Ok(answer(StatusCode::OK, &shown))
}
