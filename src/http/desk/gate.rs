//! What every request to the desk passes: it is for a name of ours, it says who
//! is signed in, and one that may change something comes from a page of ours.
//! Whatever is not a reading method is refused unless all of this is shown.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};

use super::cookies::Cookie;
use super::form::{Fields, TOKEN};
use super::who::Visit;
use crate::http::body;
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::http::locale::Locale;
use crate::http::problem::Problem;
use crate::secret::ClearToken;
use crate::service::ServiceError;

/// A note of 4,000 bytes, percent-encoded, and what stands beside it.
const FORM_BYTES: usize = 16 * 1024;
/// Five hundred comments with their versions.
const BULK_BYTES: usize = 64 * 1024;
const FORM_TYPES: &[&str] = &["application/x-www-form-urlencoded"];

/// See the module.
pub async fn gate(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let door = request.app_data::<Data<Door>>().cloned();
    let door = door.ok_or_else(|| Problem::new(ErrorCode::Internal, "the desk has no door"))?;
    let front = &door.front;
    if !front.serves(request.request()) {
        return Err(refused(ErrorCode::WrongAddress).into());
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads {
        same_origin(&door, &request)?;
    }
    let session = Cookie::Session.read(front, request.request());
    let viewer = match &session {
        Some(token) => door.sign_in.who(token).await.map_err(Problem::from)?,
        None => None,
    };
    // Before there is a session, a form is made for a cookie of its own.
    let earlier = session.or_else(|| Cookie::Form.read(front, request.request()));
    let (cookie, fresh) = match earlier {
        Some(cookie) => (cookie, None),
        None => {
            let cookie = ClearToken::generate().map_err(ServiceError::from);
            let cookie = cookie.map_err(Problem::from)?.as_str().to_owned();
            (cookie.clone(), Some(Cookie::Form.set(front, &cookie)))
        }
    };
    if !reads {
        body::check_type(request.request(), FORM_TYPES)?;
        let payload = request.take_payload();
        let is_bulk = viewer.is_some() && request.path().starts_with("/desk/bulk");
        let bound = if is_bulk { BULK_BYTES } else { FORM_BYTES };
        let bytes = body::read(request.request(), payload, bound).await?;
        let fields = Fields::read(&bytes);
        if !door.sign_in.is_form_token(&cookie, fields.get(TOKEN)) {
            return Err(refused(ErrorCode::CrossSite).into());
        }
        request.extensions_mut().insert(fields);
    }
    let form_token = door.sign_in.form_token(&cookie);
    let visit = Visit {
        viewer,
        l: Locale::of(request.request()),
        // A form is answered at an address that cannot be opened.
        here: match reads {
            true => request.uri().to_string(),
            false => "/desk".to_owned(),
        },
        form_token,
    };
    request.extensions_mut().insert(visit);
    let mut answer = next.call(request).await?;
    if let Some(fresh) = fresh.filter(|_| reads)
        && let Ok(fresh) = HeaderValue::from_str(&fresh)
    {
        answer.headers_mut().append(header::SET_COOKIE, fresh);
    }
    if front.is_secure() {
        answer.headers_mut().insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    Ok(answer)
}

/// Both headers are the browser's, and no page can forge them. Old browsers
/// send neither; for them, and in any case, the form's token has to be right.
/// Our own pages send `Origin: null`, since they send no referrer.
fn same_origin(door: &Door, request: &ServiceRequest) -> Result<(), Problem> {
    let text = |name: &str| {
        let value = request.headers().get(name);
        value.map(|value| value.to_str().unwrap_or("?").to_owned())
    };
    let fetched_here = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let of_ours = text("origin")
        .is_none_or(|origin| origin == "null" || door.front.is_ours(&origin, request.request()));
    match fetched_here && of_ours {
        true => Ok(()),
        false => Err(refused(ErrorCode::CrossSite)),
    }
}

fn refused(code: ErrorCode) -> Problem {
    tracing::info!(code = code.as_str(), "refused a request to the desk");
    Problem::new(code, code.title())
}
