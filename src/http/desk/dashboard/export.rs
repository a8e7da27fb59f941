//! The history as a table or as lines: written while it is read, whatever its
//! length.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::{self, TryStreamExt};

use super::export_cells::{Exported, head, row};
use super::history::Asked;
use crate::domain::{Site, SiteId};
use crate::http::desk::answers::DESK_CSP;
use crate::http::problem::Problem;
use crate::service::{ServiceError, Viewer};
use crate::store::{LogFilter, LogPlace, LoggedDecision};

/// Decisions that are read at once.
const AT_ONCE: usize = 500;

/// `GET /desk/history/export.csv`
pub async fn export_csv(who: Viewer, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let kind = ("text/csv; charset=utf-8; header=present", "csv");
    export(who, &request, kind, head(), |one| row(&one))
}

/// `GET /desk/history/export.ndjson`
pub async fn export_lines(who: Viewer, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let kind = ("application/x-ndjson", "ndjson");
    export(who, &request, kind, Vec::new(), |one| one.line().into())
}

/// What one page of the export needs to know for the next.
struct Reading {
    who: Viewer,
    sites: Vec<Site>,
    names: HashMap<SiteId, String>,
    filter: LogFilter,
    /// `None` when all is written.
    after: Option<Option<LogPlace>>,
}

fn export(
    who: Viewer,
    request: &HttpRequest,
    (kind, ending): (&'static str, &str),
    head: Vec<u8>,
    write: fn(Exported) -> Vec<u8>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(request.query_string());
    let sites = who.sites_asked(&asked.site)?;
    let reading = Reading {
        names: sites
            .iter()
            .map(|site| (site.id, site.name.clone()))
            .collect(),
        filter: asked.filter(AT_ONCE),
        after: Some(None),
        who,
        sites,
    };
    let head = stream::once(async { Ok::<_, Arc<ServiceError>>(Bytes::from(head)) });
    let pages = stream::try_unfold(reading, move |mut reading| async move {
        let Some(after) = reading.after else {
            return Ok(None);
        };
        let filter = LogFilter {
            after,
            ..reading.filter.clone()
        };
        // An export that breaks off is broken off: it cannot look whole.
        let log = reading.who.decision_log(&reading.sites, filter).await;
        let log = log.map_err(Arc::new)?;
        let last = log.last().map(LoggedDecision::place);
        reading.after = last.filter(|_| log.len() == AT_ONCE).map(Some);
        let mut bytes = Vec::new();
        for one in &log {
            let site = reading.names.get(&one.site).map_or("", String::as_str);
            bytes.extend(write(Exported::of(one, site)));
        }
        Ok(Some((Bytes::from(bytes), reading)))
    });
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_SECURITY_POLICY, DESK_CSP))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"hamgate-decisions.{ending}\""),
        ))
        .streaming(
            futures_util::StreamExt::chain(head, pages).map_err(|error| {
                tracing::error!(%error, "an export broke off");
                actix_web::error::ErrorInternalServerError("the export broke off")
            }),
        ))
}
