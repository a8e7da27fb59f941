//! Akismet's protocol, as real clients speak it: a blog moves here by changing
//! a host name. Answers are bytes that clients compare; errors are 200, but for
//! what cannot be answered at all. `docs/akismet.md` is for blog owners.

mod account;
mod answer;
mod body;
mod call;
mod check;
mod dates;
mod fields;
mod key;
mod last_word;
mod pairs;
mod report;
mod stats;
mod throttle;

pub use call::call;
pub use last_word::{LastWord, is_comment_check};
pub use throttle::WrongKeys;
