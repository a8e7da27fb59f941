//! The owner's block lists: loaded from files and web addresses, kept up to
//! date in the background, asked about each comment.

mod cache;
mod keeper;
mod kept;

pub use keeper::ListKeeper;
pub use kept::{ListFailure, ListView, Lists};
