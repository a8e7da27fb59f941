//! How good the filter is: labelled comments are judged, as they stand or
//! learning as they come, and the judgements measured.

mod bootstrap;
mod comparison;
mod curves;
mod fired;
mod gate;
mod judged;
mod left_out;
mod measures;
mod model_card;
mod old_comments;
mod online;
mod origins;
mod report;
mod sections;
mod worst;

pub use comparison::{Comparison, Flip, Flips};
pub use curves::{Bin, Curves, Operating, RocPoint, Slot};
pub use fired::FiredRule;
pub use gate::{Check, Flipped, Gate, GateReport, HeldOut, NeverReject, PartDifference};
pub use judged::{Judged, JudgedBy, Judges, judge};
pub use left_out::without_each_group;
pub use measures::{Estimate, Measures};
pub use model_card::model_card_page;
pub use old_comments::{OldComments, Stretch, Supported};
pub use online::{Learning, WrongSide, learn_in_order, learning};
pub use origins::{Named, Origins, Places, UnknownName};
pub use report::Report;
pub use sections::{Lines, Section};
pub use worst::{Shown, Worst};
