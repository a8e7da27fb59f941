//! What the tests start: a browser, the service, and the example blog. Each
//! test has its own of each, so they can run beside each other.

mod axe;
mod blog;
mod browser;
mod desk;
mod log;
mod page;
mod process;
mod service;

pub use axe::LOOKS;
pub use blog::Blog;
pub use browser::{Setup, in_a_browser, in_two_browsers};
pub use desk::PASSWORD;
pub use page::Page;
pub use service::Service;
