//! Comment to features: everything the sources of evidence look at. Pure, and
//! at most linear in the comment's length.

mod author;
pub mod characters;
mod comment;
mod copied;
mod fingerprint;
pub mod language;
pub mod lexicon;
pub mod links;
pub mod markup;
pub mod normalize;
pub mod shape;
pub mod spelling;
pub mod tokens;
pub mod words;

pub use author::AuthorFeatures;
pub use comment::{Context, Features};
pub use copied::added_to;
