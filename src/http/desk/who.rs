//! Who asks: extractors by role. A handler names the least that it needs, and
//! gets nothing to work with where that is missing.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::http::{Method, header};
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse};

use super::answers::wants_json;
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::service::{Admin, Moderator, Viewer};

/// What the gate found out.
#[derive(Clone)]
pub struct Visit {
    pub viewer: Option<Viewer>,
    /// In which words to answer.
    pub l: Locale,
    /// Path and query of the page.
    pub here: String,
    /// What forms of this answer carry.
    pub form_token: String,
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visit = request.extensions().get::<Self>().cloned();
        ready(visit.ok_or_else(|| Problem::new(ErrorCode::Internal, "no gate was passed").into()))
    }
}

impl FromRequest for Viewer {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer(request))
    }
}

impl FromRequest for Moderator {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer(request).and_then(|who| who.may_decide().ok_or_else(not_allowed)))
    }
}

impl FromRequest for Admin {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(viewer(request).and_then(|who| who.may_administer().ok_or_else(not_allowed)))
    }
}

fn viewer(request: &HttpRequest) -> Result<Viewer, Error> {
    let visit = request.extensions().get::<Visit>().cloned();
    visit
        .and_then(|visit| visit.viewer)
        .ok_or_else(|| to_sign_in(request))
}

fn not_allowed() -> Error {
    let code = ErrorCode::NotAllowed;
    tracing::info!("refused a request for want of a role");
    Problem::new(code, code.title()).into()
}

/// People go and sign in, and come back to the page that they wanted.
fn to_sign_in(request: &HttpRequest) -> Error {
    if wants_json(request) {
        return Problem::new(ErrorCode::SignInNeeded, ErrorCode::SignInNeeded.title()).into();
    }
    let place = match *request.method() {
        Method::GET => {
            let wanted = request
                .uri()
                .path_and_query()
                .map_or("", |path| path.as_str());
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            format!(
                "/desk/sign-in?{}",
                query.append_pair("next", wanted).finish()
            )
        }
        _ => "/desk/sign-in".to_owned(),
    };
    let answer = HttpResponse::SeeOther()
        .insert_header((header::LOCATION, place))
        .finish();
    InternalError::from_response("not signed in", answer).into()
}
