//! Features to evidence, learnt from labelled comments.
//!
//! The classifier is NB-LR (Wang and Manning 2012): a token weighs its naive
//! Bayes log-ratio times a multiplier that a logistic regression learnt over
//! all tokens together.

mod calibration;
mod card;
mod file;
mod gather;
mod influence;
mod left_out;
mod logistic;
pub mod metrics;
mod model;
mod naive;
mod options;
mod rows;
mod samples;
mod selection;
mod site_layer;
mod slices;
mod source;
mod survey;
mod tally;
mod train;
mod trainer;
mod voices;

pub use calibration::{accept_thresholds, labels_needed, reject_thresholds};
pub use card::{Calibration, HamCount, ModelCard, OutOfFold, Threshold, TrainedOn};
pub use file::{ModelError, ModelFile, content_hash};
pub use influence::influence;
pub use left_out::{LeftOut, leave_out};
pub use model::{Model, Parts, Scored, tokens_of};
pub use naive::Counts;
pub use options::{LabelNoise, Stage, TrainOptions};
pub use samples::{TrainingSet, read_samples};
pub use site_layer::{LocalTokens, SiteLayer, SiteShare};
pub use slices::{Slice, TrainedSite};
pub use source::{Example, Source, Take};
pub use train::{TrainError, train};
pub use voices::{Caps, Refusal, Surprise, Voice, Weighed, weigh};
