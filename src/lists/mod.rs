//! The owner's block lists: read from text, and what of a comment is on them. No
//! I/O: who fetches the text is told nothing of comments, and this of no file.

mod entry;
mod list;
mod lookup;

pub use entry::Entry;
pub use list::{BlockList, Count, MAX_ENTRIES};
