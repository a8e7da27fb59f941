//! The moderator's desk: pages made here, which need neither a script nor
//! another host. Below `http` and not beside it, for it stands behind the same
//! door: its limits, its log, its list of routes.

mod account;
mod acting;
mod address;
mod admin;
mod answers;
mod assets;
mod card;
mod cookies;
mod decide;
mod form;
mod gate;
mod language;
mod marks;
mod page;
mod phrases;
mod queue;
mod reasons;
mod routes;
mod second_factor;
mod second_step;
mod shown;
mod sign_in;
mod whereabouts;
mod who;

pub use address::{Front, desk_address};
pub use answers::{is_page, problem_page, shows_pages};
pub use routes::{DESK_ROUTES, scope};
