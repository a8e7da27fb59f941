//! Comments on their way from other systems and back: one file for each format
//! that is read, each streamed and bounded, and two that are written.

mod commento;
mod disqus;
mod elements;
mod export;
mod format;
mod ghost;
mod input;
mod isso;
mod json;
mod lines;
mod mailbox;
mod refused;
mod remark42;
mod report;
mod spool;
mod staticman;
mod table;
mod wordpress;
mod words;
mod wp_status;
mod wxr;

pub use export::{CsvWriter, LinesWriter, exported};
pub use format::{Format, Options, read};
pub use input::{Input, Opening};
pub use refused::Refused;
pub use report::{Report, SkippedFor};
pub use spool::{Spool, Spooled};
pub use table::fields as columns;
pub use wordpress::WordPress;
