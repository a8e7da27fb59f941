//! Filters that a person keeps under a name.

use actix_web::HttpResponse;

use crate::http::desk::answers::see;
use crate::http::desk::form::Fields;
use crate::http::desk::whereabouts::Whereabouts;
use crate::http::problem::Problem;
use crate::service::Viewer;

/// `POST /desk/filters`
pub async fn save(who: Viewer, fields: Fields) -> Result<HttpResponse, Problem> {
    let here = Whereabouts {
        after: None,
        ..Whereabouts::read(fields.get("back"))
    };
    who.save_filter(fields.get("name"), here.query()).await?;
    Ok(see(&here.address()))
}

/// `POST /desk/filters/remove`
pub async fn remove(who: Viewer, fields: Fields) -> Result<HttpResponse, Problem> {
    who.remove_filter(fields.get("name")).await?;
    Ok(see(&Whereabouts::read(fields.get("back")).address()))
}
