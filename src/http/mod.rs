//! The web door. Every route is in `routes.rs`, in one list.

mod akismet;
mod auth;
mod bench;
mod body;
mod check;
mod comments;
mod connections;
mod desk;
mod docs;
mod door;
mod error;
mod feedback;
mod guard;
mod headers;
mod json;
mod lines;
mod locale;
mod observe;
mod openapi;
mod ops;
mod problem;
mod query;
mod routes;
mod server;
mod stream;

pub use bench::bench_routes;
pub use desk::{DESK_ROUTES, desk_address};
pub use error::{ErrorCode, errors_reference};
pub use openapi::openapi_json;
pub use server::Application;
