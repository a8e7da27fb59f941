//! Renders `docs/rules.md` from the tables.

pub fn rules_reference() -> String {
    String::new()
}
