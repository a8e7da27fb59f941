//! *Learn how your comment data is processed*: one page for each site.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;

use super::frame::{self, Frame};
use crate::domain::HoldAnswer;
use crate::http::desk::shown;
use crate::http::door::Door;
use crate::http::locale::{Locale, Value, isolated};
use crate::http::problem::Problem;
use crate::service::{APPEAL_DAYS, PrivacyFacts, ServiceError};
use crate::store::StoreError;

/// Whoever changes a setting finds it on the page after a few minutes.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=300");

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyTemplate {
    frame: Frame,
    facts: PrivacyFacts,
    about: String,
    kept: String,
    /// Who rejects, and how often that may go wrong.
    rejecting: String,
    /// How much of what it decides a person checks.
    audited: Option<String>,
    /// What becomes of a held comment, where it is not the usual.
    holding: Option<String>,
    told: String,
    model: String,
    /// As it is written, and where a link to it leads.
    contact: Option<(String, String)>,
    at: String,
}

/// `GET /privacy/{public_id}`
pub async fn page(door: Data<Door>, request: HttpRequest, public_id: Path<String>) -> HttpResponse {
    let l = Locale::asked(&request);
    let facts = match door.service.privacy(&public_id).await {
        Ok(facts) => facts,
        Err(ServiceError::Store(StoreError::NotFound)) => {
            let (title, about) = (l.say("privacy-nowhere"), l.say("privacy-nowhere-about"));
            return frame::trouble(l, StatusCode::NOT_FOUND, title, about);
        }
        Err(error) => return frame::problem(l, &Problem::from(error)),
    };
    let mut answer = frame::page(StatusCode::OK, &template(l, facts));
    answer.headers_mut().insert(CACHE_CONTROL, CACHED);
    answer
}

fn template(l: Locale, facts: PrivacyFacts) -> PrivacyTemplate {
    let contact = facts.contact.as_ref();
    PrivacyTemplate {
        frame: Frame::of(l, l.say("privacy-title"), Some((&facts.name, &facts.url))),
        about: l.with(
            "privacy-about",
            &[("site", isolated(&shown::plain(&facts.name)))],
        ),
        kept: l.count("privacy-kept", facts.retention_days),
        rejecting: match facts.rejects {
            true => l.count("privacy-rejects", one_in(facts.max_ham_rejected)),
            false => l.say("privacy-rejects-nothing"),
        },
        audited: (facts.audit_share > 0.0)
            .then(|| l.count("privacy-audited", one_in(facts.audit_share))),
        holding: match facts.hold {
            HoldAnswer::Ask | HoldAnswer::SecondLook => None,
            HoldAnswer::Spam => Some(l.say("privacy-hold-spam")),
            HoldAnswer::Ham => Some(l.say("privacy-hold-ham")),
        },
        told: l.count(
            "privacy-webhooks",
            i64::try_from(facts.webhooks).unwrap_or(i64::MAX),
        ),
        model: l.with(
            "privacy-model",
            &[("model", Value::from(facts.model.as_str()))],
        ),
        contact: contact.and_then(|one| Some((shown::plain(one.as_str()), one.link()?))),
        at: l.exact(Timestamp::now()),
        facts,
    }
}

/// A share as the number of which it is one.
fn one_in(share: f64) -> i64 {
    // Bounded by the settings: a share is at least 0.00001.
    (1.0 / share.max(0.000_01)).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Contact;

    fn facts() -> PrivacyFacts {
        PrivacyFacts {
            name: "Windowsill".into(),
            url: "https://windowsill.example/".into(),
            contact: None,
            retention_days: 365,
            rejects: true,
            max_ham_rejected: 0.001,
            audit_share: 0.02,
            appeals: false,
            hold: HoldAnswer::Ask,
            discards: false,
            webhooks: 0,
            has_neighbours: false,
            model: "0123456789ab".into(),
        }
    }

    /// No fact is without its words.
    #[test]
    fn every_fact_changes_the_page() {
        let said = |facts: PrivacyFacts| {
            let mut template = template(Locale::english(), facts);
            template.at = String::new();
            template.render().unwrap()
        };
        let usual = said(facts());
        let changes: [fn(&mut PrivacyFacts); 14] = [
            |facts| facts.name = "Other".into(),
            |facts| facts.url = "https://other.example/".into(),
            |facts| facts.contact = Contact::parse("ina@windowsill.example"),
            |facts| facts.retention_days = 30,
            |facts| facts.rejects = false,
            |facts| facts.max_ham_rejected = 0.01,
            |facts| facts.audit_share = 0.5,
            |facts| facts.audit_share = 0.0,
            |facts| facts.appeals = true,
            |facts| facts.hold = HoldAnswer::Ham,
            |facts| facts.hold = HoldAnswer::Spam,
            |facts| facts.discards = true,
            |facts| facts.webhooks = 2,
            |facts| facts.has_neighbours = true,
        ];
        let mut pages = vec![usual];
        for change in changes {
            let mut facts = facts();
            change(&mut facts);
            let page = said(facts);
            assert!(!pages.contains(&page));
            pages.push(page);
        }
        assert_eq!([0.001, 0.01, 0.3].map(one_in), [1000, 100, 3]);
    }
}
