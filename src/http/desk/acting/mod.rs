//! Acting at the desk: what stands around a card, many at once, trust, audit.

pub mod audit;
mod blind;
pub mod bulk;
mod diff;
mod extra;
mod items;
mod preview;
pub mod trust;

pub use bulk::done as bulk_done;
pub use extra::{Extra, surround};
pub use trust::done as trust_done;
