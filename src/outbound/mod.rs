//! Requests to other hosts, for whoever named them: only to addresses that an
//! outsider may have this machine call, never further than asked, and bounded
//! in time and size.

mod client;
mod names;
mod ranges;

pub use client::{Answer, Client, Failure, Fetched, Times, choose_cryptography};
pub use names::{Names, SystemNames};
pub use ranges::{Reach, reach};
