//! Every route of these pages, in one list.

use actix_web::Resource;
use actix_web::web::resource;

use super::{appeal, frame, privacy};
use crate::http::desk::ConfigureRoute;

/// One line is a path with its handlers; whoever reads also answers HEAD.
macro_rules! public_routes {
    ($($path:literal: $($method:ident $handler:path),+;)*) => {
        /// Method and path of every page for commenters.
        pub const PUBLIC_ROUTES: &[(&str, &str)] = &[$($((stringify!($method), $path)),+),*];

        /// The same, to be served.
        pub fn resources() -> Vec<Resource> {
            vec![$(resource($path)$(.configure_route(stringify!($method), $handler))+),*]
        }
    };
}

public_routes! {
    "/privacy/{public_id}": GET privacy::page;
    "/appeal/{token}": GET appeal::page, POST appeal::appeal;
    "/public/{name}": GET frame::asset;
}

/// Where a site's privacy page is, below the service's address.
pub fn privacy_path(public_id: &str) -> String {
    format!("/privacy/{public_id}")
}
