//! Tells blogs what became of their comments: webhooks after the Standard
//! Webhooks specification, and Akismet's own.

mod akismet;
mod courier;
mod payload;
mod registry;
mod schedule;
mod sender;
mod signature;

pub use courier::Courier;
pub use registry::NewSecret;
pub use sender::TestReport;
