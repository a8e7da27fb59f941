//! A request's body, whole and bounded in size, time and type.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout_at};

use super::door::Door;
use super::error::ErrorCode;
use super::json;
use super::problem::Problem;

/// Types that are read as one JSON value.
const JSON_TYPES: &[&str] = &["application/json", "text/json"];

/// The bytes of a body that says it is JSON, or says nothing.
pub struct JsonBody(pub Bytes);

impl JsonBody {
    /// # Errors
    /// See [`json::parse`].
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        json::parse(&self.0)
    }
}

impl FromRequest for JsonBody {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            check_type(&request, JSON_TYPES)?;
            let limit = door(&request)?.body_bytes;
            read(&request, payload, limit).await.map(Self)
        })
    }
}

/// Refuses compressed bodies, and types that are not among `types`.
pub fn check_type(request: &HttpRequest, types: &[&str]) -> Result<(), Problem> {
    let text = |name| {
        request
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap_or("?"))
    };
    if let Some(encoding) = text(header::CONTENT_ENCODING)
        && !encoding.trim().eq_ignore_ascii_case("identity")
    {
        return Err(Problem::new(ErrorCode::Compressed, ErrorCode::Compressed.title()).closing());
    }
    let Some(content_type) = text(header::CONTENT_TYPE) else {
        return Ok(());
    };
    let mut parts = content_type
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let name = parts.next().unwrap_or_default();
    let foreign_charset = parts.any(|part| {
        part.strip_prefix("charset=")
            .is_some_and(|charset| !matches!(charset.trim_matches('"'), "utf-8" | "utf8"))
    });
    let json = types.contains(&name.as_str())
        || (name.starts_with("application/") && name.ends_with("+json"));
    match json && !foreign_charset {
        true => Ok(()),
        false => Err(Problem::new(
            ErrorCode::NotJson,
            format!("expected {} in UTF-8", types[0]),
        )
        .closing()),
    }
}

fn door(request: &HttpRequest) -> Result<&Data<Door>, Problem> {
    request
        .app_data::<Data<Door>>()
        .ok_or_else(|| Problem::new(ErrorCode::Internal, "the door has no settings"))
}

/// The whole body, of at most `limit` bytes.
pub async fn read(
    request: &HttpRequest,
    mut payload: Payload,
    limit: usize,
) -> Result<Bytes, Problem> {
    let door = door(request)?;
    let too_large = || {
        Problem::new(
            ErrorCode::BodyTooLarge,
            format!("the body is longer than {limit} bytes"),
        )
        .closing()
    };
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let deadline = Instant::now() + door.body_time;
    let mut body = Vec::with_capacity(announced.unwrap_or(0).min(64 * 1024));
    loop {
        let next = timeout_at(deadline, payload.next()).await.map_err(|_| {
            Problem::new(
                ErrorCode::BodyTimeout,
                format!("the body was not here after {} s", door.body_time.as_secs()),
            )
            .closing()
        })?;
        match next {
            None => return Ok(body.into()),
            Some(Ok(chunk)) if body.len() + chunk.len() > limit => return Err(too_large()),
            Some(Ok(chunk)) => body.extend_from_slice(&chunk),
            Some(Err(_)) => {
                return Err(Problem::new(
                    ErrorCode::BrokenRequest,
                    "the body ended early or is malformed",
                )
                .closing());
            }
        }
    }
}
