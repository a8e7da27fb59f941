//! The words of the pages, in the reader's language: Fluent messages from
//! `locales/`, one folder a language, one file an area of the pages.

mod catalogue;
mod choice;
mod dates;

pub use catalogue::{Locale, Value, isolated};
pub use choice::LOCALE_COOKIE;
