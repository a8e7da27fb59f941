//! The stylesheet, the script and the icon. Their addresses have a hash of what
//! they hold, so browsers may keep them for ever.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Path;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::http::error::ErrorCode;
use crate::http::problem::Problem;

/// One file, compiled in.
pub struct Asset {
    name: String,
    kind: &'static str,
    body: &'static str,
}

/// One file a line: the frame's, and each area's.
const STYLES: &str = concat!(
    include_str!("style.css"),
    include_str!("acting/acting.css"),
    include_str!("admin/admin.css"),
);

pub static STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::of("style", "css", "text/css", STYLES));
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::of("desk", "js", "text/javascript", include_str!("desk.js")));
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::of("icon", "svg", "image/svg+xml", include_str!("icon.svg")));

impl Asset {
    fn of(stem: &str, ending: &str, kind: &'static str, body: &'static str) -> Self {
        let hash = HEXLOWER.encode(&Sha256::digest(body.as_bytes())[..8]);
        Self {
            name: format!("{stem}.{hash}.{ending}"),
            kind,
            body,
        }
    }

    /// Where it is served.
    pub fn path(&self) -> String {
        format!("/desk/assets/{}", self.name)
    }
}

/// `GET /desk/assets/{name}`
pub async fn asset(name: Path<String>) -> Result<HttpResponse, Problem> {
    let assets: [&Asset; 3] = [&STYLE, &SCRIPT, &ICON];
    let asset = assets.into_iter().find(|asset| asset.name == *name);
    let asset = asset
        .ok_or_else(|| Problem::new(ErrorCode::NoSuchRoute, ErrorCode::NoSuchRoute.title()))?;
    Ok(HttpResponse::Ok()
        .content_type(format!("{}; charset=utf-8", asset.kind))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(asset.body))
}
