//! Every call of the protocol, in one list, and what each may rely on: the
//! form, the key's sites, the blog's site.

use std::panic::AssertUnwindSafe;

use actix_web::dev::Payload;
use actix_web::http::{ConnectionType, Method};
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::FutureExt;

use super::answer::{Failure, refused, with_guid, word};
use super::pairs::Pairs;
use super::{account, body, check, key, report, stats};
use crate::domain::{CommentId, HoldAnswer, Label, Site};
use crate::http::door::Door;
use crate::http::error::ErrorCode;
use crate::http::problem::Problem;
use crate::secret::ClearKey;
use crate::service::site_of_blog;
use crate::store::fresh_id;

/// A call and its form.
pub struct Asked<'r> {
    pub door: &'r Data<Door>,
    pub request: &'r HttpRequest,
    pub form: Pairs,
    /// The id that a comment gets, and the answer carries.
    pub id: CommentId,
}

/// `/1.1/<call>`, `/1.2/<call>`, and the same below a key.
///
/// # Errors
/// There is no such call, or hamgate cannot answer now. comment-check is
/// always answered.
pub async fn call(
    door: Data<Door>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let name = request
        .match_info()
        .get("call")
        .unwrap_or_default()
        .to_owned();
    let id = CommentId(fresh_id());
    let answered = answer(&door, &request, payload.into_inner(), &name, id);
    let failure = match AssertUnwindSafe(answered).catch_unwind().await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(failure)) => failure,
        Err(_) => {
            door.service.installation().counters().panics.inc();
            let code = ErrorCode::Internal;
            Failure::Broken(Problem::new(code, code.title()))
        }
    };
    let is_check = name == "comment-check";
    let refused = |body, help| match is_check {
        true => with_guid(refused(body, help), id),
        false => refused(body, help),
    };
    match failure {
        Failure::Refused { body, help } => Ok(refused(body, help)),
        Failure::WrongKey => {
            tracing::info!("refused a call without a valid Akismet key");
            let from = request.peer_addr().map(|peer| peer.ip());
            tokio::time::sleep(door.akismet.wrong_keys.delay(from)).await;
            Ok(refused(Failure::INVALID, "Invalid key"))
        }
        Failure::Broken(problem) if is_check => {
            let reason = problem.code.as_str();
            let mut answer = match problem.code.status() {
                ..500 => check::unreadable(id, reason),
                _ => check::unavailable(&door, HoldAnswer::Ask, id, reason),
            };
            if problem.close {
                answer.head_mut().set_connection_type(ConnectionType::Close);
            }
            Ok(answer)
        }
        Failure::Broken(problem) => Err(problem),
    }
}

async fn answer(
    door: &Data<Door>,
    request: &HttpRequest,
    payload: Payload,
    name: &str,
    id: CommentId,
) -> Result<HttpResponse, Failure> {
    let form = match *request.method() {
        Method::GET | Method::HEAD => Pairs::of_form(request.query_string().as_bytes(), None),
        _ => body::form(request, payload, door.akismet.body_bytes).await?,
    };
    let asked = Asked {
        door,
        request,
        form,
        id,
    };
    match name {
        "verify-key" => account::verify_key(&asked).await,
        "comment-check" => check::comment_check(&asked).await,
        "submit-spam" => report::submit(&asked, Label::Spam).await,
        "submit-ham" => report::submit(&asked, Label::Ham).await,
        "get-subscription" => account::subscription(&asked).await,
        "get-stats" => stats::of_blog(&asked).await,
        "get-key-stats" => stats::of_key(&asked).await,
        "usage-limit" => stats::usage(&asked).await,
        "key-sites" => stats::key_sites(&asked).await,
        "deactivate" => account::deactivate(&asked).await,
        "token" => account::token(&asked).await,
        "test" => Ok(word("connected")),
        "compatible-plugins" => Ok(account::compatible_plugins()),
        "verify-wpcom-key" => Ok(account::no_wordpress_com_account()),
        _ => {
            let code = ErrorCode::NoSuchRoute;
            Err(Problem::new(code, code.title()).into())
        }
    }
}

impl Asked<'_> {
    /// The key and its sites.
    ///
    /// # Errors
    /// There is no key, or it is nobody's, or the store is unavailable.
    pub async fn key(&self) -> Result<(ClearKey, Vec<Site>), Failure> {
        let Some(sent) = key::of(self.request, &self.form) else {
            return Err(Failure::invalid("Empty \"api_key\" value"));
        };
        let key = ClearKey::akismet(&sent).ok_or(Failure::WrongKey)?;
        let installation = self.door.service.installation();
        let sites = installation.sites_of_akismet_key(&key).await?;
        match sites.is_empty() {
            true => Err(Failure::WrongKey),
            false => Ok((key, sites)),
        }
    }

    /// The key, and the site that the blog is.
    ///
    /// # Errors
    /// As [`Asked::key`], or the blog is missing or none of the key's.
    pub async fn site(&self) -> Result<(ClearKey, Site), Failure> {
        let (key, sites) = self.key().await?;
        let Some(blog) = self.form.get("blog") else {
            return Err(Failure::Refused {
                body: "Missing required field: blog.",
                help: "Empty \"blog\" value",
            });
        };
        let site = site_of_blog(&sites, blog)?.clone();
        Ok((key, site))
    }
}
