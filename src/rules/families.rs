//! The table of families. A rule is added in its family's file.

use super::rule::Rule;

/// Rules of one kind.
pub struct Family {
    pub name: &'static str,
    pub summary: &'static str,
    pub rules: &'static [Rule],
}

/// Every family, in the order the reference lists them.
pub static FAMILIES: &[Family] = &[];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules)
}
