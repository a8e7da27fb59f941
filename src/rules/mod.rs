//! Features to evidence, by hand: one file per family of rules.

mod author;
mod behavior;
mod crosses;
mod disguise;
mod families;
mod links;
mod markup;
mod measures;
mod place;
mod reference;
mod rule;
mod selling;
mod shape;
mod tokens;
mod wording;

pub use crosses::{CROSSES, Cross};
pub use families::{FAMILIES, Family, all};
pub use reference::rules_reference;
pub use rule::{Example, Hit, NOTHING, Rule, Weight, text};
pub use tokens::{RuleToken, token_of, tokens};
