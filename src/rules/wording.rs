//! What the words are about, and how they are put.

mod details;
mod lures;
mod topics;

use super::families::Family;
use super::rule::{Rule, joined};

const ROWS: [Rule; topics::ROWS.len() + details::ROWS.len() + lures::ROWS.len()] =
    joined(&[topics::ROWS, details::ROWS, lures::ROWS]);

pub static FAMILY: Family = Family {
    name: "wording",
    summary: "What the words are about, and how they are put.",
    rules: &ROWS,
};
