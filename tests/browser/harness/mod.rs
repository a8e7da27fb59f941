//! What the tests start: a browser, the service, and the example blog. Each
//! test has its own of each, so they can run beside each other.

mod blog;
mod browser;
mod desk;
mod page;
mod process;
mod service;

pub use blog::Blog;
pub use browser::{Setup, in_a_browser};
pub use page::Page;
pub use service::Service;
