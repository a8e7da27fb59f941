//! Features to evidence, by hand: one file per family of rules.

mod crosses;
mod families;
mod reference;
mod rule;
mod tokens;

pub use crosses::{CROSSES, Cross};
pub use families::{FAMILIES, Family, all};
pub use reference::rules_reference;
pub use rule::{Example, Hit, NOTHING, Rule, Weight, text};
pub use tokens::{RuleToken, tokens};
