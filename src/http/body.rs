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
            read(&request, payload).await.map(Self)
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

async fn read(request: &HttpRequest, mut payload: Payload) -> Result<Bytes, Problem> {
    let door = request
        .app_data::<Data<Door>>()
        .ok_or_else(|| Problem::new(ErrorCode::Internal, "the door has no settings"))?;
    let limit = door.body_bytes;
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

/// The lines of a body as they arrive; blank ones are passed over. A line over
/// the limit is an error of its own, and reading goes on behind it.
pub struct Lines {
    payload: actix_web::web::Payload,
    limit: usize,
    buffer: Vec<u8>,
    /// The rest of a line that was too long is still to be dropped.
    skipping: bool,
    ended: bool,
}

pub fn lines(payload: actix_web::web::Payload, limit: usize) -> Lines {
    Lines {
        payload,
        limit,
        buffer: Vec::new(),
        skipping: false,
        ended: false,
    }
}

impl Lines {
    /// The next line; `None` at the body's end.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, Problem>> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                if std::mem::take(&mut self.skipping) || line.trim_ascii().is_empty() {
                    continue;
                }
                return Some(Ok(line));
            }
            if self.skipping {
                self.buffer.clear();
            } else if self.buffer.len() > self.limit {
                self.skipping = true;
                self.buffer.clear();
                let detail = format!("the line is longer than {} bytes", self.limit);
                return Some(Err(Problem::new(ErrorCode::LineTooLong, detail)));
            }
            if self.ended {
                let line = std::mem::take(&mut self.buffer);
                return (!line.trim_ascii().is_empty()).then_some(Ok(line));
            }
            match self.payload.next().await {
                Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
                Some(Err(_)) | None => self.ended = true,
            }
        }
    }
}
