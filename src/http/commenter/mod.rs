//! Pages for who comments: what is done with their data, and where they object.
//! No account, no cookie, no script.

mod appeal;
mod frame;
mod privacy;
mod routes;

pub use routes::{PUBLIC_ROUTES, resources};
