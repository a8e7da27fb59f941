//! Where the text leads.

mod addresses;
mod anchors;
mod hosts;
mod placing;

pub(super) use hosts::{has_cheap_ending, is_shortened, on_free_host};

use super::families::Family;
use super::place;
use super::rule::{Hit, Rule, joined};
use crate::features::Features;
use crate::features::links::Link;

const ROWS: [Rule;
    placing::ROWS.len() + hosts::ROWS.len() + addresses::ROWS.len() + anchors::ROWS.len()] =
    joined(&[placing::ROWS, hosts::ROWS, addresses::ROWS, anchors::ROWS]);

pub static FAMILY: Family = Family {
    name: "links",
    summary: "Where the text leads.",
    rules: &ROWS,
};

/// The first link that is such a one.
fn first(features: &Features, is: impl Fn(&Link) -> bool) -> Option<Hit> {
    let link = features.links.iter().find(|link| is(link))?;
    Some(Hit::new(link.host.clone()).at(place::link(link.span)))
}
