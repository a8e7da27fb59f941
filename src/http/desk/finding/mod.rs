//! Finding at the desk: a search, filters, saved ones, campaigns.

mod campaigns;
mod finder;
mod narrowed;
mod saved;

pub use campaigns::{address as campaigns_address, page as campaigns_page};
pub use finder::Finder;
pub use narrowed::Narrowed;
pub use saved::{remove, save};
