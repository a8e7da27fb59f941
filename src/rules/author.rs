//! What the author calls themselves, and where they point.

mod name;
mod site;

use super::families::Family;
use super::rule::{Rule, joined};

const ROWS: [Rule; name::ROWS.len() + site::ROWS.len()] = joined(&[name::ROWS, site::ROWS]);

pub static FAMILY: Family = Family {
    name: "author",
    summary: "What the author calls themselves, and where they point.",
    rules: &ROWS,
};
