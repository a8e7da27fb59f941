//! A request's form: URL-encoded or multipart, whole and bounded.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use encoding_rs::Encoding;
use futures_util::stream;

use super::answer::Failure;
use super::pairs::{self, Pairs};
use crate::http::body;

/// Reads the form. A GET has none.
pub async fn form(request: &HttpRequest, payload: Payload, limit: usize) -> Result<Pairs, Failure> {
    let bytes = body::read(request, payload, limit).await?;
    let encoding = request.headers().get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Failure::invalid("The body is compressed; send it as it is"));
    }
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let charset = content_type.and_then(charset);
    match content_type.map(multer::parse_boundary) {
        Some(Ok(boundary)) => multipart(bytes, boundary).await,
        _ => Ok(Pairs::of_form(&bytes, charset)),
    }
}

/// WordPress names the blog's charset here.
fn charset(content_type: &str) -> Option<&'static Encoding> {
    let label = content_type.split(';').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(label.trim().trim_matches('"').as_bytes())
}

async fn multipart(bytes: Bytes, boundary: String) -> Result<Pairs, Failure> {
    let malformed = |_| Failure::invalid("The multipart body is malformed");
    let whole = stream::iter([Ok::<_, std::io::Error>(bytes)]);
    let mut multipart = multer::Multipart::new(whole, boundary);
    let mut pairs = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(malformed)? {
        let name = field.name().unwrap_or_default().to_owned();
        let value = field.bytes().await.map_err(malformed)?;
        if pairs.len() < pairs::MOST {
            pairs.push((name, String::from_utf8_lossy(&value).into_owned()));
        }
    }
    Ok(Pairs::new(pairs))
}
