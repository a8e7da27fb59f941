//! Retraining that can be trusted: labels and files to a challenger, the gate
//! before it judges, and the background work of a running service.

mod background;
mod challenger;
mod forgetting;
mod gatekeeper;
mod labels;
mod lines;
mod sources;

pub use background::{Background, retrain, retrain_in_background};
pub use challenger::{Challenger, Outcome, RetrainError, Retraining, Start, Threads};
pub use forgetting::{WithoutForgotten, note_samples};
pub use gatekeeper::{compare_models, honest_twins, promote_through_gate};
pub use labels::{HeldOutLabels, Labels, Weigh};
pub use lines::LineFiles;
pub use sources::Sources;
